import { comparableText } from './comparable-text.ts';
import type { CalendarDate, FoundValue } from './values.ts';

/** Spellings beside those of CLDR, by month. */
const FURTHER_MONTHS: readonly string[] = [
  'jan जन',
  'feb फर பெப்ரவரி',
  'mar',
  'apr',
  '',
  'jun',
  'jul',
  'aug ஆகஸ்டு ஓகஸ்ட்',
  'sep sept सितम्बर செப்டெம்பர்',
  'oct अक्तूबर ஒக்டோபர்',
  'nov नवम्बर நவெம்பர்',
  'dec दिसम्बर டிசெம்பர்',
];

export const ENGLISH_MONTHS = monthNames('en');
const NAMES = [ENGLISH_MONTHS, monthNames('hi'), monthNames('ta')];
const MONTHS = new Map<string, number>();
for (const [index, further] of FURTHER_MONTHS.entries()) {
  const named = NAMES.flatMap((names) => names[index] ?? []);
  for (const name of [...named, ...further.split(' ')]) if (name !== '') MONTHS.set(comparableText(name), index + 1);
}

/** The names of the months, January first, in a language. */
function monthNames(language: string): readonly string[] {
  const named = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return FURTHER_MONTHS.map((_, index) => named.format(Date.UTC(2000, index, 1)));
}

/** A name of a month; in Tamil, where it is long enough to be known by, with an ending. */
const NAMED = [...MONTHS.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map((name) => (/^\p{Script=Tamil}{4,}$/u.test(name) ? `${name.replace(/\u0bcd$/, '')}[\\u0b80-\\u0bff]{0,6}` : name))
  .join('|');
const MONTH = `(?<![\\p{L}\\p{M}])(?<month>${NAMED})(?![\\p{L}\\p{M}])\\.?`;
const DAY = '(?<![\\d.,])(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![\\d.]|,\\d)';
const UNTIL = '(?:\\s?(?:[-–—~〜/]|to|and|&|से|और|முதல்)\\s?(?<until>\\d{1,2})(?:st|nd|rd|th)?(?!\\d))?';
const YEAR = '(?<year>\\d{4})(?!\\d)';

/** Years before the first of each era of Japan. */
const ERAS: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911, 明治: 1867 };
const JAPANESE_YEAR = `(?:(?<era>${Object.keys(ERAS).join('|')})\\s?(?<eraYear>\\d{1,2}|元)|(?<!\\d)(?<year>\\d{4}))年(?!間)`;
const JAPANESE_DAY = '\\s?(?<day>\\d{1,2})日(?!間)(?:(?:から|[-–~〜・、])\\s?(?<until>\\d{1,2})日)?';
const JAPANESE_MONTH = `(?<!\\d)(?<month>\\d{1,2})月(?:${JAPANESE_DAY})?`;

/** In this order: what an earlier one takes, a later one leaves alone. */
const PATTERNS: readonly RegExp[] = [
  '(?<![\\d.,/-])(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})(?![\\d/-]|[.,]\\d)',
  `${JAPANESE_YEAR}\\s?(?:${JAPANESE_MONTH})?`,
  JAPANESE_MONTH,
  `(?<!\\d)${YEAR}\\s?(?:ஆம்\\s|ம்\\s)?(?:ஆண்டு\\s)?(?=\\p{Script=Tamil})${MONTH}(?:\\s${DAY}${UNTIL})?`,
  `${DAY}${UNTIL}\\s?(?:of\\s)?${MONTH}(?:,?\\s${YEAR})?`,
  `${MONTH}\\s${DAY}${UNTIL}(?:,?\\s?${YEAR})?`,
  `${MONTH},?\\s(?:of\\s)?${YEAR}`,
  `(?=[\\p{Script=Devanagari}\\p{Script=Tamil}]{3})${MONTH}`,
].map((source) => new RegExp(source, 'gu'));

/** The dates of a text that `comparableText` gave, in order. */
export function findDates(text: string): FoundValue<CalendarDate>[] {
  const found: FoundValue<CalendarDate>[] = [];
  for (const pattern of PATTERNS) {
    for (const { 0: match, index: start, groups = {} } of text.matchAll(pattern)) {
      const end = start + match.trimEnd().length;
      const value = toDate(groups);
      if (value && found.every((other) => end <= other.start || other.end <= start)) found.push({ start, end, value });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

type Groups = Readonly<Record<string, string | undefined>>;

/** Undefined where there is no such day or month. */
function toDate(groups: Groups): CalendarDate | undefined {
  const parts = {
    year: yearOf(groups),
    month: groups['month'] === undefined ? undefined : monthOf(groups['month']),
    day: toNumber(groups['day']),
    untilDay: toNumber(groups['until']),
  };
  const isOff = (part: number | undefined, last: number): boolean => part !== undefined && !(part >= 1 && part <= last);
  if (isOff(parts.month, 12) || isOff(parts.day, 31) || isOff(parts.untilDay, 31)) return undefined;
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function yearOf({ year, era, eraYear }: Groups): number | undefined {
  if (era === undefined) return toNumber(year);
  return (ERAS[era] ?? 0) + (eraYear === '元' ? 1 : Number(eraYear));
}

function monthOf(name: string): number {
  if (/^\d+$/.test(name)) return Number(name);
  const known = MONTHS.get(name);
  if (known !== undefined) return known;
  for (const [form, month] of MONTHS) if (form.length > 3 && name.startsWith(form.replace(/\u0bcd$/, ''))) return month;
  return 0;
}
