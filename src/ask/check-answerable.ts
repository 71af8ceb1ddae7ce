import { LRUCache } from 'lru-cache';
import type { Language, Passage, PassageFilters } from '../domain.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { Retriever } from '../retriever/retriever.ts';
import { measureCoverage } from './coverage.ts';
import { selectPassages } from './select-passages.ts';

/** The section asked about must be among so many passages. */
const AMONG_BEST = 3;
const RETRIEVED = 12;
/** The sections of a corpus are asked about again and again. */
const MOST_REMEMBERED = 5000;

const remembered = new WeakMap<Retriever, LRUCache<string, boolean>>();

export interface AnswerableContext {
  readonly retriever: Retriever;
  readonly vocabulary: Vocabulary;
  readonly indexDigest: string;
  readonly language: Language;
  readonly filters: PassageFilters;
}

/** Tells, by words alone, whether a question finds its way back to the section it was made from and passes the gate. */
export function createAnswerableCheck(
  context: AnswerableContext,
): (question: string, passage: Passage) => Promise<boolean> {
  const { retriever, indexDigest, filters } = context;
  const known = remembered.get(retriever) ?? new LRUCache<string, boolean>({ max: MOST_REMEMBERED });
  remembered.set(retriever, known);
  return async (question, passage) => {
    const key = JSON.stringify([indexDigest, filters, question]);
    const verdict = known.get(key) ?? (await findsSection(question, passage, context));
    known.set(key, verdict);
    return verdict;
  };
}

async function findsSection(
  question: string,
  { chunk }: Passage,
  { retriever, vocabulary, language, filters }: AnswerableContext,
): Promise<boolean> {
  const retrieved = await retriever.retrieve({ text: question, limit: RETRIEVED, filters, wordsOnly: true });
  const { passages } = selectPassages(retrieved, await measureCoverage({ text: question, language }, vocabulary));
  return passages
    .slice(0, AMONG_BEST)
    .some(
      (found) => found.chunk.documentId === chunk.documentId && found.chunk.headings.at(-1) === chunk.headings.at(-1),
    );
}
