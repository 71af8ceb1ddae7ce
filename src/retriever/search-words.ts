import type { CorpusStore, LexicalIndex } from '../corpus-store/corpus-store.ts';
import type { Chunk } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';
import type { Equivalent, Vocabulary } from '../language/vocabulary.ts';
import type { Signals } from './fuse.ts';
import { createEvidenceReader, type ReadablePassage } from './lexical-evidence.ts';
import type { RetrievalQuery } from './retriever.ts';

/** Passages that are read for coverage and order: the best by BM25. */
const READ_CLOSELY = 20;
/** What a match in English counts beside one in the question's own words, and one in a further language. */
const ENGLISH_SHARE = 0.5;
const FURTHER_SHARE = 0.15;
/** What a match counts, of that, in a word that only a dictionary knows. */
const LOOSE_SHARE = 0.5;

export interface WordSearchDependencies {
  readonly store: CorpusStore;
  readonly lexicalIndex: LexicalIndex;
  readonly vocabulary: Vocabulary;
}

/** Full-text search in the question's words and in those of other languages, the best read closely. */
export async function searchWords(query: RetrievalQuery, deps: WordSearchDependencies): Promise<Signals[]> {
  const terms = extractTerms(query.text);
  const own = new Set(terms);
  const equivalents = query.wordsOnly ? [] : await deps.vocabulary.findEquivalents(query.text);
  const foreign = (isWanted: (equivalent: Equivalent) => boolean): string[] =>
    [...new Set(equivalents.filter(isWanted).flatMap(({ forms }) => forms.flat()))].filter((term) => !own.has(term));
  const sure = foreign(({ loose }) => loose !== true);
  const loose = foreign((equivalent) => equivalent.loose === true).filter((term) => !sure.includes(term));
  const parts = [
    { share: 1, words: terms },
    { share: ENGLISH_SHARE, words: sure.filter(isLatin) },
    { share: FURTHER_SHARE, words: sure.filter((term) => !isLatin(term)) },
    { share: ENGLISH_SHARE * LOOSE_SHARE, words: loose.filter(isLatin) },
    { share: FURTHER_SHARE * LOOSE_SHARE, words: loose.filter((term) => !isLatin(term)) },
  ];
  const scores = new Map<number, number>();
  for (const { share, words } of parts) {
    for (const { label, score } of await deps.lexicalIndex.search(words, query)) {
      scores.set(label, (scores.get(label) ?? 0) + share * score);
    }
  }
  const best = [...scores].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, query.limit);
  return readClosely(best, terms, deps);
}

function isLatin(term: string): boolean {
  return /^[\p{Script=Latin}\p{Nd}.]+$/u.test(term);
}

async function readClosely(
  best: readonly (readonly [number, number])[],
  terms: readonly string[],
  { store, vocabulary }: WordSearchDependencies,
): Promise<Signals[]> {
  const read = createEvidenceReader(terms, await vocabulary.weighTerms(terms));
  const chunks = await store.findChunks(best.slice(0, READ_CLOSELY).map(([label]) => label));
  const evidence = new Map(chunks.map(({ label, chunk }) => [label, read(readable(chunk))]));
  return best.map(([label, lexical]) => ({ label, lexical, ...evidence.get(label) }));
}

function readable({ context, text, start, units }: Chunk): ReadablePassage {
  return { context, units: units.map((unit) => text.slice(unit.start - start, unit.end - start)) };
}
