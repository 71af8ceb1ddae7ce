import { splitSentences } from '../../src/language/sentences.ts';
import { analyse, createBm25Ranker, type AnchorDocument } from './bm25.ts';

/** Paragraphs that sentences are taken from. */
const PARAGRAPHS = 3;

/** The anchor: the sentences of the three best paragraphs by BM25 that share most of the question's idf, best first. */
export function createNaiveExtractor(
  documents: readonly AnchorDocument[],
): (question: string, lang: string, exclude?: ReadonlySet<string>) => { sentences: string[]; score: number } {
  const rank = createBm25Ranker(documents);
  const byId = new Map(documents.map((document) => [document.id, document]));
  const frequency = new Map<string, number>();
  for (const { title, text, lang } of documents) {
    for (const term of new Set(analyse(`${title} ${text}`, lang))) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  const idf = (term: string): number => Math.log(1 + documents.length / (1 + (frequency.get(term) ?? 0)));
  return (question, lang, exclude = new Set()) => {
    const terms = new Set(analyse(question, lang));
    const found = rank(question, lang).filter(({ id }) => !exclude.has(id));
    const sentences = found.slice(0, PARAGRAPHS).flatMap(({ id }) => {
      const { text = '', lang: language = lang } = byId.get(id) ?? {};
      return splitSentences(text, language).map(({ start, end }) => text.slice(start, end));
    });
    const overlap = (sentence: string): number =>
      [...new Set(analyse(sentence, lang))].reduce((sum, term) => sum + (terms.has(term) ? idf(term) : 0), 0);
    const scored = sentences.map((sentence) => ({ sentence, score: overlap(sentence) }));
    const total = [...terms].reduce((sum, term) => sum + idf(term), 0);
    return {
      sentences: scored.toSorted((a, b) => b.score - a.score).map(({ sentence }) => sentence),
      score: total > 0 ? (found[0]?.score ?? 0) / total : 0,
    };
  };
}
