import type { PassageFilters } from '../domain.ts';
import type { VectorHit } from './vector-index.ts';

/** Vector of a question → nearest chunks, wherever their vectors are kept. */
export interface NearestChunks {
  /** How many chunks can be found. */
  count(): Promise<number>;
  /** The nearest chunks that pass the filters; all that pass where these are few ({@link scoreAllUpTo}), in any order. */
  find(vector: readonly number[], options: { limit: number; filters: PassageFilters }): Promise<VectorHit[]>;
  /** The similarity of each of these chunks, in any order; those without a vector are left out. */
  compare(vector: readonly number[], labels: readonly number[]): Promise<VectorHit[]>;
}

export function isUnfiltered(filters: PassageFilters): boolean {
  return Object.values(filters).every((filter) => filter === undefined);
}

/**
 * Up to so many allowed chunks every vector is scored: a walk through the graph sees the more, the fewer may be found.
 * Where the two cost the same on indexes of a thousand to 40,000 vectors (docs/BENCHMARKS.md).
 */
export function scoreAllUpTo(size: number): number {
  return 0.75 * size ** 0.75;
}
