import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { createExactIndex } from '../../src/vector-index/exact.ts';
import { hnsw } from '../../src/vector-index/hnsw.ts';
import type { VectorEntry } from '../../src/vector-index/vector-index.ts';
import { questionTexts } from '../support/corpus-questions.ts';
import { documentFrom, temporaryFolder } from '../support/documents.ts';
import { openSentenceEncoder } from '../support/sentence-encoder.ts';
import { randomVectors } from '../support/vectors.ts';

const DIMENSIONS = 32;
const IMPLEMENTATIONS = { exact: createExactIndex, hnsw: (dimensions: number) => hnsw.create(dimensions) };

describe.each(Object.entries(IMPLEMENTATIONS))('the %s vector index', (_name, create) => {
  const fill = (count: number) => {
    const index = create(DIMENSIONS);
    const entries = randomVectors(count, DIMENSIONS).map((vector, i) => ({ label: i * 3, vector }));
    index.add(entries);
    return { index, entries };
  };

  test('finds a vector as its own nearest neighbour, with similarity 1', async () => {
    const { index, entries } = fill(50);
    for (const { label, vector } of entries.slice(0, 10)) {
      const [hit] = await index.search(vector, 1);
      expect(hit?.label).toBe(label);
      expect(hit?.similarity).toBeCloseTo(1, 4);
    }
  });

  test('orders by similarity, best first, and opposite vectors last with −1', async () => {
    const { index, entries } = fill(20);
    const first = entries[0]?.vector ?? [];
    index.add([{ label: 999, vector: first.map((value) => -value) }]);
    const hits = await index.search(first, 21);
    expect(hits).toHaveLength(21);
    expect(hits.at(-1)?.label).toBe(999);
    expect(hits.at(-1)?.similarity).toBeCloseTo(-1, 4);
    expect(hits.map(({ similarity }) => similarity)).toEqual(
      hits.map(({ similarity }) => similarity).toSorted((a, b) => b - a),
    );
  });

  test('a removed label is not found, and can be added again', async () => {
    const { index, entries } = fill(10);
    const [{ label, vector } = { label: -1, vector: [] }] = entries;
    index.remove([label, 12345]);
    index.remove([label]);
    expect(index.size).toBe(9);
    expect((await index.search(vector, 10)).map((hit) => hit.label)).not.toContain(label);
    index.add([{ label, vector }]);
    expect((await index.search(vector, 1))[0]?.label).toBe(label);
  });

  test('searches only among the allowed', async () => {
    const { index, entries } = fill(200);
    const allowed = new Set(entries.filter((_, i) => i % 10 === 0).map(({ label }) => label));
    const hits = await index.search(entries[5]?.vector ?? [], 10, allowed);
    expect(hits).toHaveLength(10);
    expect(hits.every(({ label }) => allowed.has(label))).toBe(true);
    expect(await index.search(entries[5]?.vector ?? [], 10, new Set())).toEqual([]);
  });

  test('an empty index finds nothing, and asking for more than there is gives what there is', async () => {
    expect(await create(DIMENSIONS).search(randomVectors(1, DIMENSIONS)[0] ?? [], 5)).toEqual([]);
    const { index, entries } = fill(3);
    expect(await index.search(entries[0]?.vector ?? [], 100)).toHaveLength(3);
  });

  test.each([
    ['of another width', [1, 2]],
    ['that is not finite', Array.from({ length: DIMENSIONS }, (_, i) => (i === 7 ? Number.NaN : 1))],
  ])('a vector %s is refused, and nothing of its batch is added', (_case, wrong) => {
    const index = create(DIMENSIONS);
    const good = { label: 1, vector: randomVectors(1, DIMENSIONS)[0] ?? [] };
    expect(() => index.add([good, { label: 2, vector: wrong }])).toThrow(RangeError);
    expect(index.size).toBe(0);
  });

  test('grows far past its first capacity', async () => {
    const { index, entries } = fill(2500);
    expect(index.size).toBe(2500);
    expect((await index.search(entries.at(-1)?.vector ?? [], 1))[0]?.label).toBe(entries.at(-1)?.label);
  });
});

test('hnsw finds what exact finds: recall@10 of at least 0.99', async () => {
  const vectors = randomVectors(3000, DIMENSIONS);
  const entries = vectors.map((vector, label) => ({ label, vector }));
  const [exact, approximate] = [createExactIndex(DIMENSIONS), hnsw.create(DIMENSIONS)];
  exact.add(entries);
  approximate.add(entries);
  let found = 0;
  for (const query of randomVectors(100, DIMENSIONS, 7)) {
    const truth = new Set((await exact.search(query, 10)).map(({ label }) => label));
    found += (await approximate.search(query, 10)).filter(({ label }) => truth.has(label)).length;
  }
  expect(found / 1000).toBeGreaterThanOrEqual(0.99);
});

describe('on the shipped corpus, asked the questions of the evaluation', () => {
  const folder = new URL('../../corpus/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'SOURCES.md');
  const texts = files
    .map((file) => documentFrom(readFileSync(new URL(file, folder), 'utf8'), file))
    .flatMap((document) => chunkDocument(document).map(({ context, text }) => `${context}\n${text}`));
  const hashing = createHashingEmbeddings();
  const encoders = {
    hashing: (text: string) => hashing.embedQuery(text),
    sentence: async (text: string) => Array.from((await sentenceEncoder()).encode(text)),
  };
  let opened: ReturnType<typeof openSentenceEncoder> | undefined;
  const sentenceEncoder = (): ReturnType<typeof openSentenceEncoder> => (opened ??= openSentenceEncoder());

  test.each(Object.entries(encoders))(
    'hnsw finds what exact finds by %s vectors: recall@10 of at least 0.99',
    async (_name, embed) => {
      const entries: VectorEntry[] = [];
      for (const [label, text] of texts.entries()) entries.push({ label, vector: await embed(text) });
      const dimensions = entries[0]?.vector.length ?? 0;
      const [exact, approximate] = [createExactIndex(dimensions), hnsw.create(dimensions)];
      exact.add(entries);
      approximate.add(entries);
      const questions = questionTexts().filter((_, i) => i % 3 === 0);
      let found = 0;
      for (const question of questions) {
        const query = await embed(question);
        const least = ((await exact.search(query, 10)).at(-1)?.similarity ?? 1) - 1e-5;
        found += (await approximate.search(query, 10)).filter(({ similarity }) => similarity >= least).length;
      }
      expect(found / (10 * questions.length)).toBeGreaterThanOrEqual(0.99);
    },
    90_000,
  );
});

test('an hnsw index comes back from its file without what was removed', async () => {
  const index = hnsw.create(DIMENSIONS);
  const entries = randomVectors(100, DIMENSIONS).map((vector, label) => ({ label, vector }));
  index.add(entries);
  index.remove([3, 4]);
  const path = join(await temporaryFolder(), 'vectors');
  await index.save(path);
  const loaded = await hnsw.load(path, DIMENSIONS);
  expect(loaded.labels().toSorted((a, b) => a - b)).toEqual(index.labels().toSorted((a, b) => a - b));
  expect(await loaded.search(entries[3]?.vector ?? [], 5)).toEqual(await index.search(entries[3]?.vector ?? [], 5));
});
