import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import type { PreparedDocument } from '../../src/corpus-store/corpus-store.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { extractTerms } from '../../src/language/terms.ts';
import { documentFrom } from '../support/documents.ts';
import { readDataSet } from './data-set.ts';
import { readArticles } from './vectors.ts';

export const DIMENSIONS = 384;
const QUESTIONS = 200;
/** Far from each other and from the number of articles: which two are joined repeats only after all have been. */
const STRIDES = [7919, 104_729] as const;

export interface AskedQuestion {
  readonly terms: readonly string[];
  readonly vector: readonly number[];
}

/** As many documents as are asked for, made when they are wanted. */
export interface Material {
  readonly size: number;
  take(from: number, count: number): PreparedDocument[];
}

/** Articles as documents of their own, every tenth of another kind; beyond their number, halves of two of them. */
export function prepareMaterial(data: string, size: number): Material {
  const { texts } = readArticles(data, size);
  return {
    size,
    take: (from, count) =>
      Array.from({ length: Math.min(count, size - from) }, (_, i) => prepare(from + i, textAt(texts, from + i))),
  };
}

/** About some of the articles. */
export async function prepareQuestions(data: string): Promise<AskedQuestion[]> {
  const { queries } = readDataSet(data, 'treaty-articles');
  return Promise.all(
    queries.slice(0, QUESTIONS).map(async ({ text }) => ({ terms: extractTerms(text), vector: await embed(text) })),
  );
}

function prepare(i: number, text: string): PreparedDocument {
  const document = documentFrom(`---\nid: a${i}\nkind: ${i % 10 === 0 ? 'treaty' : 'news'}\n---\n${text}`);
  return { document, chunks: chunkDocument(document) };
}

function textAt(texts: readonly string[], i: number): string {
  const at = i % texts.length;
  const round = Math.floor(i / texts.length);
  const own = texts[at] ?? '';
  if (round === 0) return own;
  const other = texts[(at * STRIDES[0] + round * STRIDES[1]) % texts.length] ?? '';
  return own.slice(0, cutAt(own)) + other.slice(cutAt(other));
}

/** Behind the sentence that ends nearest to the middle. */
function cutAt(text: string): number {
  const middle = Math.floor(text.length / 2);
  const end = text.indexOf('. ', middle);
  return end === -1 ? middle : end + 2;
}

/** The vectors of the encoder that needs no weights, folded to a usual width. */
export async function embed(text: string): Promise<number[]> {
  const wide = await createHashingEmbeddings().embedQuery(text);
  const folded = Array.from({ length: DIMENSIONS }, () => 0);
  for (const [i, value] of wide.entries()) folded[i % DIMENSIONS] = (folded[i % DIMENSIONS] ?? 0) + value;
  return folded;
}
