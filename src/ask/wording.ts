import type { AbstentionReason, Authority, Language, Status } from '../domain.ts';
import type { Aside } from './aside-patterns.ts';

/** Everything the reader is told that is not a quote. */
export interface Wording {
  /** What sentences rest on at best, before them; news may name its source. */
  readonly restsOn: {
    readonly official: string;
    readonly news: string;
    readonly newsOf: (source: string) => string;
    readonly commentary: string;
  };
  /** How settled it is; nothing where it is. */
  readonly standing: Readonly<Partial<Record<Status, string>>>;
  /** After an answer that quotes our briefs. */
  readonly briefsQuoted: string;
  /** After an answer that leaves a part of the question open, where it is not known which. */
  readonly partial: string;
  readonly asOf: (date: string) => string;
  /** Before an answer that a model should have written, and could not. */
  readonly modelFailed: string;
  readonly abstained: Readonly<Record<AbstentionReason, string>>;
  /** After sentences that give different values for one thing: both titles, then which is later and more official. */
  readonly differ: (first: string, second: string) => string;
  readonly later: (title: string) => string;
  readonly moreOfficial: (title: string) => string;
  /** A later document that gives another value because things went on. */
  readonly updates: (later: string, earlier: string) => string;
  /** A document that is quoted, and the cited one that replaces it, if it is among them. */
  readonly superseded: (title: string, by: string | undefined) => string;
  /** Beside quotes that tell of days after the one asked for. */
  readonly tellsLater: string;
  /** A question about one section of one document. */
  readonly suggestion: (title: string, heading: string) => string;
  readonly authorities: Readonly<Record<Authority, string>>;
  /** After an answer to some parts of a question: the part, as the question puts it, that the corpus does not answer. */
  readonly unanswered: (part: string | undefined) => string;
  /** Before what the corpus does hold on a subject, when the answer is not in it. */
  readonly nearMiss: string;
  /** Replies to what is no question for the corpus. */
  readonly asides: Readonly<Record<Aside, string>>;
}

