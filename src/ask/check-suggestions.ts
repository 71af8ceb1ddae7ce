import type { Passage } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';
import { isPlain } from './check-claim.ts';

const MOST = 3;
const LONGEST = 200;
/** Share of a question's words that one passage, with its title and headings, must hold to be taken to answer it. */
const LEAST_WORDS = 0.6;

/** Those of a model's suggestions that are plain questions about what one of the passages says. */
export function checkSuggestions(suggested: readonly string[], passages: readonly Passage[]): string[] {
  const held = passages.map(({ chunk }) => new Set(extractTerms(`${chunk.context}\n${chunk.text}`)));
  const isAnswered = (text: string): boolean => {
    const terms = extractTerms(text);
    return held.some((known) => {
      const missing = terms.filter((term) => !known.has(term));
      return missing.every((term) => !/\p{Nd}/u.test(term)) && missing.length <= terms.length * (1 - LEAST_WORDS);
    });
  };
  return suggested
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .filter((text) => /[?？]$/u.test(text) && text.length <= LONGEST && isPlain(text) && isAnswered(text))
    .slice(0, MOST);
}
