/** What each signal says of one chunk; absent = it did not find it. */
export interface Signals {
  readonly label: number;
  readonly lexical?: number;
  readonly cosine?: number;
}

export interface Fused extends Signals {
  readonly fused: number;
}

/**
 * Orders candidates by a weighted sum of their signals, each scaled to 0–1 over the candidates (min–max).
 * `cosineWeight` 0 leaves the lexical order, 1 that of the vectors. Ties go to the smaller label.
 */
export function fuseSignals(candidates: readonly Signals[], cosineWeight: number): Fused[] {
  const lexical = scaler(candidates.map((candidate) => candidate.lexical ?? 0));
  const cosine = scaler(candidates.flatMap((candidate) => candidate.cosine ?? []));
  return candidates
    .map((candidate) => {
      const byWords = lexical(candidate.lexical ?? 0);
      const byMeaning = candidate.cosine === undefined ? 0 : cosine(candidate.cosine);
      return { ...candidate, fused: (1 - cosineWeight) * byWords + cosineWeight * byMeaning };
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
