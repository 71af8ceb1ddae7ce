import type { CorpusStore, LexicalIndex } from '../corpus-store/corpus-store.ts';
import { extractTerms } from '../language/terms.ts';
import type { Translator } from '../language/translate.ts';
import type { Signals } from './fuse.ts';
import { createEvidenceReader } from './lexical-evidence.ts';
import type { RetrievalQuery } from './retriever.ts';

/** Passages that are read for coverage and order: the best by BM25. */
const READ_CLOSELY = 20;
/** What a match in another language counts beside one in the question's own words. */
const TRANSLATED_SHARE = 0.5;

export interface WordSearchDependencies {
  readonly store: CorpusStore;
  readonly lexicalIndex: LexicalIndex;
  /** The forms that the question's terms have in other languages. */
  readonly translate: Translator;
}

/** Full-text search in the question's words and in those of other languages, the best read closely. */
export async function searchWords(query: RetrievalQuery, deps: WordSearchDependencies): Promise<Signals[]> {
  const terms = extractTerms(query.text);
  const own = new Set(terms);
  const foreign = extractTerms(deps.translate(query.text).join('\n')).filter((term) => !own.has(term));
  const [inOwnWords, inOthers] = await Promise.all([
    deps.lexicalIndex.search(terms, query),
    deps.lexicalIndex.search(foreign, query),
  ]);
  const scores = new Map(inOwnWords.map(({ label, score }) => [label, score]));
  for (const { label, score } of inOthers) scores.set(label, (scores.get(label) ?? 0) + TRANSLATED_SHARE * score);
  const best = [...scores].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, query.limit);
  return readClosely(best, terms, deps);
}

async function readClosely(
  best: readonly (readonly [number, number])[],
  terms: readonly string[],
  { store, lexicalIndex }: WordSearchDependencies,
): Promise<Signals[]> {
  const read = createEvidenceReader(terms, await lexicalIndex.weighTerms(terms));
  const chunks = await store.findChunks(best.slice(0, READ_CLOSELY).map(([label]) => label));
  const evidence = new Map(chunks.map(({ label, chunk }) => [label, read(`${chunk.context}\n${chunk.text}`)]));
  return best.map(([label, lexical]) => ({ label, lexical, ...evidence.get(label) }));
}
