import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPostgresCorpusStore } from '../../src/corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from '../../src/corpus-store/postgres-lexical-index.ts';
import { renewPostgresTerms } from '../../src/corpus-store/postgres-renew-terms.ts';
import { createSqliteCorpusStore } from '../../src/corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from '../../src/corpus-store/sqlite-lexical-index.ts';
import type { CorpusStore, LexicalIndex } from '../../src/corpus-store/corpus-store.ts';
import { migratePostgres } from '../../src/postgres-migrations.ts';
import { createPostgres } from '../../src/postgres.ts';
import { openSqlite } from '../../src/sqlite.ts';
import { hnsw } from '../../src/vector-index/hnsw.ts';
import { createIndexedNearest } from '../../src/vector-index/indexed-nearest.ts';
import type { NearestChunks } from '../../src/vector-index/nearest-chunks.ts';
import { createPostgresVectors } from '../../src/vector-index/postgres-nearest.ts';
import type { VectorIndexFile } from '../../src/vector-index/vector-index.ts';
import { runToEnd, startNativePostgres } from '../support/native-postgres.ts';
import { sharedMegabytes } from './process-cost.ts';
import { DIMENSIONS } from './scale-material.ts';

export const MODEL = 'bench:hashing-384';
export const ENGINES = ['embedded', 'postgresql'] as const;
export type EngineName = (typeof ENGINES)[number];
const SETTINGS = ['shared_buffers=1GB', 'maintenance_work_mem=1GB', 'max_wal_size=4GB'];
const TIMEOUT_MS = 600_000;

/** A store with its searches, in a folder that another run can go on with. */
export interface Engine {
  readonly store: CorpusStore;
  readonly lexicalIndex: LexicalIndex;
  readonly nearest: NearestChunks;
  buildIndex(): Promise<void>;
  /** On disk. */
  megabytes(): Promise<number>;
  /** Of processes beside this one. */
  serverMegabytes(): number;
  close(): Promise<void>;
}

export function openEngine(name: EngineName, folder: string): Promise<Engine> {
  mkdirSync(folder, { recursive: true });
  return name === 'embedded' ? openEmbedded(folder) : openPostgres(folder);
}

async function openEmbedded(folder: string): Promise<Engine> {
  const sqlite = openSqlite(join(folder, 'concordat.db'));
  const store = createSqliteCorpusStore(sqlite);
  const file = join(folder, 'vectors.hnsw');
  const vectors: VectorIndexFile = existsSync(file) ? await hnsw.load(file, DIMENSIONS) : hnsw.create(DIMENSIONS);
  return {
    store,
    lexicalIndex: createSqliteLexicalIndex(sqlite),
    nearest: createIndexedNearest({ store, vectors, model: MODEL }),
    async buildIndex() {
      const labels = await store.listEmbedded(MODEL);
      for (let i = 0; i < labels.length; i += 1000)
        vectors.add(await store.findVectors(MODEL, labels.slice(i, i + 1000)));
      await vectors.save(file);
    },
    async megabytes() {
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
      return (statSync(join(folder, 'concordat.db')).size + statSync(file).size) / 1e6;
    },
    serverMegabytes: () => 0,
    close: async () => void sqlite.close(),
  };
}

async function openPostgres(folder: string): Promise<Engine> {
  const place = join(folder, 'server');
  const isNew = !existsSync(place);
  const known = isNew ? undefined : readFileSync(place, 'utf8');
  const server = await startNativePostgres({ settings: SETTINGS, ...(known !== undefined && { folder: known }) });
  if (isNew) writeFileSync(place, server.folder);
  const url = isNew ? await server.createDatabase('scale') : server.url.replace(/postgres$/, 'scale');
  await migratePostgres(url);
  const postgres = createPostgres({ url, connections: 4, timeoutMs: TIMEOUT_MS });
  await renewPostgresTerms(postgres);
  const vectors = createPostgresVectors(postgres, MODEL);
  return {
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
    serverMegabytes: () =>
      sharedMegabytes(Number(readFileSync(join(server.folder, 'postmaster.pid'), 'utf8').split('\n')[0])),
    async close() {
      await postgres.close();
      // Its folder stays for the next run.
      await runToEnd('pg_ctl', ['stop', '-D', server.folder, '-m', 'fast', '-t', '300']);
    },
  };
}