export const WORDING: Readonly<Record<Language, Wording>> = {
  en: {
    restsOn: {
      official: 'Official source',
      news: 'According to news reports',
      newsOf: (source) => `According to ${source} (news)`,
      commentary: 'Commentary, not confirmed by an official source',
    },
    standing: {
      proposed: 'proposed, not decided',
      reported: 'as reported',
      speculative: 'speculation, not confirmed',
    },
    briefsQuoted: 'Quoted from our briefs of the sources listed; not official wording.',
    partial: 'This answers a part of the question.',
    asOf: (date) => `From documents dated up to ${date}:`,
    modelFailed: 'The language model could not be reached; this answer is made of quotes alone.',
    abstained: {
      'no-passages': 'I found nothing in the corpus to answer this from.',
      'weak-evidence': 'The corpus does not say enough about this for an answer I could prove.',
      'model-declined': 'The passages I found do not answer this question.',
      ungrounded: 'I could not prove an answer with quotes from the corpus, so I give none.',
      'out-of-scope': 'I answer questions about the documents of this corpus only.',
    },
    differ: (first, second) => `The sources differ: ${first}; ${second}.`,
    later: (title) => `The later one is ${title}.`,
    moreOfficial: (title) => `The more official one is ${title}.`,
    updates: (later, earlier) => `Updated: ${later} gives the newer figure, ${earlier} the older.`,
    superseded: (title, by) => `${title} has since been replaced by ${by ?? 'a later document'}.`,
    tellsLater: 'Some of what is quoted tells of days after that date.',
    suggestion: (title, heading) => `What does “${title}” say about “${heading}”?`,
    authorities: { primary: 'the text itself', official: 'official', news: 'news', commentary: 'commentary' },
    unanswered: (part) =>
      part === undefined
        ? 'The corpus does not answer every part of the question.'
        : `The corpus does not answer this part of the question: ${part}.`,
    nearMiss: 'The corpus does not give this. What it does say on the subject:',
    asides: {
      greeting: 'Hello! Ask me about the documents of this corpus; I answer with quotes that you can open and check.',
      thanks: 'You are welcome. Ask on whenever you like.',
      doubt:
        'Every sentence I give is quoted: open the number behind it and read it in its source. I cannot vouch for more than that.',
      live: 'I have no live information. I answer questions about the documents of this corpus only.',
      unsafe: 'I do not help with this. I answer questions about the documents of this corpus only.',
      about:
        'I am a search-and-quote assistant: I answer questions from the documents of this corpus, every sentence with its source, and I say so when they do not give an answer.',
      advice: 'I cannot give advice of this kind. I can tell you what the documents of this corpus say.',
      prediction: 'I do not predict and I hold no opinions. I can tell you what the documents of this corpus say.',
      task: 'I cannot do that. I only answer questions about the documents of this corpus, with quotes from them.',
      instruction: 'I do not follow instructions of this kind. I answer questions about the documents of this corpus.',
    },
  },
  hi: {
    restsOn: {
      official: 'आधिकारिक स्रोत',
      news: 'समाचार रिपोर्टों के अनुसार',
      newsOf: (source) => `${source} (समाचार) के अनुसार`,
      commentary: 'टिप्पणी, किसी आधिकारिक स्रोत से पुष्टि नहीं हुई',
    },
    standing: {
      proposed: 'प्रस्तावित, अभी तय नहीं',
      reported: 'जैसा बताया गया',
      speculative: 'अटकल, पुष्टि नहीं हुई',
    },
    briefsQuoted: 'उद्धरण हमारे सार-लेखों से हैं, जो सूचीबद्ध स्रोतों का सार हैं; यह आधिकारिक शब्दावली नहीं है।',
    partial: 'यह प्रश्न के एक भाग का उत्तर है।',
    asOf: (date) => `${date} तक की तिथि वाले दस्तावेज़ों से:`,
    modelFailed: 'भाषा मॉडल उपलब्ध नहीं था; यह उत्तर केवल उद्धरणों से बना है।',
    abstained: {
      'no-passages': 'संग्रह में इसका उत्तर देने के लिए मुझे कुछ नहीं मिला।',
      'weak-evidence': 'संग्रह में इस पर इतना नहीं है कि मैं प्रमाण सहित उत्तर दे सकूँ।',
      'model-declined': 'जो अंश मिले, वे इस प्रश्न का उत्तर नहीं देते।',
      ungrounded: 'मैं संग्रह के उद्धरणों से कोई उत्तर सिद्ध नहीं कर सका, इसलिए उत्तर नहीं दे रहा हूँ।',
      'out-of-scope': 'मैं केवल इस संग्रह के दस्तावेज़ों से जुड़े प्रश्नों के उत्तर देता हूँ।',
    },
    differ: (first, second) => `स्रोतों में अंतर है: ${first}; ${second}।`,
    later: (title) => `बाद का स्रोत: ${title}।`,
    moreOfficial: (title) => `अधिक आधिकारिक स्रोत: ${title}।`,
    updates: (later, earlier) => `अद्यतन: नया आँकड़ा ${later} में है, पुराना ${earlier} में।`,
    superseded: (title, by) => `${title} की जगह बाद में ${by ?? 'एक नए दस्तावेज़'} ने ली है।`,
    tellsLater: 'उद्धृत बातों में से कुछ उस तिथि के बाद के दिनों की हैं।',
    suggestion: (title, heading) => `“${title}” में “${heading}” के बारे में क्या लिखा है?`,
    authorities: { primary: 'मूल पाठ', official: 'आधिकारिक', news: 'समाचार', commentary: 'टिप्पणी' },
    unanswered: (part) =>
      part === undefined ? 'प्रश्न के हर भाग का उत्तर संग्रह में नहीं है।' : `प्रश्न के इस भाग का उत्तर संग्रह में नहीं है: ${part}।`,
    nearMiss: 'संग्रह में यह नहीं दिया गया है। इस विषय पर उसमें यह कहा गया है:',
    asides: {
      greeting: 'नमस्ते! इस संग्रह के दस्तावेज़ों के बारे में पूछिए; मैं ऐसे उद्धरणों के साथ उत्तर देता हूँ जिन्हें आप खोलकर जाँच सकते हैं।',
      thanks: 'आपका स्वागत है। आगे भी पूछ सकते हैं।',
      doubt: 'मेरा हर वाक्य उद्धरण है: उसके पीछे का अंक खोलिए और स्रोत में पढ़िए। इससे अधिक का दावा मैं नहीं कर सकता।',
      live: 'मेरे पास ताज़ा जानकारी नहीं होती। मैं केवल इस संग्रह के दस्तावेज़ों से जुड़े प्रश्नों के उत्तर देता हूँ।',
      unsafe: 'मैं इसमें मदद नहीं करता। मैं केवल इस संग्रह के दस्तावेज़ों से जुड़े प्रश्नों के उत्तर देता हूँ।',
      about:
        'मैं खोजकर उद्धृत करने वाला सहायक हूँ: इस संग्रह के दस्तावेज़ों से उत्तर देता हूँ, हर वाक्य उसके स्रोत के साथ, और जब उत्तर न मिले तो वही बताता हूँ।',
      advice: 'मैं इस तरह की सलाह नहीं दे सकता। मैं बता सकता हूँ कि इस संग्रह के दस्तावेज़ क्या कहते हैं।',
      prediction: 'मैं भविष्यवाणी नहीं करता और मेरी कोई राय नहीं है। मैं बता सकता हूँ कि इस संग्रह के दस्तावेज़ क्या कहते हैं।',
      task: 'मैं यह नहीं कर सकता। मैं केवल इस संग्रह के दस्तावेज़ों के बारे में, उद्धरणों के साथ, उत्तर देता हूँ।',
      instruction: 'मैं ऐसे निर्देशों का पालन नहीं करता। मैं इस संग्रह के दस्तावेज़ों के बारे में उत्तर देता हूँ।',
    },
  },
  ja: {
    restsOn: {
      official: '公式の情報源',
      news: '報道によると',
      newsOf: (source) => `${source}(報道)によると`,
      commentary: '論評であり、公式の情報源では確認されていません',
    },
    standing: {
      proposed: '提案段階で、決定ではありません',
      reported: '伝えられるところ',
      speculative: '憶測で、確認されていません',
    },
    briefsQuoted: '引用は、掲載した情報源を当方が要約した資料からのもので、公式の文言ではありません。',
    partial: '質問の一部への回答です。',
    asOf: (date) => `${date}までの日付の文書から:`,
    modelFailed: '言語モデルを利用できなかったため、引用のみでお答えします。',
    abstained: {
      'no-passages': '資料の中に、この質問に答えられる箇所が見つかりませんでした。',
      'weak-evidence': 'この点について、根拠を示して答えられるだけの記載が資料にありません。',
      'model-declined': '見つかった箇所は、この質問に答えていません。',
      ungrounded: '資料の引用で裏付けられる答えが得られなかったため、回答を控えます。',
      'out-of-scope': 'この資料集の文書に関する質問にのみお答えします。',
    },
    differ: (first, second) => `情報源によって異なります: ${first}、${second}。`,
    later: (title) => `新しいほうは${title}です。`,
    moreOfficial: (title) => `より公式なのは${title}です。`,
    updates: (later, earlier) => `更新: 新しい値は${later}、以前の値は${earlier}にあります。`,
    superseded: (title, by) => `${title}は、その後${by ?? '新しい文書'}に置き換えられています。`,
    tellsLater: '引用の一部は、その日より後のことを述べています。',
    suggestion: (title, heading) => `「${title}」の「${heading}」には何が書かれていますか。`,
    authorities: { primary: '原文', official: '公式', news: '報道', commentary: '論評' },
    unanswered: (part) =>
      part === undefined
        ? '質問の一部には、資料に答えがありません。'
        : `質問のうち次の部分には、資料に答えがありません: ${part}。`,
    nearMiss: '資料にはその記載がありません。この件について書かれているのは次のとおりです:',
    asides: {
      greeting: 'こんにちは。この資料集の文書についてお尋ねください。開いて確かめられる引用とともにお答えします。',
      thanks: 'どういたしまして。ほかにもお尋ねください。',
      doubt:
        'お答えする文はすべて引用です。後ろの番号を開いて、出典でお確かめください。それ以上のことは保証できません。',
      live: '最新の情報は持っていません。この資料集の文書に関する質問にのみお答えします。',
      unsafe: 'そのようなことはお手伝いしません。この資料集の文書に関する質問にのみお答えします。',
      about:
        '検索して引用するアシスタントです。この資料集の文書から、一文ごとに出典を付けてお答えし、答えが見つからないときはそうお伝えします。',
      advice: 'そのような助言はできません。この資料集の文書に書かれていることをお伝えできます。',
      prediction: '予測はせず、意見も持ちません。この資料集の文書に書かれていることをお伝えできます。',
      task: 'それはできません。この資料集の文書に関する質問に、引用とともにお答えするだけです。',
      instruction: 'そのような指示には従いません。この資料集の文書に関する質問にお答えします。',
    },
  },
  ta: {
    restsOn: {
      official: 'அதிகாரப்பூர்வ ஆதாரம்',
      news: 'செய்தி அறிக்கைகளின்படி',
      newsOf: (source) => `${source} (செய்தி) கூறுவதன்படி`,
      commentary: 'கருத்துரை; எந்த அதிகாரப்பூர்வ ஆதாரமும் உறுதிப்படுத்தவில்லை',
    },
    standing: {
      proposed: 'முன்மொழிவு, முடிவு செய்யப்படவில்லை',
      reported: 'தெரிவிக்கப்பட்டபடி',
      speculative: 'ஊகம், உறுதிப்படுத்தப்படவில்லை',
    },
    briefsQuoted: 'மேற்கோள்கள் பட்டியலிட்ட ஆதாரங்களைச் சுருக்கும் எங்கள் குறிப்புகளிலிருந்து; அதிகாரப்பூர்வ வாசகம் அல்ல.',
    partial: 'இது கேள்வியின் ஒரு பகுதிக்கான பதில்.',
    asOf: (date) => `${date} வரையிலான தேதியுள்ள ஆவணங்களிலிருந்து:`,
    modelFailed: 'மொழி மாதிரி கிடைக்கவில்லை; இந்தப் பதில் மேற்கோள்களால் மட்டுமே ஆனது.',
    abstained: {
      'no-passages': 'இதற்குப் பதிலளிக்கத் தொகுப்பில் எதுவும் கிடைக்கவில்லை.',
      'weak-evidence': 'ஆதாரத்துடன் பதிலளிக்கும் அளவுக்குத் தொகுப்பில் இதைப் பற்றி இல்லை.',
      'model-declined': 'கிடைத்த பகுதிகள் இந்தக் கேள்விக்குப் பதிலளிக்கவில்லை.',
      ungrounded: 'தொகுப்பின் மேற்கோள்களால் நிரூபிக்கக்கூடிய பதில் இல்லாததால், பதில் தரவில்லை.',
      'out-of-scope': 'இந்தத் தொகுப்பின் ஆவணங்கள் பற்றிய கேள்விகளுக்கு மட்டுமே பதிலளிக்கிறேன்.',
    },
    differ: (first, second) => `ஆதாரங்கள் வேறுபடுகின்றன: ${first}; ${second}.`,
    later: (title) => `பிந்தையது: ${title}.`,
    moreOfficial: (title) => `அதிக அதிகாரப்பூர்வமானது: ${title}.`,
    updates: (later, earlier) => `புதுப்பிப்பு: புதிய மதிப்பு ${later} இல், பழையது ${earlier} இல்.`,
    superseded: (title, by) => `${title} பின்னர் ${by ?? 'புதிய ஆவணம்'} மூலம் மாற்றப்பட்டுள்ளது.`,
    tellsLater: 'மேற்கோள்களில் சில அந்தத் தேதிக்குப் பிந்தைய நாட்களைப் பற்றியவை.',
    suggestion: (title, heading) => `“${title}” இல் “${heading}” பற்றி என்ன உள்ளது?`,
    authorities: { primary: 'மூல உரை', official: 'அதிகாரப்பூர்வம்', news: 'செய்தி', commentary: 'கருத்துரை' },
    unanswered: (part) =>
      part === undefined
        ? 'கேள்வியின் எல்லாப் பகுதிகளுக்கும் தொகுப்பில் பதில் இல்லை.'
        : `கேள்வியின் இந்தப் பகுதிக்குத் தொகுப்பில் பதில் இல்லை: ${part}.`,
    nearMiss: 'தொகுப்பில் இது கொடுக்கப்படவில்லை. இதைப் பற்றி அதில் உள்ளது:',
    asides: {
      greeting: 'வணக்கம்! இந்தத் தொகுப்பின் ஆவணங்களைப் பற்றிக் கேளுங்கள்; நீங்கள் திறந்து சரிபார்க்கக்கூடிய மேற்கோள்களுடன் பதிலளிக்கிறேன்.',
      thanks: 'மகிழ்ச்சி. மேலும் கேளுங்கள்.',
      doubt: 'நான் தரும் ஒவ்வொரு வாக்கியமும் மேற்கோள்: அதன் பின்னுள்ள எண்ணைத் திறந்து ஆதாரத்தில் படியுங்கள். அதற்கு மேல் உறுதி தர இயலாது.',
      live: 'என்னிடம் நேரடித் தகவல் இல்லை. இந்தத் தொகுப்பின் ஆவணங்கள் பற்றிய கேள்விகளுக்கு மட்டுமே பதிலளிக்கிறேன்.',
      unsafe: 'இதற்கு உதவுவதில்லை. இந்தத் தொகுப்பின் ஆவணங்கள் பற்றிய கேள்விகளுக்கு மட்டுமே பதிலளிக்கிறேன்.',
      about:
        'நான் தேடி மேற்கோள் காட்டும் உதவியாளர்: இந்தத் தொகுப்பின் ஆவணங்களிலிருந்து, ஒவ்வொரு வாக்கியத்துக்கும் ஆதாரத்துடன் பதிலளிக்கிறேன்; பதில் இல்லையெனில் அதைச் சொல்கிறேன்.',
      advice: 'இத்தகைய ஆலோசனை தர இயலாது. இந்தத் தொகுப்பின் ஆவணங்கள் சொல்வதைக் கூற முடியும்.',
      prediction: 'நான் கணிப்பதில்லை, எனக்குக் கருத்துகள் இல்லை. இந்தத் தொகுப்பின் ஆவணங்கள் சொல்வதைக் கூற முடியும்.',
      task: 'அதைச் செய்ய இயலாது. இந்தத் தொகுப்பின் ஆவணங்கள் பற்றிய கேள்விகளுக்கு மேற்கோள்களுடன் மட்டுமே பதிலளிக்கிறேன்.',
      instruction: 'இத்தகைய அறிவுறுத்தல்களைப் பின்பற்றுவதில்லை. இந்தத் தொகுப்பின் ஆவணங்கள் பற்றிய கேள்விகளுக்குப் பதிலளிக்கிறேன்.',
    },
  },
};
