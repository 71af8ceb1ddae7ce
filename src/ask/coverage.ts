import type { LexicalIndex } from '../corpus-store/corpus-store.ts';
import type { Passage } from '../domain.ts';
import { holds, holdTerms, matchable, shareHeld } from '../language/held-terms.ts';
import { weighQuestion } from '../language/weigh-question.ts';

/**
 * How to tell, for one question, the share (0–1) of its term weight that a passage and its context hold. What only tells
 * why the question is put weighs less; of a passage in another language, only what can match is counted.
 */
export async function measureCoverage(
  { text, language }: { readonly text: string; readonly language: string },
  index: LexicalIndex,
): Promise<(passage: Passage) => number> {
  const { terms } = await weighQuestion(text, (asked) => index.weighTerms(asked));
  return ({ chunk, document }) => {
    const held = holdTerms(`${chunk.context}\n${chunk.text}`);
    return shareHeld(matchable(terms, document.language === language), (term) => holds(held, term));
  };
}
