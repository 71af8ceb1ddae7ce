import { INVARIANTS, type Invariant } from './find-violations.ts';
import type { ScoredRecord } from './score-record.ts';

/** A share with what it is a share of. */
export interface Tally {
  readonly n: number;
  readonly hits: number;
  readonly share: number;
}

export interface SetSummary {
  readonly set: string;
  readonly correct: Tally;
  readonly byType: Readonly<Record<string, Tally>>;
  readonly byLanguage: Readonly<Record<string, Tally>>;
  readonly byWording: Readonly<Record<string, Tally>>;
  /** Answerable English questions whose answer cites a gold document. */
  readonly goldCitedEnglish: Tally;
  /** Citations that are from a gold document, of all citations on answerable questions. */
  readonly goldCitations: Tally;
  readonly unanswerableHandled: Tally;
  readonly answerableAnswered: Tally;
  /** Median length of `answer` over answered questions, in characters. */
  readonly medianAnswerLength: number;
  readonly causes: Readonly<Record<string, number>>;
  readonly violations: Readonly<Record<Invariant, number>>;
  readonly latencyMs: { readonly p50: number; readonly p95: number };
}

export function summariseSet(set: string, scored: readonly ScoredRecord[]): SetSummary {
  const correct = ({ fault }: ScoredRecord): boolean => fault === undefined;
  const answerable = scored.filter((one) => one.answerable);
  const english = answerable.filter(({ record }) => record.question.lang === 'en');
  const unanswerable = scored.filter(({ record }) => record.question.type === 'unanswerable');
  const lengths = scored.filter(({ answered }) => answered).map(({ record }) => record.answer?.answer.length ?? 0);
  const latencies = scored.map(({ record }) => record.latencyMs);
  return {
    set,
    correct: tally(scored, correct),
    byType: tallyBy(scored, ({ record }) => record.question.type),
    byLanguage: tallyBy(scored, ({ record }) => record.question.lang),
    byWording: tallyBy(scored, ({ record }) => record.question.wording),
    goldCitedEnglish: tally(english, ({ goldCited }) => goldCited),
    goldCitations: share(sum(answerable, 'goldCitations'), sum(answerable, 'citations')),
    unanswerableHandled: tally(unanswerable, correct),
    answerableAnswered: tally(answerable, ({ answered }) => answered),
    medianAnswerLength: quantile(lengths, 0.5),
    causes: countCauses(scored),
    violations: countViolations(scored),
    latencyMs: { p50: Math.round(quantile(latencies, 0.5)), p95: Math.round(quantile(latencies, 0.95)) },
  };
}

function tallyBy(scored: readonly ScoredRecord[], key: (one: ScoredRecord) => string): Record<string, Tally> {
  const keys = [...new Set(scored.map(key))].toSorted();
  return Object.fromEntries(
    keys.map((name) => [
      name,
      tally(
        scored.filter((one) => key(one) === name),
        ({ fault }) => fault === undefined,
      ),
    ]),
  );
}

function tally(scored: readonly ScoredRecord[], holds: (one: ScoredRecord) => boolean): Tally {
  return share(scored.filter(holds).length, scored.length);
}

function share(hits: number, n: number): Tally {
  return { n, hits, share: n === 0 ? 0 : Number((hits / n).toFixed(4)) };
}

function sum(scored: readonly ScoredRecord[], field: 'citations' | 'goldCitations'): number {
  return scored.reduce((total, one) => total + one[field], 0);
}

function countCauses(scored: readonly ScoredRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fault } of scored) if (fault) counts[fault.cause] = (counts[fault.cause] ?? 0) + 1;
  return counts;
}

function countViolations(scored: readonly ScoredRecord[]): Record<Invariant, number> {
  const all = scored.flatMap(({ violations }) => violations);
  const counts = INVARIANTS.map((name) => [name, all.filter(({ invariant }) => invariant === name).length]);
  return Object.fromEntries(counts) as Record<Invariant, number>;
}

/** The nearest-rank quantile; 0 of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? 0;
}
