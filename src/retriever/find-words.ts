import type { LexicalIndex } from '../corpus-store/corpus-store.ts';
import { isEverywhere } from '../language/terms.ts';
import type { Equivalent } from '../language/vocabulary.ts';
import type { RetrievalQuery } from './retriever.ts';

/** What a match in English counts beside one in the question's own words, and one in a further language. */
const ENGLISH_SHARE = 0.5;
const FURTHER_SHARE = 0.15;
/** What a match counts, of that, in a word that only a dictionary knows. */
const LOOSE_SHARE = 0.5;

/** BM25 by label. */
type Scores = ReadonlyMap<number, number>;

/** What full-text search finds for a question, by the words that found it. */
export interface FoundWords {
  readonly own: Scores;
  /** By those of its own words that every language writes alike: Latin names, numbers. */
  readonly shared: Scores;
  readonly english: SharedScores;
  readonly others: SharedScores;
}

/** Scores that count a share (0–1) of what a match in the question's own words does; they are multiplied already. */
interface SharedScores {
  readonly scores: Scores;
  readonly share: number;
}

interface QuestionWords {
  readonly terms: readonly string[];
  readonly equivalents: readonly Equivalent[];
}

/** Searches for the question's words, for the English ones that stand for them, and for those of the other languages. */
export async function findWords(
  { terms, equivalents }: QuestionWords,
  query: RetrievalQuery,
  { lexicalIndex }: { readonly lexicalIndex: LexicalIndex },
): Promise<FoundWords> {
  const own = new Set(terms);
  const termsOf = (loose: boolean): Set<string> =>
    new Set(equivalents.filter((one) => (one.loose ?? false) === loose).flatMap(({ forms }) => forms.flat()));
  const sure = [...termsOf(false)].filter((term) => !own.has(term));
  const loose = [...termsOf(true)].filter((term) => !own.has(term) && !sure.includes(term));
  const search = async (words: readonly string[]): Promise<Map<number, number>> =>
    new Map((await lexicalIndex.search(words, query)).map(({ label, score }) => [label, score]));
  const searchShared = async (isWanted: (term: string) => boolean, share: number): Promise<SharedScores> => {
    const scores = new Map<number, number>();
    for (const [label, score] of await search(sure.filter(isWanted))) scores.set(label, share * score);
    for (const [label, score] of await search(loose.filter(isWanted))) {
      scores.set(label, (scores.get(label) ?? 0) + share * LOOSE_SHARE * score);
    }
    return { scores, share };
  };
  const found = await search(terms);
  return {
    own: found,
    shared: terms.every(isEverywhere) ? found : await search(terms.filter(isEverywhere)),
    english: await searchShared(isEverywhere, ENGLISH_SHARE),
    others: await searchShared((term) => !isEverywhere(term), FURTHER_SHARE),
  };
}
