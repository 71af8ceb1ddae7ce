import type { IndexTerms } from './corpus-store.ts';

/** What a match in the title, the headings and the body counts. */
export const FIELD_WEIGHTS = { title: 3, headings: 2, body: 1 } as const;

/** BM25 as SQLite's FTS5 computes it: equal corpora give equal ranks on either engine. */
export const K1 = 1.2;
export const B = 0.75;
/** What a term weighs at least: FTS5's for one that half of the chunks hold. */
export const LEAST_IDF = 1e-6;

/** How often each term occurs in one chunk, by the weight of the field, and how many terms there are. */
export interface ChunkPostings {
  readonly frequencies: ReadonlyMap<string, number>;
  readonly length: number;
}

/** What of a text is letters and digits, as SQLite's FTS5 is told to see it. */
const PART = /[\p{L}\p{M}\p{N}\p{Co}.]+/gu;

export function countPostings({ title, chunks }: IndexTerms, at: number): ChunkPostings {
  const frequencies = new Map<string, number>();
  let length = 0;
  const count = (terms: string, weight: number): void => {
    for (const part of terms.match(PART) ?? []) {
      frequencies.set(part, (frequencies.get(part) ?? 0) + weight);
      length++;
    }
  };
  count(title, FIELD_WEIGHTS.title);
  count(chunks[at]?.headings ?? '', FIELD_WEIGHTS.headings);
  count(chunks[at]?.body ?? '', FIELD_WEIGHTS.body);
  return { frequencies, length };
}
