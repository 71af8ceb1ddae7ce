import { holdTerms } from '../language/held-terms.ts';

/** Share of all their terms that two texts have in common when one copies the other. */
const LEAST_SHARED = 0.9;
const HOLDS_DIGIT = /\p{Nd}/u;

/** Whether two texts are near-duplicates: almost the same terms, and exactly the same numbers. */
export function saysTheSame(one: string, other: string): boolean {
  const { terms } = holdTerms(one);
  const { terms: others } = holdTerms(other);
  if (Math.min(terms.size, others.size) < LEAST_SHARED * Math.max(terms.size, others.size)) return false;
  const differing = [...terms, ...others].filter((term) => !(terms.has(term) && others.has(term)));
  if (differing.some((term) => HOLDS_DIGIT.test(term))) return false;
  const all = (terms.size + others.size + differing.length) / 2;
  return all - differing.length >= LEAST_SHARED * all;
}
