import { stemmer } from 'stemmer';

/** The anchor that no set may fall below: plain BM25 over title and text (k1 0.9, b 0.4, Lucene's idf). */
const K1 = 0.9;
const B = 0.4;
const STOP_WORDS = new Set(
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split(
    ' ',
  ),
);
const segmenters = new Map<string, Intl.Segmenter>();

export interface AnchorDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly lang: string;
}

/** Ranks document ids for a query, best first. */
export function createBm25(
  documents: readonly AnchorDocument[],
): (query: string, lang: string, limit: number) => string[] {
  const rank = createBm25Ranker(documents);
  return (query, lang, limit) =>
    rank(query, lang)
      .slice(0, limit)
      .map(({ id }) => id);
}

/** The same, with scores. */
export function createBm25Ranker(
  documents: readonly AnchorDocument[],
): (query: string, lang: string) => { id: string; score: number }[] {
  const postings = new Map<string, { at: number; count: number }[]>();
  const lengths = documents.map(({ title, text, lang }, at) => {
    const terms = analyse(`${title} ${text}`, lang);
    for (const [term, count] of countTerms(terms)) postings.set(term, [...(postings.get(term) ?? []), { at, count }]);
    return terms.length;
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / documents.length;
  return (query, lang) => {
    const scores = new Map<number, number>();
    for (const term of analyse(query, lang)) {
      const found = postings.get(term) ?? [];
      const idf = Math.log(1 + (documents.length - found.length + 0.5) / (found.length + 0.5));
      for (const { at, count } of found) {
        const norm = count + K1 * (1 - B + (B * (lengths[at] ?? 0)) / average);
        scores.set(at, (scores.get(at) ?? 0) + (idf * count) / norm);
      }
    }
    const ranked = [...scores].toSorted(([a, x], [b, y]) => y - x || a - b);
    return ranked.map(([at, score]) => ({ id: documents[at]?.id ?? '', score }));
  };
}

/** The words of a text as the anchors compare them. */
export function analyse(text: string, lang: string): string[] {
  const normalised = text.normalize('NFKC').toLowerCase();
  if (lang !== 'en')
    return [...segmenterOf(lang).segment(normalised)]
      .filter(({ isWordLike }) => isWordLike)
      .map(({ segment }) => segment);
  return [...normalised.matchAll(/[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu)]
    .map(([word]) => word.replace(/['’]s$/, '').replace(/['’]/g, ''))
    .filter((word) => !STOP_WORDS.has(word))
    .map(stemmer);
}

function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function segmenterOf(lang: string): Intl.Segmenter {
  const made = segmenters.get(lang) ?? new Intl.Segmenter(lang, { granularity: 'word' });
  segmenters.set(lang, made);
  return made;
}
