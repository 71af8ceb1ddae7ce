import { readFacts } from './read-facts.ts';
import type { CalendarDate } from './values.ts';

/** Whether a text names a month or day after this one (`YYYY-MM-DD`). A year alone is as often a goal. */
export function tellsOfDayAfter(text: string, day: string): boolean {
  return readFacts(text).dates.some(({ value }) => {
    const first = firstDayOf(value);
    return first !== undefined && first > day;
  });
}

/** Whether a text names a year, and so needs no date beside it. */
export function tellsOfYear(text: string): boolean {
  return readFacts(text).dates.some(({ value }) => value.year !== undefined);
}

function firstDayOf({ year, month, day = 1 }: CalendarDate): string | undefined {
  if (year === undefined || month === undefined) return undefined;
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}
