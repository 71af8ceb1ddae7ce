import { LRUCache } from 'lru-cache';
import type { Passage, PassageFilters } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { Retriever } from '../retriever/retriever.ts';
import { selectPassages } from './select-passages.ts';

/** The section asked about must be among so many passages. */
const AMONG_BEST = 3;
const RETRIEVED = 12;
/** Words that a guess is searched with, the rarest: common ones find half the corpus and tell nothing. */
const MOST_WORDS = 6;
/** The sections of a corpus are asked about again and again. */
const MOST_REMEMBERED = 5000;

const remembered = new WeakMap<Retriever, LRUCache<string, boolean>>();

export interface AnswerableContext {
  readonly retriever: Retriever;
  readonly vocabulary: Vocabulary;
  readonly indexDigest: string;
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
  { retriever, vocabulary, filters }: AnswerableContext,
): Promise<boolean> {
  const text = await tellingWords(question, vocabulary);
  const retrieved = await retriever.retrieve({ text, limit: RETRIEVED, filters, wordsOnly: true });
  const { passages } = selectPassages(retrieved, ({ signals }) => signals.coverage ?? 0);
  return passages
    .slice(0, AMONG_BEST)
    .some(
      (found) => found.chunk.documentId === chunk.documentId && found.chunk.headings.at(-1) === chunk.headings.at(-1),
    );
}

/** The words of a question whose terms weigh most, in their order. */
async function tellingWords(question: string, vocabulary: Vocabulary): Promise<string> {
  const words = [...new Set(question.match(/[\p{L}\p{M}\p{N}]+/gu))];
  const weights = await vocabulary.weighTerms(extractTerms(question));
  const weightOf = (word: string): number => Math.max(0, ...extractTerms(word).map((term) => weights.get(term) ?? 0));
  const telling = new Set(words.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MOST_WORDS));
  return words.filter((word) => telling.has(word)).join(' ');
}
