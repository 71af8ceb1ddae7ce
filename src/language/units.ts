import { LANGUAGES, type Language } from '../domain.ts';
import { comparableText } from './comparable-text.ts';

/** Currencies and units whose names the Unicode data has in every language. */
const CURRENCIES = ['JPY', 'INR', 'USD', 'EUR', 'GBP', 'CNY', 'KRW', 'AUD'];
const MEASURES =
  'percent year month week day hour minute second kilometer meter centimeter kilogram gram hectare acre liter celsius megabyte gigabyte terabyte petabyte'.split(
    ' ',
  );

/** What it has not, or not as people write it; the first form of a language is the one that is shown. */
const FURTHER: Readonly<Record<string, Readonly<Partial<Record<Language, string>>>>> = {
  JPY: { en: 'yen|jpy|¥', hi: 'येन|जापानी येन', ja: '円', ta: 'யென்|ஜப்பானிய யென்' },
  INR: {
    en: 'rupees|rupee|indian rupees|inr|rs|₹',
    hi: 'रुपये|रुपए|रुपया|रुपयों|रूपये|भारतीय रुपये',
    ja: 'ルピー|インドルピー|インド・ルピー',
    ta: 'ரூபாய்|இந்திய ரூபாய்|ரூபாயில்',
  },
  USD: {
    en: 'dollars|dollar|us dollars|usd|us$|$',
    hi: 'डॉलर|अमेरिकी डॉलर',
    ja: 'ドル|米ドル',
    ta: 'டாலர்|அமெரிக்க டாலர்|டாலர்கள்',
  },
  EUR: { en: 'euros|euro|eur|€', hi: 'यूरो', ja: 'ユーロ', ta: 'யூரோ' },
  GBP: { en: 'pounds sterling|gbp|£', hi: 'पाउंड', ja: 'ポンド', ta: 'பவுண்டு' },
  percent: {
    en: 'percent|per cent|%',
    hi: 'प्रतिशत|फीसदी|फ़ीसदी',
    ja: 'パーセント|%',
    ta: 'சதவீதம்|சதவிகிதம்|விழுக்காடு|சதவீத',
  },
  year: { hi: 'वर्ष|साल|वर्षों|सालों', ja: '年間|カ年|か年', ta: 'ஆண்டுகள்|ஆண்டு|வருடங்கள்|ஆண்டுகளில்' },
  month: { hi: 'महीने|माह|महीना|महीनों', ja: 'か月|ヶ月|カ月|ヵ月|箇月', ta: 'மாதங்கள்|மாதம்' },
  week: { hi: 'सप्ताह|हफ्ते|हफ़्ते', ja: '週間' },
  day: { hi: 'दिन|दिनों', ja: '日間', ta: 'நாட்கள்|நாள்' },
  hour: { hi: 'घंटे|घंटा|घंटों', ja: '時間', ta: 'மணிநேரம்|மணி நேரம்' },
  minute: { ja: '分間|分(?!の)' },
  second: { hi: 'सेकंड|सेकेंड', ja: '秒間|秒' },
  kilometer: { en: 'kilometres|kilometre|km', hi: 'किलोमीटर|किमी', ja: 'キロメートル|km|キロ' },
  meter: { en: 'metres|metre', ja: 'メートル' },
  kilogram: { en: 'kilograms|kg', hi: 'किलोग्राम|किलो' },
  hectare: { en: 'hectares|ha' },
  liter: { en: 'litres|litre' },
  megabyte: { en: 'megabytes|mb' },
  gigabyte: { en: 'gigabytes|gb' },
  terabyte: { en: 'terabytes|tb' },
  petabyte: { en: 'petabytes|pb' },
  person: { en: 'people|persons|person', hi: 'लोग|लोगों|व्यक्ति|व्यक्तियों', ja: '人|名(?!古)', ta: 'பேர்|மக்கள்|நபர்கள்' },
  tonne: { en: 'tonnes|tonne|tons|ton', hi: 'टन', ja: 'トン', ta: 'டன்|டன்கள்' },
  megawatt: { en: 'megawatts|megawatt|mw', hi: 'मेगावाट', ja: 'メガワット|mw', ta: 'மெகாவாட்' },
  gigawatt: { en: 'gigawatts|gigawatt|gw', hi: 'गीगावाट', ja: 'ギガワット|gw', ta: 'ஜிகாவாட்' },
};

/** What is written before a number, and the currency that it means. */
export const SIGN_UNITS: ReadonlyMap<string, string> = new Map(
  'us$=USD $=USD ¥=JPY €=EUR £=GBP ₹=INR rs=INR inr=INR jpy=JPY usd=USD eur=EUR gbp=GBP'
    .split(' ')
    .map((pair) => [pair.slice(0, -4), pair.slice(-3)] as const),
);

const UNIT_IDS = [...CURRENCIES, ...MEASURES, 'person', 'tonne', 'megawatt', 'gigawatt'];

/** Each way of writing a unit, as a pattern over comparable text, with the unit; the longest first. */
export const UNIT_FORMS: readonly (readonly [string, string])[] = UNIT_IDS.flatMap((unit) =>
  LANGUAGES.flatMap((language) => formsOf(unit, language)).map((form) => [form, unit] as const),
).toSorted(([a], [b]) => b.length - a.length);

function formsOf(unit: string, language: Language): string[] {
  const further = (FURTHER[unit]?.[language] ?? '').split('|').filter(Boolean);
  const known = further.map((form) => (form.includes('(?') ? form : escape(comparableText(form))));
  // 年, 月, 日 and 分 behind a number are as often parts of a date.
  if (language === 'ja' && known.length > 0) return known;
  return [...new Set([...known, ...namesOf(unit, language).map((name) => escape(comparableText(name)))])];
}

/** For use within a pattern. */
export function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

/** How the Unicode data names a unit behind one and behind several. */
function namesOf(unit: string, language: Language): string[] {
  if (!CURRENCIES.includes(unit) && !MEASURES.includes(unit)) return [];
  return [1, 5].flatMap((count) => {
    const parts = formatterOf(unit, language).formatToParts(count);
    return parts.filter(({ type }) => type === 'currency' || type === 'unit').map(({ value }) => value.trim());
  });
}

function formatterOf(unit: string, language: Language): Intl.NumberFormat {
  return CURRENCIES.includes(unit)
    ? new Intl.NumberFormat(language, { style: 'currency', currency: unit, currencyDisplay: 'name' })
    : new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
}

/** What a unit is called in a language, of several. */
export function unitName(unit: string, language: Language): string {
  return (FURTHER[unit]?.[language] ?? '').split(/\||\(/)[0] || namesOf(unit, language).at(-1) || unit;
}

/** What each unit is called in English, of several. */
export const ENGLISH_UNITS: ReadonlyMap<string, string> = new Map(UNIT_IDS.map((unit) => [unit, unitName(unit, 'en')]));

/** A number, already written in the language, with its unit. */
export function withUnit(number: string, unit: string, language: Language): string {
  if (unit === 'percent') return `${number}%`;
  return [number, unitName(unit, language)].join(language === 'ja' ? '' : ' ');
}
