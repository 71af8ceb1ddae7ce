import { enTerms, type Terms } from '../messages/en-terms.ts';
import { EXAMPLES } from '../messages/examples.ts';
import { hiTerms } from '../messages/hi-terms.ts';
import { jaTerms } from '../messages/ja-terms.ts';
import { taTerms } from '../messages/ta-terms.ts';

/** The few words of the widget; English is what the others are held to. */
const en = {
  title: 'Ask the agreements',
  open: 'Open the assistant',
  close: 'Close the assistant',
  label: 'Your question',
  placeholder: 'Ask about an agreement…',
  ask: 'Ask',
  stop: 'Stop',
  asking: 'Searching and checking every quote…',
  hello: 'Every sentence of an answer is quoted from a document you can open.',
  source: 'Open the source at the quote',
  brief: 'From our brief, which rests on:',
  reference: (marker: number, authority: string, title: string) => `Reference ${marker}, ${authority}: ${title}`,
  noAnswer: 'No answer, on purpose',
  stopped: 'Stopped.',
  failed: 'The assistant cannot be reached.',
  examples: EXAMPLES.en,
  terms: enTerms,
};

export type WidgetMessages = Omit<typeof en, 'terms'> & { readonly terms: Terms };

const hi: WidgetMessages = {
  title: 'समझौतों के बारे में पूछें',
  open: 'सहायक खोलें',
  close: 'सहायक बंद करें',
  label: 'आपका प्रश्न',
  placeholder: 'किसी समझौते के बारे में पूछें…',
  ask: 'पूछें',
  stop: 'रोकें',
  asking: 'खोज और हर उद्धरण की जाँच हो रही है…',
  hello: 'उत्तर का हर वाक्य किसी ऐसे दस्तावेज़ से उद्धृत है जिसे आप खोल सकते हैं।',
  source: 'स्रोत को उद्धरण पर खोलें',
  brief: 'हमारे सार-लेख से, जिसका आधार है:',
  reference: (marker, authority, title) => `संदर्भ ${marker}, ${authority}: ${title}`,
  noAnswer: 'उत्तर जान-बूझकर नहीं दिया गया',
  stopped: 'रोक दिया गया।',
  failed: 'सहायक तक नहीं पहुँचा जा सका।',
  examples: EXAMPLES.hi,
  terms: hiTerms,
};

const ja: WidgetMessages = {
  title: '合意について質問する',
  open: 'アシスタントを開く',
  close: 'アシスタントを閉じる',
  label: '質問',
  placeholder: '合意について尋ねる…',
  ask: '質問する',
  stop: '停止',
  asking: '検索し、すべての引用を照合しています…',
  hello: '回答の一文一文は、開いて確かめられる文書からの引用です。',
  source: '出典を引用箇所で開く',
  brief: '当方作成の要約からの引用。典拠：',
  reference: (marker, authority, title) => `引用${marker}、${authority}：${title}`,
  noAnswer: '回答を控えました',
  stopped: '停止しました。',
  failed: 'アシスタントに接続できません。',
  examples: EXAMPLES.ja,
  terms: jaTerms,
};

const ta: WidgetMessages = {
  title: 'ஒப்பந்தங்களைப் பற்றிக் கேளுங்கள்',
  open: 'உதவியாளரைத் திற',
  close: 'உதவியாளரை மூடு',
  label: 'உங்கள் கேள்வி',
  placeholder: 'ஒப்பந்தம் பற்றிக் கேளுங்கள்…',
  ask: 'கேள்',
  stop: 'நிறுத்து',
  asking: 'தேடி ஒவ்வொரு மேற்கோளும் சரிபார்க்கப்படுகிறது…',
  hello: 'பதிலின் ஒவ்வொரு வாக்கியமும் நீங்கள் திறக்கக்கூடிய ஆவணத்திலிருந்து எடுக்கப்பட்டது.',
  source: 'ஆதாரத்தை மேற்கோளில் திற',
  brief: 'எங்கள் சுருக்கக் குறிப்பிலிருந்து; அதன் அடிப்படை:',
  reference: (marker, authority, title) => `மேற்கோள் ${marker}, ${authority}: ${title}`,
  noAnswer: 'வேண்டுமென்றே பதில் தரப்படவில்லை',
  stopped: 'நிறுத்தப்பட்டது.',
  failed: 'உதவியாளரை அடைய முடியவில்லை.',
  examples: EXAMPLES.ta,
  terms: taTerms,
};

const CATALOGUES: Readonly<Record<string, WidgetMessages>> = { en, hi, ja, ta };

/** The words for a language tag; English where there are none. */
export function widgetMessages(tag: string): WidgetMessages {
  return CATALOGUES[tag.split('-')[0] ?? ''] ?? en;
}
