import type { CorpusStore, LexicalIndex } from '../corpus-store/corpus-store.ts';
import type { Chunk, Language } from '../domain.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { holds, holdTerms, joinHeld, shareHeld, type HeldTerms } from '../language/held-terms.ts';
import { memoiseByObject } from '../language/memoise.ts';
import { extractTerms } from '../language/terms.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { weighQuestion, type WeighedTerm } from '../language/weigh-question.ts';
import { findWords, type FoundWords } from './find-words.ts';
import type { Signals } from './fuse.ts';
import { createEvidenceReader, type LexicalEvidence, type ReadablePassage } from './lexical-evidence.ts';
import type { RetrievalQuery } from './retriever.ts';

/** Passages that are read for coverage and order: the best by BM25. */
const READ_CLOSELY = 20;
/** What a passage in English, or in a third language, counts beside one in the question's own that holds as much of it. */
const ENGLISH_WORTH = 0.8;
const THIRD_WORTH = 0.2;
/** How much of a passage's coverage in another language is taken to stand together: order means little across languages. */
const ORDER_ELSEWHERE = 0.5;

export interface WordSearchDependencies {
  readonly store: Pick<CorpusStore, 'findChunks'>;
  readonly lexicalIndex: LexicalIndex;
  readonly vocabulary: Vocabulary;
}

/** A question as passages are read for it. */
interface Asked {
  readonly language: Language;
  readonly terms: readonly string[];
  readonly weights: ReadonlyMap<string, number>;
  /** The question as a text in another language may hold it. */
  readonly foreign: readonly WeighedTerm[];
}

/**
 * Full-text search in the question's words and in those of other languages, the best read closely. A passage in another
 * language counts by what it holds of what it could hold there: a neighbour that happens to be in the question's
 * language and says less does not hide it.
 */
export async function searchWords(query: RetrievalQuery, deps: WordSearchDependencies): Promise<Signals[]> {
  const vocabulary = query.wordsOnly ? { ...deps.vocabulary, findEquivalents: async () => [] } : deps.vocabulary;
  const terms = extractTerms(query.text);
  const weights = await vocabulary.weighTerms(terms);
  const { foreign } = await weighQuestion(query.text, vocabulary);
  const asked: Asked = { language: detectLanguage(query.text), terms, weights, foreign };
  const found = await findWords({ terms, equivalents: await vocabulary.findEquivalents(query.text) }, query, deps);
  const scores = createScorer(asked, found);
  const likely = scores.mostLikely(query.limit);
  const chunks = await deps.store.findChunks(scores.needLanguage ? likely : likely.slice(0, READ_CLOSELY));
  const texts = new Map(chunks.map(({ label, chunk }) => [label, chunk] as const));
  const languageOf = (label: number): Language => {
    const chunk = texts.get(label);
    return chunk ? writtenIn(chunk) : asked.language;
  };
  const scored = likely.map((label) => ({ label, lexical: scores.scoreIn(languageOf(label), label) }));
  const best = scored.toSorted((a, b) => b.lexical - a.lexical || a.label - b.label).slice(0, query.limit);
  const read = createReader(asked);
  return best.map((signals, at) => {
    const chunk = at < READ_CLOSELY ? texts.get(signals.label) : undefined;
    return chunk ? { ...signals, ...read(readable(chunk), languageOf(signals.label)) } : signals;
  });
}

interface Scorer {
  /** The passages that may be among the best, whatever their language. */
  mostLikely: (limit: number) => number[];
  scoreIn: (language: Language, label: number) => number;
  /** Whether the language of a passage may change its place: nothing in another script was found for English words. */
  readonly needLanguage: boolean;
}

/** BM25 of a passage, on the scale of the question's own language whatever language the passage is in. */
function createScorer({ language, weights, foreign }: Asked, found: FoundWords): Scorer {
  const of = (scores: ReadonlyMap<number, number>, label: number): number => scores.get(label) ?? 0;
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const scaleOf = (share: number): number => {
    const most = foreign.reduce((sum, { weight, forms }) => sum + (forms.length > 0 ? share : 1) * weight, 0);
    return most > 0 ? total / most : 0;
  };
  const english = ENGLISH_WORTH * scaleOf(found.english.share);
  const third = THIRD_WORTH * scaleOf(found.others.share);
  const own = (label: number): number =>
    of(found.own, label) + of(found.english.scores, label) + of(found.others.scores, label);
  const inEnglish = (label: number): number => english * (of(found.shared, label) + of(found.english.scores, label));
  const inThird = (label: number): number => third * (of(found.shared, label) + of(found.others.scores, label));
  return {
    needLanguage: language !== 'en' || found.others.scores.size > 0,
    mostLikely: (limit) => {
      const top = (scores: ReadonlyMap<number, number>, score: (label: number) => number): number[] =>
        [...scores.keys()].toSorted((a, b) => score(b) - score(a) || a - b).slice(0, limit);
      const everything = new Map([...found.own, ...found.english.scores, ...found.others.scores]);
      const elsewhere = language === 'en' ? [] : top(found.english.scores, inEnglish);
      return [...new Set([...top(everything, own), ...elsewhere, ...top(found.others.scores, inThird)])];
    },
    scoreIn: (passageLanguage, label) => {
      if (passageLanguage === language) return own(label);
      return passageLanguage === 'en' ? inEnglish(label) : inThird(label);
    },
  };
}

type Reader = (passage: ReadablePassage, language: Language) => LexicalEvidence;

/** Reads passages closely; one in another language for the words that stand for the question's there. */
function createReader({ language, terms, weights, foreign }: Asked): Reader {
  const read = createEvidenceReader(terms, weights);
  const cover = (held: HeldTerms): number => ENGLISH_WORTH * shareHeld(foreign, (term) => holds(held, term));
  return (passage, passageLanguage) => {
    const evidence = read(passage);
    if (passageLanguage === language) return evidence;
    const units = passage.units.map(holdTerms);
    const coverage = cover(joinHeld([holdTerms(passage.context), ...units]));
    return {
      coverage,
      frequency: Math.max(evidence.frequency, coverage),
      order: Math.max(evidence.order, coverage * ORDER_ELSEWHERE),
      together: Math.max(0, ...units.map(cover)),
    };
  };
}

const writtenIn = memoiseByObject(({ text }: Chunk) => detectLanguage(text));

const readable = memoiseByObject(({ context, text, start, units }: Chunk): ReadablePassage => {
  return { context, units: units.map((unit) => text.slice(unit.start - start, unit.end - start)) };
});
