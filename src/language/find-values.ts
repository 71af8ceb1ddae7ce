import { findAmounts } from './amounts.ts';
import { findDates } from './dates.ts';
import type { FoundValue } from './values.ts';

/**
 * The dates, sums, measures and large numbers of a text that `comparableText` gave, in the ways that English, Hindi,
 * Japanese and Tamil write them; in order, without overlaps. Plain numbers and plain years are left to the reader.
 */
export function findValues(text: string): FoundValue[] {
  if (!/[\d元]|\p{Script=Devanagari}|\p{Script=Tamil}/u.test(text)) return [];
  const dates = findDates(text);
  const amounts = findAmounts(text).filter(({ start, end }) =>
    dates.every((date) => end <= date.start || date.end <= start),
  );
  return [...dates, ...amounts].toSorted((a, b) => a.start - b.start);
}
