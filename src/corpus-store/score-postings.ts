import type { LexicalHit } from './corpus-store.ts';
import { B, K1 } from './posting.ts';
import type { LexicalStatistics, TermPostings } from './sqlite-postings.ts';

export interface ScoredQuery {
  /** Without repetitions. */
  readonly terms: readonly string[];
  readonly limit: number;
  /** Undefined: every chunk may be found. */
  readonly allowed: ReadonlySet<number> | undefined;
}

/** The chunks that hold any of the terms, best first by the BM25 of SQLite's FTS5; of equals, the smaller label. */
export function scorePostings({ terms, limit, allowed }: ScoredQuery, statistics: LexicalStatistics): LexicalHit[] {
  const scores = new Float64Array(statistics.lengths.length);
  const held = terms.map(statistics.postingsOf);
  for (const postings of held) addScores(scores, postings, statistics);
  const best = keepBest(limit);
  for (const { labels } of held) {
    for (const label of labels) {
      const score = scores[label] ?? 0;
      // Each is looked at once, by whichever term comes first.
      scores[label] = 0;
      if (score > 0 && (!allowed || allowed.has(label))) best.add({ label, score });
    }
  }
  return best.hits;
}

/** By FTS5's formula, worked out in its order. */
function addScores(
  scores: Float64Array,
  { labels, frequencies, weight }: TermPostings,
  { averageLength, lengths }: LexicalStatistics,
): void {
  for (const [i, label] of labels.entries()) {
    const frequency = frequencies[i] ?? 0;
    const length = 1 - B + (B * (lengths[label] ?? 0)) / averageLength;
    scores[label] = (scores[label] ?? 0) + weight * ((frequency * (K1 + 1)) / (frequency + K1 * length));
  }
}

/** The best so far, in order: most of what comes is worse than the last of them. */
function keepBest(limit: number): { add: (hit: LexicalHit) => void; readonly hits: LexicalHit[] } {
  const hits: LexicalHit[] = [];
  return {
    hits,
    add(hit) {
      const last = hits[limit - 1];
      if (last && !isBetter(hit, last)) return;
      let low = 0;
      for (let high = hits.length; low < high;) {
        const middle = (low + high) >>> 1;
        const other = hits[middle];
        if (other && isBetter(other, hit)) low = middle + 1;
        else high = middle;
      }
      hits.splice(low, 0, hit);
      if (hits.length > limit) hits.pop();
    },
  };
}

function isBetter(a: LexicalHit, b: LexicalHit): boolean {
  return a.score > b.score || (a.score === b.score && a.label < b.label);
}
