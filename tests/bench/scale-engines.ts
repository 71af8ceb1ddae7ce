import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresCorpusStore } from '../../src/corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from '../../src/corpus-store/postgres-lexical-index.ts';
import { renewPostgresTerms } from '../../src/corpus-store/postgres-renew-terms.ts';
import { createSqliteCorpusStore } from '../../src/corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from '../../src/corpus-store/sqlite-lexical-index.ts';
import type { CorpusStore, LexicalIndex, PreparedDocument } from '../../src/corpus-store/corpus-store.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { extractTerms } from '../../src/language/terms.ts';
import { migratePostgres } from '../../src/postgres-migrations.ts';
import { createPostgres } from '../../src/postgres.ts';
import { openSqlite } from '../../src/sqlite.ts';
import { createExactIndex } from '../../src/vector-index/exact.ts';
import { hnsw } from '../../src/vector-index/hnsw.ts';
import { createIndexedNearest } from '../../src/vector-index/indexed-nearest.ts';
import type { NearestChunks } from '../../src/vector-index/nearest-chunks.ts';
import { createPostgresVectors } from '../../src/vector-index/postgres-nearest.ts';
import { documentFrom } from '../support/documents.ts';
import type { NativeServer } from '../support/native-postgres.ts';
import { timeEach, type Latency } from './measure-serving.ts';

const MODEL = 'bench:hashing-384';
const DIMENSIONS = 384;
const BATCH = 100;
const FOUND = 10;
const LIMIT = 60;

export interface EngineResult {
  readonly engine: string;
  readonly chunks: number;
  /** Text and words, vectors, and the index over them. */
  readonly seconds: { readonly text: number; readonly vectors: number; readonly index: number };
  readonly megabytes: number;
  readonly words: Latency;
  readonly meaning: Latency;
  readonly filtered: Latency;
  readonly recall: number;
}

interface Engine {
  readonly name: string;
  readonly store: CorpusStore;
  readonly lexicalIndex: LexicalIndex;
  readonly nearest: NearestChunks;
  buildIndex(): Promise<void>;
  megabytes(): Promise<number>;
  close(): Promise<void>;
}

export interface Material {
  readonly documents: readonly PreparedDocument[];
  readonly questions: readonly { readonly terms: readonly string[]; readonly vector: readonly number[] }[];
}

/** Articles as documents of their own, every tenth of another kind; questions with their terms and vectors. */
export async function prepareMaterial(texts: readonly string[], questions: readonly string[]): Promise<Material> {
  const documents = texts.map((text, i) => {
    const document = documentFrom(`---\nid: a${i}\nkind: ${i % 10 === 0 ? 'treaty' : 'news'}\n---\n${text}`);
    return { document, chunks: chunkDocument(document) };
  });
  const asked = await Promise.all(
    questions.map(async (text) => ({ terms: extractTerms(text), vector: await embed(text) })),
  );
  return { documents, questions: asked };
}

/** The vectors of the encoder that needs no weights, folded to a usual width. */
async function embed(text: string): Promise<number[]> {
  const wide = await createHashingEmbeddings().embedQuery(text);
  const folded = Array.from({ length: DIMENSIONS }, () => 0);
  for (const [i, value] of wide.entries()) folded[i % DIMENSIONS] = (folded[i % DIMENSIONS] ?? 0) + value;
  return folded;
}

/** Builds both stores over the same documents, one after the other, and asks both the same. */
export async function measureEngines(material: Material, server: NativeServer, name: string): Promise<EngineResult[]> {
  const results: EngineResult[] = [];
  for (const open of [openEmbedded, () => openPostgres(server, name)]) {
    const engine = await open();
    try {
      results.push(await measureEngine(engine, material));
    } finally {
      await engine.close();
    }
  }
  return results;
}

