import type { Language, Status } from '../domain.ts';

/** What a chat tool says besides the answer. */
export interface ChannelWords {
  readonly sources: string;
  /** Before the publications that a cited brief rests on. */
  readonly restsOn: string;
  readonly helpful: string;
  readonly notHelpful: string;
  readonly showSources: string;
  readonly thanks: string;
  /** To a message without a question. */
  readonly help: string;
  readonly tooLong: string;
  /** An answer could not be made, although it was tried again. */
  readonly failed: string;
  /** Where one reply does not hold the whole answer. */
  readonly cut: string;
  /** What is known of an instrument's standing. */
  readonly statuses: Readonly<Record<Status, string>>;
}

export const CHANNEL_WORDS: Readonly<Record<Language, ChannelWords>> = {
  en: {
    sources: 'Sources',
    restsOn: 'rests on',
    helpful: 'Helpful',
    notHelpful: 'Not helpful',
    showSources: 'Show sources',
    thanks: 'Thank you for telling us.',
    help: 'Ask me about the documents of this corpus; I answer with quotes that you can open and check.',
    tooLong: 'That question is too long. Please ask it in at most 2,000 characters.',
    failed: 'I could not answer just now. Please ask again in a while.',
    cut: 'This answer is longer than one message here can be. To read on, please ask about a part of it.',
    statuses: {
      'in-force': 'in force',
      signed: 'signed',
      adopted: 'adopted',
      announced: 'announced',
      proposed: 'proposed',
      reported: 'reported',
      speculative: 'speculative',
    },
  },
  hi: {
    sources: 'स्रोत',
    restsOn: 'आधार',
    helpful: 'उपयोगी',
    notHelpful: 'उपयोगी नहीं',
    showSources: 'स्रोत दिखाएँ',
    thanks: 'बताने के लिए धन्यवाद।',
    help: 'इस संग्रह के दस्तावेज़ों के बारे में पूछें; मैं ऐसे उद्धरणों के साथ उत्तर देता हूँ जिन्हें आप खोलकर जाँच सकते हैं।',
    tooLong: 'यह प्रश्न बहुत लंबा है। कृपया अधिकतम 2,000 अक्षरों में पूछें।',
    failed: 'मैं अभी उत्तर नहीं दे सका। कृपया थोड़ी देर बाद फिर पूछें।',
    cut: 'यह उत्तर एक संदेश में पूरा नहीं आता। शेष के लिए उसके किसी एक भाग के बारे में पूछें।',
    statuses: {
      'in-force': 'लागू',
      signed: 'हस्ताक्षरित',
      adopted: 'अंगीकृत',
      announced: 'घोषित',
      proposed: 'प्रस्तावित',
      reported: 'समाचारों के अनुसार',
      speculative: 'अनुमानित',
    },
  },
  ja: {
    sources: '出典',
    restsOn: '典拠',
    helpful: '役に立った',
    notHelpful: '役に立たなかった',
    showSources: '出典を表示',
    thanks: 'ご意見ありがとうございます。',
    help: 'この資料集の文書についてお尋ねください。開いて確かめられる引用とともにお答えします。',
    tooLong: '質問が長すぎます。2,000文字以内でお尋ねください。',
    failed: 'ただいまお答えできませんでした。しばらくしてからもう一度お尋ねください。',
    cut: '回答が1通のメッセージに収まりません。続きは、一部分に絞ってお尋ねください。',
    statuses: {
      'in-force': '発効中',
      signed: '署名済み',
      adopted: '採択済み',
      announced: '発表済み',
      proposed: '提案段階',
      reported: '報道段階',
      speculative: '推測',
    },
  },
  ta: {
    sources: 'ஆதாரங்கள்',
    restsOn: 'அடிப்படை',
    helpful: 'உதவியது',
    notHelpful: 'உதவவில்லை',
    showSources: 'ஆதாரங்களைக் காட்டு',
    thanks: 'தெரிவித்ததற்கு நன்றி.',
    help: 'இந்தத் தொகுப்பின் ஆவணங்களைப் பற்றிக் கேளுங்கள்; நீங்கள் திறந்து சரிபார்க்கக்கூடிய மேற்கோள்களுடன் பதிலளிக்கிறேன்.',
    tooLong: 'கேள்வி மிக நீளமாக உள்ளது. 2,000 எழுத்துகளுக்குள் கேளுங்கள்.',
    failed: 'இப்போது பதிலளிக்க இயலவில்லை. சிறிது நேரம் கழித்து மீண்டும் கேளுங்கள்.',
    cut: 'இந்தப் பதில் ஒரே செய்தியில் அடங்கவில்லை. மீதியை அறிய, அதன் ஒரு பகுதியைப் பற்றிக் கேளுங்கள்.',
    statuses: {
      'in-force': 'நடைமுறையில்',
      signed: 'கையெழுத்தானது',
      adopted: 'ஏற்கப்பட்டது',
      announced: 'அறிவிக்கப்பட்டது',
      proposed: 'முன்மொழியப்பட்டது',
      reported: 'செய்தியின்படி',
      speculative: 'ஊகம்',
    },
  },
};
