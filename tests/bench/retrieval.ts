import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { PassageSignals } from '../../src/domain.ts';
import { fuseSignals } from '../../src/retriever/fuse.ts';
import { startServer } from '../support/start-server.ts';
import { createBm25 } from './bm25.ts';
import type { BenchQuery, DataSet } from './data-set.ts';
import { measureRanking, type RankingMetrics } from './ranking-metrics.ts';

/** Rows of the ablation: whether the best passages are read closely, and how much the cosine counts. */
const VARIANTS: readonly { readonly name: string; readonly closely: boolean; readonly cosineWeight: number }[] = [
  { name: 'BM25', closely: false, cosineWeight: 0 },
  { name: 'words', closely: true, cosineWeight: 0 },
  { name: 'cosine', closely: false, cosineWeight: 1 },
  ...[0.2, 0.3, 0.5].flatMap((cosineWeight) => [
    { name: `BM25 + cosine ${cosineWeight}`, closely: false, cosineWeight },
    { name: `words + cosine ${cosineWeight}`, closely: true, cosineWeight },
  ]),
];

/** One set, measured through `POST /api/search` on a freshly ingested corpus. */
export interface RetrievalResult {
  readonly set: string;
  readonly anchor: RankingMetrics;
  readonly shipped: RankingMetrics;
  /** The same candidates in other orders, by the name of the variant. */
  readonly ablation: Readonly<Record<string, RankingMetrics>>;
  readonly ingestSeconds: number;
  readonly embedSeconds: number;
  readonly chunks: number;
  readonly queryMs: { readonly p50: number; readonly p95: number };
}

export interface RetrievalOptions {
  readonly settings: Readonly<Record<string, string>>;
  /** Restrict the search to the language of the documents. */
  readonly filterLanguage: boolean;
  /** Keep every n-th query: a quick look. */
  readonly every: number;
}

interface Found {
  readonly documentId: string;
  readonly signals: PassageSignals;
}

export async function measureRetrieval(whole: DataSet, options: RetrievalOptions): Promise<RetrievalResult> {
  const set = thin(whole, options.every);
  const folder = await mkdtemp(join(tmpdir(), 'concordat-bench-'));
  await Promise.all(set.documents.map((document, i) => writeFile(join(folder, `${i}.md`), asMarkdown(document))));
  const start = performance.now();
  const server = await startServer({ CORPUS_DIR: folder, EMBEDDINGS: 'sentence', ...options.settings });
  const ready = performance.now();
  try {
    const chunks = await waitForVectors(server.url);
    const embedded = performance.now();
    const { found, durationsMs } = await searchAll(server.url, set, options.filterLanguage);
    const anchor = createBm25(set.documents);
    return {
      set: set.name,
      anchor: measureRanking(
        new Map(set.queries.map(({ id, text, lang }) => [id, anchor(text, lang, 10)])),
        set.judged,
      ),
      shipped: measureRanking(
        rank(found, (passages) => passages),
        set.judged,
      ),
      ablation: ablate(found, set),
      ingestSeconds: (ready - start) / 1000,
      embedSeconds: (embedded - ready) / 1000,
      chunks,
      queryMs: { p50: percentile(durationsMs, 0.5), p95: percentile(durationsMs, 0.95) },
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function thin(set: DataSet, every: number): DataSet {
  const queries = set.queries.filter((_, i) => i % every === 0);
  const judged = new Map(queries.map(({ id }) => [id, set.judged.get(id) ?? new Map<string, number>()]));
  return { ...set, queries, judged };
}

function asMarkdown({ id, title, text, lang }: DataSet['documents'][number]): string {
  return `---\nid: ${JSON.stringify(id)}\ntitle: ${JSON.stringify(title)}\nlanguage: ${lang}\n---\n${text}\n`;
}

async function waitForVectors(url: string): Promise<number> {
  for (;;) {
    const { embedded, chunks } = (await (await fetch(`${url}/readyz`)).json()) as { embedded: number; chunks: number };
    if (embedded === 1) return chunks;
    await setTimeout(200);
  }
}

async function searchAll(url: string, set: DataSet, filterLanguage: boolean) {
  const found = new Map<string, readonly Found[]>();
  const durationsMs: number[] = [];
  const lang = set.documents[0]?.lang ?? 'en';
  for (const query of set.queries) {
    const start = performance.now();
    found.set(query.id, await search(url, query, filterLanguage ? { language: [lang] } : undefined));
    durationsMs.push(performance.now() - start);
  }
  return { found, durationsMs };
}

async function search(url: string, { text }: BenchQuery, filters: object | undefined): Promise<Found[]> {
  const body = JSON.stringify({ query: text, limit: 100, explain: true, ...(filters && { filters }) });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${url}/api/search`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${text}: ${await response.text()}`);
  return ((await response.json()) as { passages: Found[] }).passages;
}

function ablate(found: ReadonlyMap<string, readonly Found[]>, set: DataSet): Record<string, RankingMetrics> {
  return Object.fromEntries(
    VARIANTS.map((variant) => [
      variant.name,
      measureRanking(
        rank(found, (passages) => reorder(passages, variant)),
        set.judged,
      ),
    ]),
  );
}

/** The product's own fusion, with other weights and signals. */
function reorder(passages: readonly Found[], { closely, cosineWeight }: (typeof VARIANTS)[number]): Found[] {
  const candidates = passages.map(({ signals: { lexical, cosine, coverage, frequency, order, together } }, label) => ({
    label,
    ...(lexical !== undefined && { lexical }),
    ...(cosine !== undefined && { cosine }),
    ...(closely &&
      coverage !== undefined && { coverage, frequency: frequency ?? 0, order: order ?? 0, together: together ?? 0 }),
  }));
  return fuseSignals(candidates, cosineWeight).flatMap(({ label }) => passages[label] ?? []);
}

/** Documents by their best passage, each once. */
function rank(
  found: ReadonlyMap<string, readonly Found[]>,
  reorderPassages: (passages: readonly Found[]) => readonly Found[],
): Map<string, string[]> {
  return new Map(
    [...found].map(([query, passages]) => [
      query,
      [...new Set(reorderPassages(passages).map(({ documentId }) => documentId))],
    ]),
  );
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
