import type { Vocabulary } from '../../src/language/vocabulary.ts';

/** Every term weighs the same, and nothing is known of other languages. */
export const evenVocabulary: Vocabulary = {
  weighTerms: async (terms) => new Map(terms.map((term) => [term, 1])),
  findEquivalents: async () => [],
  inEnglish: () => '',
};
