import type { Passage } from '../domain.ts';
import { holdChunk, holds, shareHeld } from '../language/held-terms.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { weighQuestion } from '../language/weigh-question.ts';

/**
 * How to tell, for one question, the share (0–1) of its term weight that a passage and its context hold. What only tells
 * why the question is put weighs less; of a passage in another language, only what can match is counted.
 */
export async function measureCoverage(
  { text, language }: { readonly text: string; readonly language: string },
  vocabulary: Vocabulary,
): Promise<(passage: Passage) => number> {
  const question = await weighQuestion(text, vocabulary);
  return ({ chunk, document }) => {
    const held = holdChunk(chunk);
    return shareHeld(document.language === language ? question.terms : question.foreign, (term) => holds(held, term));
  };
}
