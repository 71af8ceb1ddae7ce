import type { AbstentionReason, Language } from '../domain.ts';

/** Everything the reader is told that is not a quote. */
export interface Wording {
  /** Before sentences that rest on news alone, and on commentary alone. */
  readonly accordingToNews: string;
  readonly accordingToCommentary: string;
  /** After an answer that quotes our briefs. */
  readonly briefsQuoted: string;
  readonly asOf: (date: string) => string;
  readonly abstained: Readonly<Record<AbstentionReason, string>>;
}

export const WORDING: Readonly<Record<Language, Wording>> = {
  en: {
    accordingToNews: 'According to news reports:',
    accordingToCommentary: 'Commentary, not confirmed by an official source:',
    briefsQuoted: 'Quoted from our briefs, which summarise the sources listed; not official wording.',
    asOf: (date) => `From documents dated up to ${date}:`,
    abstained: {
      'no-passages': 'I found nothing in the corpus to answer this from.',
      'weak-evidence': 'The corpus does not say enough about this for an answer I could prove.',
      'model-declined': 'The passages I found do not answer this question.',
      ungrounded: 'I could not prove an answer with quotes from the corpus, so I give none.',
      'out-of-scope': 'I answer questions about the documents of this corpus only.',
    },
  },
  hi: {
    accordingToNews: 'समाचार रिपोर्टों के अनुसार:',
    accordingToCommentary: 'टिप्पणी, किसी आधिकारिक स्रोत से पुष्टि नहीं हुई:',
    briefsQuoted: 'उद्धरण हमारे सार-लेखों से हैं, जो सूचीबद्ध स्रोतों का सार हैं; यह आधिकारिक शब्दावली नहीं है।',
    asOf: (date) => `${date} तक की तिथि वाले दस्तावेज़ों से:`,
    abstained: {
      'no-passages': 'संग्रह में इसका उत्तर देने के लिए मुझे कुछ नहीं मिला।',
      'weak-evidence': 'संग्रह में इस पर इतना नहीं है कि मैं प्रमाण सहित उत्तर दे सकूँ।',
      'model-declined': 'जो अंश मिले, वे इस प्रश्न का उत्तर नहीं देते।',
      ungrounded: 'मैं संग्रह के उद्धरणों से कोई उत्तर सिद्ध नहीं कर सका, इसलिए उत्तर नहीं दे रहा हूँ।',
      'out-of-scope': 'मैं केवल इस संग्रह के दस्तावेज़ों से जुड़े प्रश्नों के उत्तर देता हूँ।',
    },
  },
  ja: {
    accordingToNews: '報道によると:',
    accordingToCommentary: '論評であり、公式の情報源では確認されていません:',
    briefsQuoted: '引用は、掲載した情報源を当方が要約した資料からのもので、公式の文言ではありません。',
    asOf: (date) => `${date}までの日付の文書から:`,
    abstained: {
      'no-passages': '資料の中に、この質問に答えられる箇所が見つかりませんでした。',
      'weak-evidence': 'この点について、根拠を示して答えられるだけの記載が資料にありません。',
      'model-declined': '見つかった箇所は、この質問に答えていません。',
      ungrounded: '資料の引用で裏付けられる答えが得られなかったため、回答を控えます。',
      'out-of-scope': 'この資料集の文書に関する質問にのみお答えします。',
    },
  },
  ta: {
    accordingToNews: 'செய்தி அறிக்கைகளின்படி:',
    accordingToCommentary: 'கருத்துரை; எந்த அதிகாரப்பூர்வ ஆதாரமும் உறுதிப்படுத்தவில்லை:',
    briefsQuoted: 'மேற்கோள்கள் பட்டியலிட்ட ஆதாரங்களைச் சுருக்கும் எங்கள் குறிப்புகளிலிருந்து; அதிகாரப்பூர்வ வாசகம் அல்ல.',
    asOf: (date) => `${date} வரையிலான தேதியுள்ள ஆவணங்களிலிருந்து:`,
    abstained: {
      'no-passages': 'இதற்குப் பதிலளிக்கத் தொகுப்பில் எதுவும் கிடைக்கவில்லை.',
      'weak-evidence': 'ஆதாரத்துடன் பதிலளிக்கும் அளவுக்குத் தொகுப்பில் இதைப் பற்றி இல்லை.',
      'model-declined': 'கிடைத்த பகுதிகள் இந்தக் கேள்விக்குப் பதிலளிக்கவில்லை.',
      ungrounded: 'தொகுப்பின் மேற்கோள்களால் நிரூபிக்கக்கூடிய பதில் இல்லாததால், பதில் தரவில்லை.',
      'out-of-scope': 'இந்தத் தொகுப்பின் ஆவணங்கள் பற்றிய கேள்விகளுக்கு மட்டுமே பதிலளிக்கிறேன்.',
    },
  },
};
