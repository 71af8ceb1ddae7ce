import { describe, expect, onTestFinished, test } from 'vitest';
import type { PassageFilters } from '../../src/domain.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { embedPending } from '../../src/ingest/embed.ts';
import type { CorpusStore } from '../../src/corpus-store/corpus-store.ts';
import type { Vectors } from '../../src/storage.ts';
import { cosine } from '../../src/vector-index/cosine.ts';
import { hnsw } from '../../src/vector-index/hnsw.ts';
import { openIndexDirectory } from '../../src/vector-index/index-directory.ts';
import { createIndexedNearest } from '../../src/vector-index/indexed-nearest.ts';
import { createPostgresVectors } from '../../src/vector-index/postgres-nearest.ts';
import { openQdrantCollection } from '../../src/vector-index/qdrant-collection.ts';
import { openQdrantVectors } from '../../src/vector-index/qdrant-vectors.ts';
import { documentFrom, storeWith, temporaryFolder } from '../support/documents.ts';
import { serveQdrant } from '../support/qdrant-server.ts';
import { whyNoPostgres } from '../support/native-postgres.ts';
import { fillPostgres, nativeDatabases } from '../support/stores.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);
const takeDatabase = nativeDatabases();
const embeddings = createHashingEmbeddings();
const MATTERS = ['ports', 'rice', 'steel', 'satellites', 'visas', 'trains', 'fish', 'copper', 'tea', 'rivers'];
const DOCUMENTS = Array.from({ length: 40 }, (_, i) =>
  documentFrom(
    [
      '---',
      `id: d${i}`,
      `kind: ${i % 10 === 0 ? 'treaty' : 'news'}`,
      `authority: ${i % 4 === 0 ? 'primary' : 'news'}`,
      `language: ${['en', 'pt-BR', 'pt', 'ja'][i % 4]}`,
      ...(i % 5 === 0 ? [] : [`date: ${['2024', '2024-06', '2024-06-15', '2025-01-01'][i % 4]}`]),
      '---',
      `The parties agree on ${MATTERS[i % 10]} and on ${MATTERS[Math.floor(i / 10) + 3]}, number ${i}.`,
    ].join('\n'),
  ),
);

const FILTERS: readonly PassageFilters[] = [
  { kind: ['treaty'] },
  { authority: ['primary', 'official'] },
  { documentIds: ['d3', 'd17', 'nobody'] },
  { language: ['PT'] },
  { language: ['pt-br', 'ja'] },
  { asOf: '2024-06-14' },
  { asOf: '2024-06-15', authority: ['news'], kind: ['news'] },
  { asOf: '1999-01-01' },
];

interface Opened {
  readonly store: CorpusStore;
  readonly vectors: Vectors;
}

/** Each engine over a store of its own, with vectors of all documents. */
const ENGINES: Readonly<Record<string, () => Promise<Opened>>> = {
  async 'hnsw over SQLite'() {
    const { store } = await storeWith(...DOCUMENTS);
    const onNotice = (notice: string) => expect.fail(notice);
    const index = await openIndexDirectory({
      directory: await temporaryFolder(),
      store,
      embeddings,
      format: hnsw,
      onNotice,
    });
    const nearest = createIndexedNearest({ store, vectors: index.vectors, model: embeddings.id });
    return { store, vectors: { nearest, catchUp: () => index.catchUp(), publish: () => index.publish() } };
  },
  async pgvector() {
    const { store, postgres } = await fillPostgres(await takeDatabase(), ...DOCUMENTS);
    const vectors = createPostgresVectors(postgres, embeddings.id);
    return {
      store,
      vectors: { nearest: vectors.nearest, catchUp: async () => {}, publish: () => vectors.ensureIndex() },
    };
  },
  async 'Qdrant over SQLite'() {
    const { store } = await storeWith(...DOCUMENTS);
    const server = await serveQdrant();
    onTestFinished(() => server.close());
    const settings = { address: `${server.address}/corpus`, apiKey: undefined, timeoutMs: 2000 };
    const collection = await openQdrantCollection(settings, embeddings);
    return { store, vectors: await openQdrantVectors({ collection, store, embeddings }) };
  },
};

const HERE = Object.entries(ENGINES).filter(([name]) => name !== 'pgvector' || absent === undefined);

