import type { CorpusStore, LexicalIndex } from '../corpus-store/corpus-store.ts';
import { extractTerms } from '../language/terms.ts';
import { letterRuns } from '../language/sounding-words.ts';
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
  const foreign = await findForeignTerms(query.text, deps);
  const [inOwnWords, inOthers] = await Promise.all([
    deps.lexicalIndex.search(terms, query),
    deps.lexicalIndex.search(
      [...foreign].filter((term) => !terms.includes(term)),
      query,
    ),
  ]);
  const scores = new Map(inOwnWords.map(({ label, score }) => [label, score]));
  for (const { label, score } of inOthers) scores.set(label, (scores.get(label) ?? 0) + TRANSLATED_SHARE * score);
  const best = [...scores].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, query.limit);
  return readClosely(best, terms, deps);
}

/** What the question's words are called in other languages, by the glossary, and what sounds like them in the index. */
async function findForeignTerms(
  text: string,
  { lexicalIndex, translate }: WordSearchDependencies,
): Promise<Set<string>> {
  const alike = await lexicalIndex.findSoundAlikes([...letterRuns(text)]);
  const heard = [...alike.values()].flat().map(({ term }) => term);
  return new Set([...extractTerms(translate(text).join('\n')), ...heard]);
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
