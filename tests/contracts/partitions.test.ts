import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { createPostgres } from '../../src/postgres.ts';
import { createPostgresVectors } from '../../src/vector-index/postgres-nearest.ts';
import { documentFrom } from '../support/documents.ts';
import { execute, startNativePostgres, whyNoPostgres, type NativeServer } from '../support/native-postgres.ts';
import { fillPostgres } from '../support/stores.ts';
import { randomVectors } from '../support/vectors.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);
const MODEL = 'test:model';
const DIMENSIONS = 16;
const script = (name: string): string =>
  readFileSync(new URL(`../../deploy/partitions/${name}.sql`, import.meta.url), 'utf8');
const treaty = (i: number) =>
  documentFrom(`---\nid: d${i}\nkind: ${i % 10 === 0 ? 'treaty' : 'news'}\n---\nTreaty number ${i}.`);

describe.skipIf(absent)('vectors on several servers', () => {
  let server: NativeServer;
  let parts: NativeServer[];
  beforeAll(async () => {
    server = await startNativePostgres();
    parts = [await startNativePostgres(), await startNativePostgres(), await startNativePostgres()];
  });
  afterAll(async () => void (await Promise.all([server, ...parts].map((each) => each.stop()))));

  async function makeShards(): Promise<string> {
    for (const part of parts) {
      const url = await part.createDatabase('part');
      await execute(url, script('shard'));
      await execute(
        url,
        `CREATE INDEX vectors_nearest_1 ON vectors USING hnsw ((embedding::vector(${DIMENSIONS})) vector_cosine_ops) WHERE model = 1`,
      );
    }
    return parts.map(({ port }) => `'host=127.0.0.1 port=${port} dbname=part'`).join(', ');
  }

  test('give the same answers as on one, take what is written, and let go what is deleted', async () => {
    const shards = await makeShards();
    const url = await server.createDatabase('coordinator');
    const { postgres, store } = await fillPostgres(url, ...Array.from({ length: 400 }, (_, i) => treaty(i)));
    const embed = async (): Promise<void> => {
      const pending = await store.listPending(MODEL, 1000);
      const vectors = randomVectors(pending.length, DIMENSIONS, pending.length);
      await store.saveVectors(
        MODEL,
        pending.map(({ digest }, i) => ({ digest, vector: vectors[i] ?? [] })),
      );
    };
    await embed();
    const { nearest, ...vectors } = createPostgresVectors(postgres, MODEL);
    const queries = randomVectors(20, DIMENSIONS, 7);
    const labels = (await store.listEmbedded(MODEL)).slice(0, 50);
    const ask = async () => {
      const answers: unknown[] = [];
      for (const query of queries) {
        answers.push(await nearest.find(query, { limit: 10, filters: {} }));
        answers.push(await nearest.find(query, { limit: 10, filters: { kind: ['news'] } }));
        answers.push((await nearest.compare(query, labels)).toSorted((a, b) => a.label - b.label));
      }
      return answers;
    };
    const before = await ask();
    await execute(url, script('coordinator'));
    await execute(url, `CALL partition_vectors(ARRAY[${shards}], 'postgres', 'unused')`);
    expect(await ask()).toEqual(before);
    expect(await nearest.count()).toBe(400);

    const counts = await postgres.query<{ n: number }>('SELECT count(*) AS n FROM vectors GROUP BY tableoid');
    expect(counts).toHaveLength(3);
    await vectors.ensureIndex();
    const write = [400, 401].map(treaty).map((document) => ({ document, chunks: chunkDocument(document) }));
    await store.publish({ write, relocate: [], remove: ['d0', 'd1', 'd2'] });
    await embed();
    await embed();
    expect(await nearest.count()).toBe(399);
    const [kept] = await postgres.query<{ n: number }>('SELECT count(*) AS n FROM vectors');
    expect(kept?.n).toBe(399);
  });

  test('each server reads its index, and gives its nearest in order', async () => {
    const [plan] = await explain(
      server,
      'coordinator',
      `SELECT digest, embedding FROM vectors WHERE model = 1
      ORDER BY (embedding::vector(${DIMENSIONS})) <=> '[${randomVectors(1, DIMENSIONS)[0]?.join(',')}]'::vector LIMIT 10`,
    );
    expect(plan).toContain('Merge Append');
    expect(plan?.match(/Remote SQL: .*ORDER BY/g)).toHaveLength(3);
    const [remote] = await explain(
      parts[0],
      'part',
      `SELECT digest FROM vectors WHERE model = 1
      ORDER BY (embedding::vector(${DIMENSIONS})) <=> '[${randomVectors(1, DIMENSIONS)[0]?.join(',')}]'::vector`,
    );
    expect(remote).toContain('Index Scan using vectors_nearest_1');
  });
});

async function explain(server: NativeServer | undefined, database: string, sql: string): Promise<string[]> {
  const postgres = createPostgres({
    url: server?.url.replace(/postgres$/, database) ?? '',
    connections: 1,
    timeoutMs: 20_000,
  });
  try {
    return await postgres.transaction(
      async (transaction) => {
        const rows = await transaction.query<{ 'QUERY PLAN': string }>(`EXPLAIN (VERBOSE) ${sql}`);
        return [rows.map((row) => row['QUERY PLAN']).join('\n')];
      },
      { enable_sort: 'off' },
    );
  } finally {
    await postgres.close();
  }
}