describe.each(HERE)('the nearest chunks by %s', (_name, open) => {
  const setUp = async () => {
    const { store, vectors } = await open();
    await embedPending(store, embeddings);
    await vectors.catchUp();
    const labels = await store.listEmbedded(embeddings.id);
    const stored = await store.findVectors(embeddings.id, labels);
    return { store, vectors, nearest: vectors.nearest, stored };
  };
  const query = (text = 'an agreement on steel and rivers') => embeddings.embedQuery(text);

  test('are counted, and found best first with their cosine', async () => {
    const { nearest, stored } = await setUp();
    expect(await nearest.count()).toBe(DOCUMENTS.length);
    const vector = await query();
    const truth = stored.map(({ label, vector: own }) => ({ label, similarity: cosine(vector, own) }));
    const best = truth.toSorted((a, b) => b.similarity - a.similarity).slice(0, 10);
    const found = await nearest.find(vector, { limit: 10, filters: {} });
    expect(found).toHaveLength(10);
    for (const [i, { similarity }] of found.entries()) expect(similarity).toBeCloseTo(best[i]?.similarity ?? 0, 4);
  });

  test('that pass filters are found, all of them where they are few, and no other', async () => {
    const { store, nearest } = await setUp();
    for (const filters of FILTERS) {
      const allowed = [...(await store.findLabels(filters))].toSorted((a, b) => a - b);
      const found = await nearest.find(await query(), { limit: 40, filters });
      expect([filters, ...found.map(({ label }) => label).toSorted((a, b) => a - b)]).toEqual([filters, ...allowed]);
    }
  });

  test('are the same where nine in ten pass, but for those that do not', async () => {
    const { store, nearest, stored } = await setUp();
    const vector = await query();
    const filters = { kind: ['news'] };
    const allowed = await store.findLabels(filters);
    expect(allowed.size).toBe(DOCUMENTS.length * 0.9);
    const truth = stored.filter(({ label }) => allowed.has(label)).map(({ vector: own }) => cosine(vector, own));
    const best = truth.toSorted((a, b) => b - a).slice(0, 12);
    for (const round of ['asked first', 'asked again']) {
      const found = (await nearest.find(vector, { limit: 12, filters })).toSorted(
        (a, b) => b.similarity - a.similarity,
      );
      expect([round, found.every(({ label }) => allowed.has(label))]).toEqual([round, true]);
      for (const [i, similarity] of best.entries()) expect(found[i]?.similarity).toBeCloseTo(similarity, 4);
    }
  });

  test('are compared one by one, those without a vector left out', async () => {
    const { nearest, stored } = await setUp();
    const [first, second] = stored;
    const vector = await query();
    const compared = await nearest.compare(vector, [second?.label ?? 0, 999_999, first?.label ?? 0]);
    const byLabel = new Map(compared.map(({ label, similarity }) => [label, similarity]));
    expect(byLabel.size).toBe(2);
    for (const one of [first, second])
      expect(byLabel.get(one?.label ?? 0)).toBeCloseTo(cosine(vector, one?.vector ?? []), 4);
    expect(await nearest.compare(vector, [])).toEqual([]);
  });

  test('follow the store: what is deleted is gone, what is new is found, and what is of another kind passes as that', async () => {
    const { store, vectors, nearest } = await setUp();
    const [, old] = DOCUMENTS;
    const moved = documentFrom(
      `---\nid: d1\nkind: treaty\nauthority: news\nlanguage: pt-BR\ndate: 2024-06\n---\n${old?.text}`,
    );
    const added = documentFrom('---\nid: fresh\nkind: treaty\n---\nA protocol about volcanoes.');
    const write = [moved, added].map((document) => ({ document, chunks: chunkDocument(document) }));
    await store.publish({ write, relocate: [], remove: ['d0'] });
    await embedPending(store, embeddings);
    await vectors.catchUp();
    expect(await nearest.count()).toBe(DOCUMENTS.length);
    const filters = { kind: ['treaty'] };
    const found = await nearest.find(await query('volcanoes'), { limit: 40, filters });
    const chunks = await store.findChunks(found.map(({ label }) => label));
    const ids = chunks.map(({ document }) => document.id).toSorted();
    expect(ids).toEqual(['d1', 'd10', 'd20', 'd30', 'fresh']);
  });
});
