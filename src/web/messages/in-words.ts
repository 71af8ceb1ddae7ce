import { language } from '../state/settings.ts';
import { messages } from './messages.ts';

const LOCALES = { en: 'en-GB', hi: 'hi-IN', ja: 'ja-JP', ta: 'ta-IN' } as const;

/** `in-force` as the page's language says it; a term it has no word for, as plain words. */
export function inWords(term: string, words: Readonly<Record<string, string>>): string {
  const known = Object.hasOwn(words, term) ? words[term] : undefined;
  if (known !== undefined) return known;
  const plain = term.replaceAll(/[-_]/g, ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** `2026-07-02` as “2 July 2026”; less exact dates as exactly as they are known. */
export function dateInWords(date: string | null, month: 'long' | 'short' = 'long'): string {
  if (date === null) return messages.value.dateUnknown;
  const [, monthOfYear, day] = date.split('-');
  // A shorter date is read as its first day.
  const moment = new Date(date);
  if (Number.isNaN(moment.valueOf())) return date;
  return formatOf(LOCALES[language.value], { month: monthOfYear && month, day: day && 'numeric' }).format(moment);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than all that is done with it. */
function formatOf(
  locale: string,
  { month, day }: { month: 'long' | 'short' | '' | undefined; day: 'numeric' | '' | undefined },
): Intl.DateTimeFormat {
  const key = [locale, month, day].join(' ');
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month }),
    ...(day && { day }),
  });
  formats.set(key, format);
  return format;
}

export function numberInWords(value: number, fractionDigits = 0): string {
  return value.toLocaleString(LOCALES[language.value], { maximumFractionDigits: fractionDigits });
}

/** `ja` as “Japanese”; a tag that is none stays as it is. */
export function languageInWords(tag: string): string {
  try {
    return new Intl.DisplayNames(language.value, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['ta', /\p{Script=Tamil}/u],
  ['en', /\p{Script=Latin}/u],
];

/** The language to read a text in, by its first letters; undefined: that of the page. */
export function languageOf(text: string): string | undefined {
  const beginning = text.slice(0, 40);
  return SCRIPTS.find(([, script]) => script.test(beginning))?.[0];
}
