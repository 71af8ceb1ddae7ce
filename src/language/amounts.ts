import { comparableText } from './comparable-text.ts';
import { escape, SIGN_UNITS, UNIT_FORMS } from './units.ts';
import type { Amount, FoundValue } from './values.ts';

/** Words that multiply the number before them. */
const SCALES = new Map(
  `thousand=1e3 million=1e6 mn=1e6 billion=1e9 bn=1e9 trillion=1e12 trn=1e12 tn=1e12 lakh=1e5 lakhs=1e5 lac=1e5 crore=1e7 crores=1e7
  हज़ार=1e3 लाख=1e5 करोड़=1e7 अरब=1e9 खरब=1e11 मिलियन=1e6 बिलियन=1e9 ट्रिलियन=1e12
  ஆயிரம்=1e3 லட்சம்=1e5 இலட்சம்=1e5 லட்ச=1e5 கோடி=1e7 மில்லியன்=1e6 பில்லியன்=1e9 டிரில்லியன்=1e12 ட்ரில்லியன்=1e12
  百=1e2 千=1e3 万=1e4 億=1e8 兆=1e12`
    .split(/\s+/)
    .map((pair) => {
      const [word = '', scale] = pair.split('=');
      return [comparableText(word), Number(scale)] as const;
    }),
);

const NUMBER = /(?<![a-z\d.,-])\d+(?:,\d{2,3})*(?:\.\d+)?/gu;
const WORD_END = '(?![a-z\\p{Script=Devanagari}\\p{Script=Tamil}])';
const SCALE = new RegExp(`[\\s-]?(?:([百千万億兆])|(${wordScales()})${WORD_END})`, 'uy');
const FURTHER_NUMBER = /\s?(\d+(?:,\d{3})*(?:\.\d+)?)(?![\d.,])/uy;
const SIGN = new RegExp(`(?<![a-z])(${[...SIGN_UNITS.keys()].map(escape).join('|')})\\.?\\s?$`, 'u');
const UNIT = new RegExp(`[\\s-]?(?:${UNIT_FORMS.map(([form]) => `(${bounded(form)})`).join('|')})`, 'uy');
/** Beyond this a number has no exact value; it is compared by its digits. */
const LARGEST = 1e15;
/** Longest text before a number that is looked at for a sign. */
const LONGEST_SIGN = 5;

function wordScales(): string {
  const words = [...SCALES.keys()].filter((word) => !/^\p{Script=Han}/u.test(word));
  return words.toSorted((a, b) => b.length - a.length).join('|');
}

/** Words of scripts with spaces end where their letters do. */
function bounded(form: string): string {
  return /^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}%]/u.test(form) ? form : `${form}${WORD_END}`;
}

/** The numbers of a text that `comparableText` gave that have a size or a unit, in order. */
export function findAmounts(text: string): FoundValue<Amount>[] {
  const found: FoundValue<Amount>[] = [];
  let rest = 0;
  for (const { 0: digits, index } of text.matchAll(NUMBER)) {
    const amount = index < rest ? undefined : readAmount(text, { digits, index, rest });
    if (!amount) continue;
    found.push(amount);
    rest = amount.end;
  }
  return found;
}

/** The amount that begins with these digits, and after `rest`; undefined for a plain number. */
function readAmount(
  text: string,
  { digits, index, rest }: { digits: string; index: number; rest: number },
): FoundValue<Amount> | undefined {
  const { amount, end } = readSize(text, { amount: toNumber(digits), end: index + digits.length });
  if (amount > LARGEST) return undefined;
  const [sign, name = ''] = SIGN.exec(text.slice(Math.max(rest, index - LONGEST_SIGN), index)) ?? [];
  if (sign !== undefined) return { start: index - sign.length, end, value: { amount, unit: unitOf(name) } };
  const unit = readUnit(text, end);
  if (unit) return { start: index, end: unit.end, value: { amount, unit: unit.unit } };
  return end > index + digits.length ? { start: index, end, value: { amount } } : undefined;
}

function toNumber(digits: string): number {
  return Number(digits.replaceAll(',', ''));
}

interface Size {
  readonly amount: number;
  readonly end: number;
}

/** The number with the words that multiply it ("10 lakh crore"), and smaller ones behind it ("1億2000万"). */
function readSize(text: string, number: Size): Size {
  let { end } = number;
  let scale = 1;
  for (let next = readScale(text, end); next; next = readScale(text, end)) {
    scale *= next.scale;
    end = next.end;
  }
  if (scale === 1) return number;
  const rest = readRest(text, end);
  const amount = exact(number.amount * scale);
  return rest && rest.amount < scale ? { amount: exact(amount + rest.amount), end: rest.end } : { amount, end };
}

/** A further number that has a size itself, or follows a Japanese one at once. */
function readRest(text: string, at: number): Size | undefined {
  FURTHER_NUMBER.lastIndex = at;
  const [match, digits = ''] = FURTHER_NUMBER.exec(text) ?? [];
  if (match === undefined) return undefined;
  const end = at + match.length;
  const rest = readSize(text, { amount: toNumber(digits), end });
  const joined = /[千万億兆]/u.test(text.charAt(at - 1)) && /^\d/.test(match);
  return joined || rest.end > end ? rest : undefined;
}

function readScale(text: string, at: number): { scale: number; end: number } | undefined {
  SCALE.lastIndex = at;
  const match = SCALE.exec(text);
  const scale = match && SCALES.get(match[1] ?? match[2] ?? '');
  return match && scale ? { scale, end: at + match[0].length } : undefined;
}

function readUnit(text: string, at: number): { unit: string; end: number } | undefined {
  UNIT.lastIndex = at;
  const match = UNIT.exec(text);
  if (!match) return undefined;
  const unit = UNIT_FORMS[match.slice(1).findIndex((group) => group !== undefined)]?.[1];
  return unit === undefined ? undefined : { unit, end: at + match[0].length };
}

function unitOf(sign: string): string {
  return SIGN_UNITS.get(sign.replace(/\.$/, '')) ?? '';
}

/** Without the last digits that binary fractions add. */
function exact(amount: number): number {
  return Number(amount.toPrecision(15));
}
