import type { Span } from '../domain.ts';

/** A day, a month or a year, as far as the text tells; `untilDay` ends a span of days within one month. */
export interface CalendarDate {
  readonly year?: number;
  /** 1–12. */
  readonly month?: number;
  readonly day?: number;
  readonly untilDay?: number;
}

/** A number that a word gives a size, or that counts something. */
export interface Amount {
  readonly amount: number;
  /** An ISO 4217 currency, or a unit of `units.ts`. */
  readonly unit?: string;
}

export type Value = CalendarDate | Amount;

/** A value with where it stands in the text; `number` is where its (first) number does. */
export interface FoundValue<T extends Value = Value> extends Span {
  readonly value: T;
}

export function isAmount(value: Value): value is Amount {
  return 'amount' in value;
}
