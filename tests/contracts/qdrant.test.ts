import { expect, onTestFinished, test } from 'vitest';
import type { Embeddings } from '../../src/embeddings/embeddings.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { ConfigurationError, IndexUnusableError } from '../../src/errors.ts';
import { embedPending } from '../../src/ingest/embed.ts';
import { openQdrantCollection } from '../../src/vector-index/qdrant-collection.ts';
import { labelOf, pointIdOf } from '../../src/vector-index/qdrant-filter.ts';
import { openQdrantVectors } from '../../src/vector-index/qdrant-vectors.ts';
import { documentFrom, storeWith } from '../support/documents.ts';
import { serveQdrant } from '../support/qdrant-server.ts';
import { randomVectors } from '../support/vectors.ts';

const KEY = 'the-key-of-qdrant';
const hashing = createHashingEmbeddings();
/** The first of its dimensions: enough to tell texts apart. */
const embeddings: Embeddings = {
  ...hashing,
  id: 'narrow',
  dimensions: 64,
  embedQuery: async (text) => (await hashing.embedQuery(text)).slice(0, 64),
  embedDocuments: async (texts) => (await hashing.embedDocuments(texts)).map((vector) => vector.slice(0, 64)),
};
const DOCUMENTS = Array.from({ length: 300 }, (_, i) =>
  documentFrom(`---\nid: d${i}\n---\nText number ${i} on matter ${i % 7}.`),
);

async function setUp() {
  const server = await serveQdrant({ apiKey: KEY });
  onTestFinished(() => server.close());
  const { store } = await storeWith(...DOCUMENTS);
  const open = async (by: Embeddings = embeddings, apiKey: string | undefined = KEY) => {
    const settings = { address: `${server.address}/corpus`, apiKey, timeoutMs: 500 };
    return openQdrantVectors({ collection: await openQdrantCollection(settings, by), store, embeddings: by });
  };
  await embedPending(store, embeddings);
  const vector = await embeddings.embedQuery('text on matter 3');
  return { server, store, open, vector };
}
const unavailable = { status: 503, retryable: true };

test('points are written once, in batches, with what filters ask for and no text; another process finds them there', async () => {
  const { server, open } = await setUp();
  await open();
  expect(server.points('corpus').size).toBe(300);
  const writes = () => server.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/points'));
  expect(writes()).toHaveLength(2);
  expect(JSON.stringify([...server.points('corpus').values()].map(({ payload }) => payload))).not.toContain(
    'Text number',
  );
  const second = await open();
  expect(await second.nearest.count()).toBe(300);
  expect(writes()).toHaveLength(2);
});

test('small sets are scored whole, large ones by the graph as widely as our own', async () => {
  const { server, open, vector } = await setUp();
  const { nearest } = await open();
  await nearest.find(vector, { limit: 10, filters: {} });
  await nearest.find(vector, { limit: 10, filters: { documentIds: ['d1', 'd2'] } });
  const [wide, narrow] = server.requests.filter(({ path }) => path.endsWith('/query'));
  expect(wide?.body).toMatchObject({ limit: 10, params: { hnsw_ef: 139 } });
  expect(narrow?.body).toMatchObject({ limit: 2, params: { exact: true } });
});

test('a collection of another width is refused, and so is one of another model, both told with the way out', async () => {
  const { open } = await setUp();
  await open();
  const wider = { ...embeddings, id: 'wider', dimensions: embeddings.dimensions + 1 };
  await expect(open(wider)).rejects.toThrow(IndexUnusableError);
  await expect(open(wider)).rejects.toThrow(/65 dimensions.*Name another collection in VECTOR_STORE/);
  const other = { ...embeddings, id: 'other' };
  await expect(open(other)).rejects.toThrow(/300 points of other EMBEDDINGS than other/);
});

test('the key is sent as Qdrant wants it; a wrong one is told without it', async () => {
  const { server, open } = await setUp();
  await open();
  expect(new Set(server.requests.map(({ key }) => key))).toEqual(new Set([KEY]));
  const refused = open(embeddings, 'wrong-key');
  await expect(refused).rejects.toMatchObject({
    ...unavailable,
    message: expect.stringContaining('QDRANT_API_KEY') as string,
  });
  await expect(refused).rejects.not.toThrow(/wrong-key/);
});

test.each([
  ['fails', { status: 500 }],
  ['hangs', 'hang'],
  ['is full', { status: 429 }],
] as const)(
  'while Qdrant %s nothing is lost: it is told as passing, and what was missed is made up for',
  async (_case, fault) => {
    const { server, store, open, vector } = await setUp();
    const vectors = await open();
    server.misbehave(fault);
    await expect(vectors.nearest.find(vector, { limit: 5, filters: {} })).rejects.toMatchObject(unavailable);
    await store.publish({ write: [], relocate: [], remove: ['d0'] });
    await expect(vectors.catchUp()).rejects.toMatchObject(unavailable);
    expect(await vectors.nearest.count()).toBe(300);
    server.misbehave(undefined);
    await vectors.catchUp();
    expect(server.points('corpus').size).toBe(299);
    expect(await vectors.nearest.find(vector, { limit: 5, filters: {} })).toHaveLength(5);
  },
);

test('a collection that someone deleted is filled again from the store, when a search misses it', async () => {
  const { server, open, vector } = await setUp();
  const { nearest } = await open();
  server.drop('corpus');
  await expect(nearest.find(vector, { limit: 5, filters: {} })).rejects.toMatchObject(unavailable);
  await expect.poll(() => server.points('corpus').size).toBe(300);
  expect(await nearest.find(vector, { limit: 5, filters: {} })).toHaveLength(5);
});

test('two processes that write at once leave every point once', async () => {
  const { server, store, open } = await setUp();
  const [one, other] = await Promise.all([open(), open()]);
  await store.publish({ write: [], relocate: [], remove: ['d5', 'd6'] });
  await Promise.all([one.catchUp(), other.catchUp()]);
  expect(server.points('corpus').size).toBe(298);
});

test('a vector without length is near to nothing', async () => {
  const { open } = await setUp();
  const { nearest } = await open();
  const nothing = Array.from({ length: embeddings.dimensions }, () => 0);
  expect(await nearest.find(nothing, { limit: 5, filters: {} })).toEqual([]);
  expect(await nearest.compare(nothing, [1])).toEqual([]);
});

test('labels are identifiers that Qdrant takes, and come back as they were', () => {
  for (const label of [0, 1, 255, 4_294_967_296, 2 ** 53 - 1]) {
    expect(pointIdOf(label)).toMatch(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(labelOf(pointIdOf(label))).toBe(label);
  }
});

test('vectors of a width that the collection has not are refused by Qdrant, and told', async () => {
  const { open } = await setUp();
  const { nearest } = await open();
  const [wide = []] = randomVectors(1, embeddings.dimensions + 1);
  await expect(nearest.find(wide, { limit: 5, filters: {} })).rejects.toThrow(/expected dim: 64, got 65/);
});

test('packages that are not installed are named with their command; an address without a collection is refused', async () => {
  const missing = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' }));
  const settings = { address: 'qdrant://127.0.0.1:6333/corpus', apiKey: undefined, timeoutMs: 1000 };
  await expect(openQdrantCollection(settings, embeddings, missing)).rejects.toThrow(
    /npm install @langchain\/qdrant @qdrant\/js-client-rest@1\.18/,
  );
  await expect(openQdrantCollection({ ...settings, address: 'qdrant://127.0.0.1:6333' }, embeddings)).rejects.toThrow(
    ConfigurationError,
  );
});
