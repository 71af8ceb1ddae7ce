import type { LexicalIndex } from '../corpus-store/corpus-store.ts';
import type { Passage } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';

/** How to tell, for one question, the share (0–1) of its term weight that a passage and its context hold. */
export async function measureCoverage(question: string, index: LexicalIndex): Promise<(passage: Passage) => number> {
  const weights = await index.weighTerms(extractTerms(question));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return ({ chunk }) => {
    const held = new Set(extractTerms(`${chunk.context}\n${chunk.text}`));
    const found = [...weights].reduce((sum, [term, weight]) => sum + (held.has(term) ? weight : 0), 0);
    return total > 0 ? found / total : 0;
  };
}
