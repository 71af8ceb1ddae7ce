import type { Completeness } from '../domain.ts';
import type { Candidate } from './score-units.ts';

/** Below this share of the question's weight, nothing in the passages speaks of it. */
const LEAST_COVERAGE = 0.25;

/** How much of the question the chosen units answer. */
export function judgeEvidence(chosen: readonly Candidate[]): Completeness {
  const best = Math.max(...chosen.map(({ coverage }) => coverage), 0);
  return best < LEAST_COVERAGE ? 'none' : 'full';
}
