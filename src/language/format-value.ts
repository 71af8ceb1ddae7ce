import type { Language } from '../domain.ts';
import { withUnit } from './units.ts';
import { isAmount, type Amount, type CalendarDate, type Value } from './values.ts';

/** Words for sizes, the largest first, as the press of each language uses them. */
const SCALES: Readonly<Record<Language, readonly (readonly [number, string])[]>> = {
  en: [
    [1e12, ' trillion'],
    [1e9, ' billion'],
    [1e6, ' million'],
  ],
  hi: [
    [1e12, ' लाख करोड़'],
    [1e7, ' करोड़'],
    [1e5, ' लाख'],
  ],
  ja: [
    [1e12, '兆'],
    [1e8, '億'],
    [1e4, '万'],
  ],
  ta: [
    [1e12, ' லட்சம் கோடி'],
    [1e7, ' கோடி'],
    [1e5, ' லட்சம்'],
  ],
};
/** Digits behind the point with which a word for a size is still easier to read than the whole number. */
const MOST_DECIMALS = 2;

/** A value as a reader of the language writes it; reading that gives the same value. */
export function formatValue(value: Value, language: Language): string {
  return isAmount(value) ? formatAmount(value, language) : formatDate(value, language);
}

function formatAmount({ amount, unit }: Amount, language: Language): string {
  const number = formatNumber(amount, language);
  return unit === undefined ? number : withUnit(number, unit, language);
}

function formatNumber(amount: number, language: Language): string {
  for (const [scale, word] of SCALES[language]) {
    const scaled = Number((amount / scale).toPrecision(15));
    if (scaled >= 1 && Number(scaled.toFixed(MOST_DECIMALS)) === scaled)
      return `${plainNumber(scaled, language)}${word}`;
  }
  return plainNumber(amount, language);
}

function plainNumber(number: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 15 }).format(number);
}

function formatDate(date: CalendarDate, language: Language): string {
  const { day = 1, untilDay } = date;
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: 'UTC',
    ...(date.year !== undefined && { year: 'numeric' }),
    ...(date.month !== undefined && { month: 'long' }),
    ...(date.day !== undefined && { day: 'numeric' }),
  });
  if (untilDay === undefined) return format.format(toTime(date, day));
  // CLDR's span of days in Japanese is a span of numbers with slashes.
  if (language === 'ja') return `${format.format(toTime(date, day))}～${untilDay}日`;
  return format.formatRange(toTime(date, day), toTime(date, untilDay));
}

/** 2000 has every day that any year has. */
function toTime({ year = 2000, month = 1 }: CalendarDate, day: number): Date {
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  return time;
}