async function measureEngine(engine: Engine, { documents, questions }: Material): Promise<EngineResult> {
  const { store, lexicalIndex, nearest } = engine;
  const text = await secondsOf(async () => {
    for (let i = 0; i < documents.length; i += BATCH)
      await store.publish({ write: documents.slice(i, i + BATCH), relocate: [], remove: [] });
  });
  const vectors = await secondsOf(() => saveVectors(store));
  const index = await secondsOf(() => engine.buildIndex());
  const words = await timeEach(questions, ({ terms }) => lexicalIndex.search(terms, { limit: LIMIT, filters: {} }));
  const meaning = await timeEach(questions, ({ vector }) => nearest.find(vector, { limit: LIMIT, filters: {} }));
  const filters = { kind: ['news'] };
  const filtered = await timeEach(questions, ({ vector }) => nearest.find(vector, { limit: LIMIT, filters }));
  const { chunks } = await store.countChunks(MODEL);
  const recall = await recallOf(store, nearest, questions.slice(0, 50));
  const megabytes = await engine.megabytes();
  return {
    engine: engine.name,
    chunks,
    seconds: { text, vectors, index },
    megabytes,
    words,
    meaning,
    filtered,
    recall,
  };
}

async function saveVectors(store: CorpusStore): Promise<void> {
  for (
    let pending = await store.listPending(MODEL, 1000);
    pending.length > 0;
    pending = await store.listPending(MODEL, 1000)
  ) {
    const made = await Promise.all(pending.map(async ({ digest, text }) => ({ digest, vector: await embed(text) })));
    await store.saveVectors(MODEL, made);
  }
}

/** The share of the ten nearest by exact search that is among the first ten. */
async function recallOf(store: CorpusStore, nearest: NearestChunks, questions: Material['questions']): Promise<number> {
  const exact = createExactIndex(DIMENSIONS);
  const labels = await store.listEmbedded(MODEL);
  for (let i = 0; i < labels.length; i += 1000) exact.add(await store.findVectors(MODEL, labels.slice(i, i + 1000)));
  let found = 0;
  for (const { vector } of questions) {
    const least = ((await exact.search(vector, FOUND)).at(-1)?.similarity ?? 1) - 1e-5;
    const hits = await nearest.find(vector, { limit: FOUND, filters: {} });
    found += hits.slice(0, FOUND).filter(({ similarity }) => similarity >= least).length;
  }
  return found / (FOUND * questions.length);
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function openEmbedded(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  const sqlite = openSqlite(join(folder, 'concordat.db'));
  const store = createSqliteCorpusStore(sqlite);
  const vectors = hnsw.create(DIMENSIONS);
  const sizeOf = (file: string): number => statSync(join(folder, file)).size / 1e6;
  return {
    name: 'embedded',
    store,
    lexicalIndex: createSqliteLexicalIndex(sqlite),
    nearest: createIndexedNearest({ store, vectors, model: MODEL }),
    async buildIndex() {
      const labels = await store.listEmbedded(MODEL);
      for (let i = 0; i < labels.length; i += 1000)
        vectors.add(await store.findVectors(MODEL, labels.slice(i, i + 1000)));
    },
    async megabytes() {
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      await vectors.save(join(folder, 'vectors.hnsw'));
      return sizeOf('concordat.db') + sizeOf('vectors.hnsw');
    },
    async close() {
      sqlite.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openPostgres(server: NativeServer, name: string): Promise<Engine> {
  const url = await server.createDatabase(name);
  await migratePostgres(url);
  const postgres = createPostgres({ url, connections: 4, timeoutMs: 120_000 });
  await renewPostgresTerms(postgres);
  const vectors = createPostgresVectors(postgres, MODEL);
  return {
    name: 'postgresql',
    store: createPostgresCorpusStore(postgres),
    lexicalIndex: createPostgresLexicalIndex(postgres),
    nearest: vectors.nearest,
    async buildIndex() {
      await vectors.ensureIndex();
      await postgres.query('VACUUM (ANALYZE)');
    },
    async megabytes() {
      const [row] = await postgres.query<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
      return (row?.bytes ?? 0) / 1e6;
    },
    close: () => postgres.close(),
  };
}
