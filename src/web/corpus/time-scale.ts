/** A period, in milliseconds since 1970 (UTC). */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;
const SHORTEST_MS = 60 * DAY_MS;

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD` as a moment; a missing part is its first. */
export function momentOf(date: string): number {
  const [year = '', month = '01', day = '01'] = date.split('-');
  return Date.parse(`${year}-${month}-${day}T00:00:00Z`);
}

export const yearPeriod = (year: number): Period => ({ from: Date.UTC(year, 0, 1), to: Date.UTC(year + 1, 0, 1) });

/** What of the width the period takes; the rest is for the curves that bow out of it. */
export const PERIOD_SHARE = 0.9;

/** Where in the width a moment stands: 0–{@link PERIOD_SHARE} within the period. */
export function placeIn({ from, to }: Period, moment: number): number {
  return (PERIOD_SHARE * (moment - from)) / (to - from);
}

/** A period around the same middle, `factor` times as long, within the whole. */
export function zoomPeriod({ from, to }: Period, factor: number, whole: Period): Period {
  const middle = (from + to) / 2;
  const length = Math.min(Math.max((to - from) * factor, SHORTEST_MS), whole.to - whole.from);
  return clampPeriod({ from: middle - length / 2, to: middle + length / 2 }, whole);
}

/** The period moved by a share of its length, within the whole. */
export function shiftPeriod({ from, to }: Period, share: number, whole: Period): Period {
  const by = (to - from) * share;
  return clampPeriod({ from: from + by, to: to + by }, whole);
}

function clampPeriod({ from, to }: Period, whole: Period): Period {
  const by = from < whole.from ? whole.from - from : to > whole.to ? whole.to - to : 0;
  return { from: from + by, to: to + by };
}

export interface Tick {
  readonly at: number;
  /** `YYYY` or `YYYY-MM`. */
  readonly date: string;
}

/** Beginnings of years, or of months where there are few years, at most so many. */
export function ticksOf(period: Period, most: number): Tick[] {
  const first = new Date(period.from).getUTCFullYear();
  const last = new Date(period.to).getUTCFullYear();
  const byMonth = (period.to - period.from) / DAY_MS < 800;
  const dates: string[] = [];
  for (let year = first; year <= last; year++) {
    if (byMonth) for (let month = 1; month <= 12; month++) dates.push(`${year}-${String(month).padStart(2, '0')}`);
    else dates.push(String(year));
  }
  const within = dates
    .map((date) => ({ date, at: placeIn(period, momentOf(date)) }))
    .filter(({ at }) => at >= 0 && at < PERIOD_SHARE);
  const every = Math.ceil(within.length / most);
  return within.filter((_tick, index) => index % every === 0);
}
