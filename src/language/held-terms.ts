import { memoise, memoiseByObject } from './memoise.ts';
import { extractTerms } from './terms.ts';
import type { WeighedTerm } from './weigh-question.ts';
import { familiesOf } from './word-families.ts';

/** What another word of the same meaning is worth beside the word itself. */
const MEANING_WORTH = 0.8;
/** What a word of another language is worth that stands for it. */
const EQUIVALENT_WORTH = 0.9;

/** The terms of a text and their meanings. */
export interface HeldTerms {
  readonly terms: ReadonlySet<string>;
  readonly families: ReadonlySet<string>;
}

export const holdTerms: (text: string) => HeldTerms = memoise((text) => {
  const terms = new Set(extractTerms(text));
  return { terms, families: new Set([...terms].flatMap((term) => familiesOf(term))) };
});

/** What a chunk and the titles over it hold. */
export const holdChunk: (chunk: { readonly context: string; readonly text: string }) => HeldTerms = memoiseByObject(
  ({ context, text }) => holdTerms(`${context}\n${text}`),
);

export function joinHeld(parts: readonly HeldTerms[]): HeldTerms {
  return {
    terms: new Set(parts.flatMap(({ terms }) => [...terms])),
    families: new Set(parts.flatMap(({ families }) => [...families])),
  };
}

/** How far (0–1) a text holds a term: itself, what stands for it elsewhere, or another word of its meaning. */
export function holds({ terms, families }: HeldTerms, term: WeighedTerm): number {
  if (terms.has(term.term)) return 1;
  if (term.forms.some((form) => form.every((part) => terms.has(part)))) return EQUIVALENT_WORTH;
  return term.families.some((family) => families.has(family)) ? MEANING_WORTH : 0;
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
