import type { PassageSignals } from '../domain.ts';

/** What each signal says of one chunk; absent = it did not find it, or did not look. */
export type Signals = Omit<PassageSignals, 'fused'> & { readonly label: number };

export type Fused = Signals & { readonly fused: number };

/** What each kind of evidence from close reading adds beside a BM25 scaled to 0–1; how often terms occur, BM25 counts already. */
const EVIDENCE_SHARE = 0.5;
const FREQUENCY_SHARE = 0.25;

/** The cosine counts this much where the words hold most of the question, and this much where they hold little of it. */
const LEAST_COSINE_WEIGHT = 0.2;
const MOST_COSINE_WEIGHT = 0.35;
const FULL_COVERAGE = 0.9;
const LITTLE_COVERAGE = 0.5;

/**
 * How much the cosine counts for one question, by the best coverage that any passage reaches: who words a question like
 * its source needs the words, who puts it in words of their own needs the meaning.
 */
export function weighCosine(bestCoverage: number): number {
  const lacking = (FULL_COVERAGE - bestCoverage) / (FULL_COVERAGE - LITTLE_COVERAGE);
  return LEAST_COSINE_WEIGHT + (MOST_COSINE_WEIGHT - LEAST_COSINE_WEIGHT) * Math.min(1, Math.max(0, lacking));
}

/**
 * Orders candidates by a weighted sum of words and meaning, each scaled to 0–1 over the candidates (min–max).
 * `cosineWeight` 0 leaves the lexical order, 1 that of the vectors; what has no vector counts by its words alone. Ties go to
 * the smaller label.
 */
export function fuseSignals(candidates: readonly Signals[], cosineWeight: number): Fused[] {
  const bm25 = scaler(candidates.map(({ lexical }) => lexical ?? 0));
  const words = ({ lexical = 0, coverage = 0, frequency = 0, order = 0, together = 0 }: Signals): number =>
    bm25(lexical) + EVIDENCE_SHARE * (coverage + order + together) + FREQUENCY_SHARE * frequency;
  const byWords = scaler(candidates.map(words));
  const byMeaning = scaler(candidates.flatMap(({ cosine }) => cosine ?? []));
  return candidates
    .map((candidate) => {
      const said = byWords(words(candidate));
      const meaning = candidate.cosine === undefined ? said : byMeaning(candidate.cosine);
      return { ...candidate, fused: (1 - cosineWeight) * said + cosineWeight * meaning };
    })
    .toSorted((a, b) => b.fused - a.fused || a.label - b.label);
}

function scaler(values: readonly number[]): (value: number) => number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (!(most > least)) return () => (values.length > 0 && most > 0 ? 1 : 0);
  return (value) => (value - least) / (most - least);
}
