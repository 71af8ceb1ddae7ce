import { extractTerms } from './terms.ts';
import type { Amount, FoundValue } from './values.ts';

/** A number of something, as sure as the text is of it. */
export interface Quantity {
  /** The lower and upper end; the same but for a range. */
  readonly from: number;
  readonly to: number;
  /** What is counted or measured: a unit's base, or the noun behind a plain number. */
  readonly unit: string;
  readonly approximate: boolean;
  readonly bound?: 'least' | 'most';
}

/** How units of one kind relate. */
const BASES: Readonly<Record<string, readonly [string, number]>> = {
  kilometer: ['meter', 1000],
  centimeter: ['meter', 0.01],
  tonne: ['gram', 1e6],
  kilogram: ['gram', 1000],
  gigawatt: ['megawatt', 1000],
  year: ['month', 12],
  week: ['hour', 168],
  day: ['hour', 24],
  minute: ['hour', 1 / 60],
  second: ['hour', 1 / 3600],
  petabyte: ['gigabyte', 1e6],
  terabyte: ['gigabyte', 1000],
  megabyte: ['gigabyte', 0.001],
};

const ABOUT =
  /(?:\b(?:about|around|nearly|almost|some|roughly|approximately|approx\.?|circa|ca\.|close to|an estimated)|लगभग|करीब|तकरीबन|約|およそ|ほぼ|சுமார்|ஏறத்தாழ|கிட்டத்தட்ட)\s?(?:the\s)?$/u;
const AT_LEAST = /(?:\b(?:over|more than|above|at least|exceeding|upwards of|no less than)|कम से कम)\s$/u;
const AT_MOST = /(?:\b(?:under|less than|fewer than|below|up to|at most|no more than)|अधिकतम|最大)\s?$/u;
const OR_MORE = /^\s?(?:\+|or more|plus\b|से (?:अधिक|ज़्यादा|ज्यादा)|以上|超|を超え|余り|க்கும் (?:மேற்பட்ட|அதிக))/u;
const OR_LESS = /^\s?(?:or (?:less|fewer)|से कम|以下|未満|க்கும் குறை)/u;
const UP_FROM = /(\d+(?:,\d{2,3})*(?:\.\d+)?)\s?(?:-|–|—|~|〜|to|and|से|から|முதல்)\s?$/u;
/** How far round numbers may be from exact ones. */
const ROUNDING = 0.005;
const APPROXIMATION = 0.06;
/** Longest text before a value that tells how sure it is. */
const LOOK_BACK = 24;

/** A value with what stands around it in a text that `comparableText` gave. */
export function readQuantity(text: string, { start, end, value }: FoundValue<Amount>): Quantity {
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  const after = text.slice(end);
  const lower = UP_FROM.exec(before)?.[1];
  const scale = scaleOf(text.slice(start, end), value.amount);
  const from = lower === undefined ? value.amount : Number(lower.replaceAll(',', '')) * scale;
  const [unit, factor] = unitOf(value, after);
  const bound =
    AT_LEAST.test(before) || OR_MORE.test(after)
      ? 'least'
      : AT_MOST.test(before) || OR_LESS.test(after)
        ? 'most'
        : undefined;
  return {
    from: Math.min(from, value.amount) * factor,
    to: value.amount * factor,
    unit,
    approximate: ABOUT.test(before),
    ...(bound && { bound }),
  };
}

/** "10 to 20 million": the ten are millions, too. */
function scaleOf(text: string, amount: number): number {
  const digits = /\d+(?:,\d{2,3})*(?:\.\d+)?/.exec(text)?.[0].replaceAll(',', '');
  return digits === undefined || Number(digits) === 0 ? 1 : amount / Number(digits);
}

/** What is counted, by the unit or the first word behind the number. */
function unitOf({ unit }: Amount, after: string): readonly [string, number] {
  if (unit !== undefined) return BASES[unit] ?? [unit, 1];
  const counter = /^\s?(\p{Script=Han}|[\p{Script=Katakana}ー]+)/u.exec(after)?.[1];
  if (counter !== undefined) return [counter, 1];
  const words = /^(?:[\s-]?[\p{L}\p{M}]+){1,4}/u.exec(after)?.[0] ?? '';
  return [extractTerms(words)[0] ?? '', 1];
}

/** Whether two numbers of the same thing can both be right. */
export function agree(a: Quantity, b: Quantity): boolean {
  const [low, high] = a.to <= b.to ? [a, b] : [b, a];
  if (low.to >= high.from) return true;
  if (low.bound === 'least' || high.bound === 'most') return true;
  const slack = a.approximate || b.approximate ? APPROXIMATION : ROUNDING;
  return high.from - low.to <= slack * high.from;
}
