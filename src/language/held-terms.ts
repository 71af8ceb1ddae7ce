import { extractTerms } from './terms.ts';
import type { WeighedTerm } from './weigh-question.ts';
import { familiesOf } from './word-families.ts';

/** What another word of the same meaning is worth beside the word itself. */
const MEANING_WORTH = 0.8;

/** The terms of a text and their meanings. */
export interface HeldTerms {
  readonly terms: ReadonlySet<string>;
  readonly families: ReadonlySet<string>;
}

export function holdTerms(text: string): HeldTerms {
  const terms = new Set(extractTerms(text));
  return { terms, families: new Set([...terms].flatMap((term) => familiesOf(term))) };
}

export function joinHeld(parts: readonly HeldTerms[]): HeldTerms {
  return {
    terms: new Set(parts.flatMap(({ terms }) => [...terms])),
    families: new Set(parts.flatMap(({ families }) => [...families])),
  };
}

/** How far (0–1) a text holds a term: itself, or another word of its meaning. */
export function holds({ terms, families }: HeldTerms, term: WeighedTerm): number {
  if (terms.has(term.term)) return 1;
  return term.families.some((family) => families.has(family)) ? MEANING_WORTH : 0;
}

/** What a term counts that cannot match, because the text is in another language. */
const UNMATCHABLE_SHARE = 0.3;
/** What all of those count at most, beside the ones that can: some scripts are cut into many terms a word. */
const MOST_UNMATCHABLE = 0.5;

/** Of a text in another language only names, numbers and words of known meaning can match; the rest counts little. */
export function matchable(terms: readonly WeighedTerm[], sameLanguage: boolean): readonly WeighedTerm[] {
  if (sameLanguage) return terms;
  const canMatch = ({ latin, families }: WeighedTerm): boolean => latin || families.length > 0;
  const [can, cannot] = [weightOf(terms.filter(canMatch)), weightOf(terms.filter((term) => !canMatch(term)))];
  const share = cannot > 0 ? Math.min(UNMATCHABLE_SHARE, (MOST_UNMATCHABLE * can) / cannot) : 0;
  return terms.map((term) => (canMatch(term) ? term : { ...term, weight: term.weight * share }));
}

function weightOf(terms: readonly WeighedTerm[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0);
}

/** The share (0–1) of the terms' weight, each counted by `worth` (0–1). */
export function shareHeld(terms: readonly WeighedTerm[], worth: (term: WeighedTerm) => number): number {
  let held = 0;
  let total = 0;
  for (const term of terms) {
    held += term.weight * worth(term);
    total += term.weight;
  }
  return total > 0 ? held / total : 0;
}
