import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresCorpusStore } from '../../src/corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from '../../src/corpus-store/postgres-lexical-index.ts';
import { LockHeldError } from '../../src/errors.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { extractTerms } from '../../src/language/terms.ts';
import { takePostgresLock } from '../../src/postgres-locks.ts';
import { migratePostgres } from '../../src/postgres-migrations.ts';
import type { Postgres } from '../../src/postgres.ts';
import { createExactIndex } from '../../src/vector-index/exact.ts';
import { createPostgresVectors } from '../../src/vector-index/postgres-nearest.ts';
import { questionTexts } from '../support/corpus-questions.ts';
import { documentFrom, storeWith } from '../support/documents.ts';
import { execute, startNativePostgres, whyNoPostgres, type NativeServer } from '../support/native-postgres.ts';
import { openPostgres } from '../support/stores.ts';
import { randomVectors } from '../support/vectors.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);
const MODEL = 'test:model';
const DIMENSIONS = 24;

describe.skipIf(absent)('on PostgreSQL', () => {
  let server: NativeServer;
  let databases = 0;
  const takeDatabase = (): Promise<string> => server.createDatabase(`own_${++databases}`);
  beforeAll(async () => {
    server = await startNativePostgres();
  });
  afterAll(() => server.stop());

  /** As many one-chunk documents as vectors, every tenth of another kind. */
  async function fill(postgres: Postgres, count: number, dimensions = DIMENSIONS) {
    const store = createPostgresCorpusStore(postgres);
    const documents = Array.from({ length: count }, (_, i) =>
      documentFrom(`---\nid: d${i}\nkind: ${i % 10 === 0 ? 'treaty' : 'news'}\n---\nText number ${i}.`),
    );
    const write = documents.map((document) => ({ document, chunks: chunkDocument(document) }));
    await store.publish({ write, relocate: [], remove: [] });
    const pending = await store.listPending(MODEL, count);
    const vectors = randomVectors(count, dimensions);
    const made = pending.map(({ digest }, i) => ({ digest, vector: Array.from(vectors[i] ?? []) }));
    await store.saveVectors(MODEL, made);
    return store;
  }

  async function truthOf(store: Awaited<ReturnType<typeof fill>>, dimensions = DIMENSIONS) {
    const exact = createExactIndex(dimensions);
    exact.add(await store.findVectors(MODEL, await store.listEmbedded(MODEL)));
    return exact;
  }

  test('vectors are found through the index, with and without filters, at nearly every place that exact search gives', async () => {
    const postgres = await openPostgres(await takeDatabase());
    const store = await fill(postgres, 3000);
    const vectors = createPostgresVectors(postgres, MODEL);
    await vectors.ensureIndex();
    const exact = await truthOf(store);
    let found = 0;
    for (const query of randomVectors(50, DIMENSIONS, 7)) {
      const truth = new Set((await exact.search(query, 10)).map(({ label }) => label));
      const hits = await vectors.nearest.find(query, { limit: 10, filters: {} });
      found += hits.filter(({ label }) => truth.has(label)).length;
    }
    expect(found / 500).toBeGreaterThanOrEqual(0.99);
    const news = await store.findLabels({ kind: ['news'] });
    const [query = []] = randomVectors(1, DIMENSIONS, 9);
    const truth = (await exact.search(query, 10, news)).map(({ label }) => label);
    const hits = await vectors.nearest.find(query, { limit: 10, filters: { kind: ['news'] } });
    expect(hits.map(({ label }) => label)).toEqual(truth);
  });

  test.each([
    ['vector', 24, {}],
    ['vector', 512, {}],
    ['halfvec', 2100, {}],
    ['vector', 512, { kind: ['news'] }],
  ])(
    'the plan of a search reads the index over %s(%i), not every vector: filters %j',
    async (type, dimensions, filters) => {
      const postgres = await openPostgres(await takeDatabase());
      await fill(postgres, 2000, dimensions);
      const watched: Postgres = {
        ...postgres,
        transaction: (work, settings) =>
          postgres.transaction(
            (transaction) =>
              work({
                query: (sql, values) =>
                  transaction.query(sql.includes('WITH nearest') ? `EXPLAIN ${sql}` : sql, values),
              }),
            settings,
          ),
      };
      const vectors = createPostgresVectors(watched, MODEL);
      await vectors.ensureIndex();
      const explained: unknown = await vectors.nearest.find(randomVectors(1, dimensions)[0] ?? [], {
        limit: 10,
        filters,
      });
      expect(JSON.stringify(explained).includes('Index Scan using vectors_nearest_')).toBe(true);
      const [index] = await postgres.query<{ definition: string }>(
        "SELECT indexdef AS definition FROM pg_indexes WHERE indexname LIKE 'vectors_nearest_%'",
      );
      expect(index?.definition).toContain(`${type}(${dimensions})`);
    },
  );

  test('a vector without length is similar to nothing, and no number is lost for it', async () => {
    const postgres = await openPostgres(await takeDatabase());
    const store = await fill(postgres, 100);
    const [label = 0] = await store.listEmbedded(MODEL);
    await postgres.query(
      `UPDATE vectors SET embedding = array_fill(0, ARRAY[${DIMENSIONS}])::vector
       WHERE digest = (SELECT digest FROM chunks WHERE label = $1)`,
      [label],
    );
    const { nearest } = createPostgresVectors(postgres, MODEL);
    const [query = []] = randomVectors(1, DIMENSIONS, 9);
    const hits = await nearest.find(query, { limit: 100, filters: {} });
    expect(hits.find((hit) => hit.label === label)?.similarity).toBe(0);
    expect(hits.every(({ similarity }) => Number.isFinite(similarity))).toBe(true);
  });

  test('an index that was left unfinished is made anew', async () => {
    const postgres = await openPostgres(await takeDatabase());
    await fill(postgres, 2000);
    const vectors = createPostgresVectors(postgres, MODEL);
    await vectors.ensureIndex();
    await postgres.query("UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'vectors_nearest_1'::regclass");
    await vectors.ensureIndex();
    const [index] = await postgres.query<{ valid: boolean }>(
      "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = 'vectors_nearest_1'::regclass",
    );
    expect(index?.valid).toBe(true);
  });

  test('words find the same chunks with the same scores as in SQLite, for every question of the evaluation', async () => {
    const folder = new URL('../../corpus/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'SOURCES.md');
    const documents = files.map((file) => documentFrom(readFileSync(new URL(file, folder), 'utf8'), file));
    const sqlite = await storeWith(...documents);
    const postgres = await openPostgres(await takeDatabase());
    const store = createPostgresCorpusStore(postgres);
    await store.publish({
      write: documents.map((document) => ({ document, chunks: chunkDocument(document) })),
      relocate: [],
      remove: [],
    });
    const lexicalIndex = createPostgresLexicalIndex(postgres);
    const byStages = createPostgresLexicalIndex(postgres, { fewPostings: 0 });
    expect(await store.corpusDigest()).toBe(await sqlite.store.corpusDigest());
    for (const question of questionTexts()) {
      const terms = extractTerms(question);
      const options = { limit: 60, filters: question.length % 2 === 0 ? {} : { asOf: '2025-06-01' } };
      const [expected, found] = [
        await sqlite.lexicalIndex.search(terms, options),
        await lexicalIndex.search(terms, options),
      ];
      expect((await byStages.search(terms, options)).map(({ label }) => label)).toEqual(
        found.map(({ label }) => label),
      );
      const first = await byStages.search(terms, { ...options, limit: 3 });
      expect(first.map(({ label }) => label)).toEqual(found.slice(0, 3).map(({ label }) => label));
      const furthest = Math.max(0, ...found.map(({ score }, i) => Math.abs(score - (expected[i]?.score ?? 0))));
      expect([found.length, furthest < 1e-8]).toEqual([expected.length, true]);
      const least = (expected.at(-1)?.score ?? 0) + 1e-6;
      const sure = (hits: typeof found) => hits.filter(({ score }) => score > least).map(({ label }) => label);
      expect(new Set(sure(found))).toEqual(new Set(sure(expected)));
      expect([...(await lexicalIndex.weighTerms(terms))]).toEqual([...(await sqlite.lexicalIndex.weighTerms(terms))]);
    }
  }, 120_000);

  test('twenty processes that begin at once on an empty database make its tables once', async () => {
    const url = await takeDatabase();
    await Promise.all(Array.from({ length: 20 }, () => migratePostgres(url)));
    const postgres = await openPostgres(url);
    expect(await postgres.query('SELECT count(*) AS rows FROM corpus')).toEqual([{ rows: 1 }]);
  });

  test('a database of a later version is refused in a sentence', async () => {
    const url = await takeDatabase();
    await migratePostgres(url);
    await execute(url, "INSERT INTO kysely_migration (name, timestamp) VALUES ('999-later', '2099')");
    await expect(migratePostgres(url)).rejects.toThrow('set up by a later version');
  });

  test('an old pgvector is refused, naming what mends it', async () => {
    const url = await takeDatabase();
    await migratePostgres(url);
    await execute(url, "UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'");
    await expect(migratePostgres(url)).rejects.toThrow('ALTER EXTENSION vector UPDATE');
  });

  test('a lock is held by one process at a time, and let go when its connection breaks', async () => {
    const postgres = await openPostgres(await takeDatabase());
    const take = () => takePostgresLock(postgres, 'ingest', 'Another ingest');
    const release = await take();
    await expect(take()).rejects.toThrow(LockHeldError);
    await expect(take()).rejects.toThrow(`Another ingest is under way (process ${process.pid}`);
    await postgres.query(
      "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'concordat session'",
    );
    const again = await take();
    await again();
    await release();
    await (
      await take()
    )();
  });

  test('a connection that is lost between two queries of a transaction is told with the next one', async () => {
    const postgres = await openPostgres(await takeDatabase());
    const ended = postgres.transaction(async (transaction) => {
      const [{ pid } = { pid: 0 }] = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await postgres.query('SELECT pg_terminate_backend($1, 10000)', [pid]);
      await setTimeout(50);
      await transaction.query('SELECT 1');
    });
    await expect(ended).rejects.toMatchObject({ status: 503, retryable: true });
    expect(await postgres.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('two that publish at once leave what one after the other would', async () => {
    const url = await takeDatabase();
    const [one, two] = [await openPostgres(url), await openPostgres(url)];
    const documents = Array.from({ length: 30 }, (_, i) =>
      documentFrom(`---\nid: d${i}\n---\nShared words, and word${i}.`),
    );
    const publish = (postgres: Postgres, from: number) =>
      Promise.all(
        documents
          .filter((_, i) => i % 2 === from)
          .map((document) =>
            createPostgresCorpusStore(postgres).publish({
              write: [{ document, chunks: chunkDocument(document) }],
              relocate: [],
              remove: [],
            }),
          ),
      );
    await Promise.all([publish(one, 0), publish(two, 1)]);
    const alone = await storeWith(...documents);
    const store = createPostgresCorpusStore(one);
    expect(await store.corpusDigest()).toBe(await alone.store.corpusDigest());
    expect((await store.countChunks(MODEL)).chunks).toBe(30);
    const hits = await createPostgresLexicalIndex(two).search(['share'], { limit: 50, filters: {} });
    expect(hits).toHaveLength(30);
  });

  test('a text with a NUL character is refused, and nothing of its change is kept', async () => {
    const postgres = await openPostgres(await takeDatabase());
    const store = createPostgresCorpusStore(postgres);
    const document = { ...documentFrom('---\nid: nul\n---\nText.'), title: 'a\0b' };
    const write = [{ document, chunks: chunkDocument(document) }];
    await expect(store.publish({ write, relocate: [], remove: [] })).rejects.toMatchObject({ status: 422 });
    expect(await store.listIdentities()).toEqual([]);
  });
});
