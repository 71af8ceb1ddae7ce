import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import hnswlib from 'hnswlib-node';
import { createExactIndex } from '../../src/vector-index/exact.ts';
import { chooseEf } from '../../src/vector-index/choose-ef.ts';
import { hnsw } from '../../src/vector-index/hnsw.ts';
import type { VectorEntry, VectorHit, VectorIndex } from '../../src/vector-index/vector-index.ts';
import { randomNumbers } from '../support/vectors.ts';
import { readDataSet } from './data-set.ts';

const TOP = 10;
/** Shares of the index that a filter lets through. */
const SHARES = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001];
/** Characters of an article that are embedded: about a chunk. */
const ARTICLE_LENGTH = 1200;
const ROUNDS = 4;

export interface VectorsResult {
  readonly vectors: number;
  readonly dimensions: number;
  readonly queries: number;
  readonly buildSeconds: number;
  readonly bytesPerVector: number;
  readonly ef: number;
  readonly recall10: number;
  readonly p50Ms: number;
  readonly exactP50Ms: number;
  /** Our searches a second beside those of bare hnswlib-node on the same file at the same ef. */
  readonly queriesPerSecond: { readonly ours: number; readonly bare: number };
  readonly filters: readonly {
    readonly share: number;
    readonly allowed: number;
    readonly recall10: number;
    readonly p50Ms: number;
  }[];
}

/** The approximate index against the exact one, on these vectors. */
export async function measureVectors(
  vectors: readonly Float32Array[],
  queries: readonly number[][],
): Promise<VectorsResult> {
  const entries = vectors.map((vector, label): VectorEntry => ({ label, vector }));
  const dimensions = vectors[0]?.length ?? 0;
  const exact = createExactIndex(dimensions);
  exact.add(entries);
  const index = hnsw.create(dimensions);
  const start = performance.now();
  index.add(entries);
  const buildSeconds = (performance.now() - start) / 1000;
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  try {
    const path = join(folder, 'vectors.hnsw');
    await index.save(path);
    const truth = await searchAll(exact, queries);
    const found = await searchAll(index, queries);
    return {
      vectors: vectors.length,
      dimensions,
      queries: queries.length,
      buildSeconds,
      bytesPerVector: statSync(path).size / vectors.length,
      ef: chooseEf(vectors.length),
      recall10: recall(found.hits, truth.hits),
      p50Ms: found.p50Ms,
      exactP50Ms: truth.p50Ms,
      queriesPerSecond: await compareWithBare(index, { path, queries, size: vectors.length }),
      filters: await measureFilters(index, exact, queries),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Articles of agreements with their title, and the questions asked about some of them. */
export function readArticles(data: string, limit: number): { texts: string[]; questions: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  try {
    execFileSync('tar', ['-xJf', join(data, 'raw-docs', 'treaties-all-450-md.tar.xz'), '-C', folder]);
    const files = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.md'))
      .toSorted();
    const texts = files.flatMap((file) => {
      const [head = '', ...articles] = readFileSync(join(folder, file), 'utf8').split(/^### /m);
      const title = /^(?:title:|#) (.*)$/m.exec(head)?.[1] ?? file;
      return articles.map((article) => `${title}\n${article.slice(0, ARTICLE_LENGTH)}`);
    });
    const step = Math.max(1, texts.length / limit);
    const chosen = Array.from({ length: Math.min(limit, texts.length) }, (_, i) => texts[Math.floor(i * step)] ?? '');
    return { texts: chosen, questions: readDataSet(data, 'treaty-articles').queries.map(({ text }) => text) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Searched {
  readonly hits: readonly VectorHit[][];
  readonly p50Ms: number;
}

async function searchAll(
  index: VectorIndex,
  queries: readonly number[][],
  allowed?: ReadonlySet<number>,
): Promise<Searched> {
  const hits: VectorHit[][] = [];
  const durations: number[] = [];
  for (const query of queries) {
    const start = performance.now();
    hits.push(await index.search(query, TOP, allowed));
    durations.push(performance.now() - start);
  }
  return { hits, p50Ms: durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)] ?? 0 };
}

/** By similarity, not by label: of equally near ones either is right. */
function recall(found: readonly VectorHit[][], truth: readonly VectorHit[][]): number {
  const [right, all] = truth.reduce(
    ([sum, count], best, i) => {
      const least = (best.at(-1)?.similarity ?? 1) - 1e-5;
      const near = (found[i] ?? []).filter(({ similarity }) => similarity >= least).length;
      return [sum + Math.min(near, best.length), count + best.length];
    },
    [0, 0],
  );
  return all === 0 ? 1 : (right ?? 0) / all;
}

async function compareWithBare(
  index: VectorIndex,
  { path, queries, size }: { path: string; queries: readonly number[][]; size: number },
): Promise<VectorsResult['queriesPerSecond']> {
  const bare = new hnswlib.HierarchicalNSW('cosine', index.dimensions);
  await bare.readIndex(path);
  bare.setEf(chooseEf(size));
  const seconds = { ours: 0, bare: 0 };
  // Turn by turn, so that whatever else runs on the machine slows both.
  for (let round = 0; round < ROUNDS; round++) {
    for (const query of queries) {
      const start = performance.now();
      bare.searchKnn(query, TOP);
      const middle = performance.now();
      await index.search(query, TOP);
      seconds.bare += middle - start;
      seconds.ours += performance.now() - middle;
    }
  }
  const perSecond = (milliseconds: number): number => (ROUNDS * queries.length * 1000) / milliseconds;
  return { ours: perSecond(seconds.ours), bare: perSecond(seconds.bare) };
}

async function measureFilters(
  index: VectorIndex,
  exact: VectorIndex,
  queries: readonly number[][],
): Promise<VectorsResult['filters']> {
  const some = queries.slice(0, 60);
  const filters: VectorsResult['filters'][number][] = [];
  for (const share of SHARES) {
    const random = randomNumbers(Math.round(share * 1e6));
    const allowed = new Set(index.labels().filter(() => random() < share));
    const truth = await searchAll(exact, some, allowed);
    const found = await searchAll(index, some, allowed);
    filters.push({ share, allowed: allowed.size, recall10: recall(found.hits, truth.hits), p50Ms: found.p50Ms });
  }
  return filters;
}
