import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { CorpusStore } from '../../../src/corpus-store/corpus-store.ts';
import type { IndexManifest } from '../../../src/vector-index/index-manifest.ts';
import type { Embeddings } from '../../../src/embeddings/embeddings.ts';
import { createHashingEmbeddings } from '../../../src/embeddings/hashing.ts';
import { IndexUnusableError } from '../../../src/errors.ts';
import { chunkDocument } from '../../../src/ingest/chunk.ts';
import { embedPending } from '../../../src/ingest/embed.ts';
import { hnsw } from '../../../src/vector-index/hnsw.ts';
import { openIndexDirectory } from '../../../src/vector-index/index-directory.ts';
import type { VectorIndexFormat } from '../../../src/vector-index/vector-index.ts';
import { documentFrom, storeWith, temporaryFolder } from '../../support/documents.ts';

const embeddings = createHashingEmbeddings();
const DOCUMENT = documentFrom('## One\nThe first part.\n\n## Two\nThe second part.');

async function setUp() {
  const directory = await temporaryFolder();
  const { store } = await storeWith(DOCUMENT);
  const notices: string[] = [];
  const open = (model: Embeddings = embeddings) =>
    openIndexDirectory({
      directory,
      store,
      embeddings: model,
      format: hnsw,
      onNotice: (notice) => notices.push(notice),
    });
  return { directory, store, notices, open };
}

async function published(directory: string, store: CorpusStore, open: () => ReturnType<typeof openIndexDirectory>) {
  await embedPending(store, embeddings);
  await (await open()).publish();
  const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')) as IndexManifest;
  return { manifest, file: join(directory, manifest.vectorIndex?.file ?? '') };
}

test('the manifest says what the index was built from and how far the vectors are', async () => {
  const { directory, store, open } = await setUp();
  await (await open()).publish();
  expect(JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8'))).toMatchObject({
    chunks: 2,
    embedded: 0,
    vectorIndex: null,
  });
  const { manifest } = await published(directory, store, open);
  expect(manifest).toMatchObject({ embeddings: { id: embeddings.id, dimensions: 1024 }, chunks: 2, embedded: 2 });
  expect(manifest.corpusDigest).toBe(await store.corpusDigest());
});

test('a published index opens with its vectors, and publishing it again writes nothing', async () => {
  const { directory, store, notices, open } = await setUp();
  const { file } = await published(directory, store, open);
  const files = await readdir(directory);
  const again = await open();
  expect(again.vectors.size).toBe(2);
  await writeFile(join(directory, 'manifest.json'), await readFile(join(directory, 'manifest.json')));
  await again.publish();
  expect(await readdir(directory)).toEqual(files);
  expect(file).toMatch(/vectors-[0-9a-f]{16}\.hnsw$/);
  expect(notices).toEqual([]);
});

test.each([
  ['truncated', (file: string) => truncate(file, 100)],
  [
    'overwritten at the same length',
    async (file: string) => writeFile(file, Buffer.alloc((await readFile(file)).length)),
  ],
])('an index file that was %s is built again from the store, and that is said', async (_case, damage) => {
  const { directory, store, notices, open } = await setUp();
  const { file } = await published(directory, store, open);
  await damage(file);
  const index = await open();
  expect(notices).toEqual([expect.stringContaining('built again from the store')]);
  expect(index.vectors.size).toBe(2);
  await index.publish();
  expect((await open()).vectors.size).toBe(2);
  expect(notices).toHaveLength(1);
});

test('a damaged manifest costs a rebuild, not the index', async () => {
  const { directory, store, notices, open } = await setUp();
  await published(directory, store, open);
  await writeFile(join(directory, 'manifest.json'), '{"format": 1, "embed');
  expect((await open()).vectors.size).toBe(2);
  expect(notices).toEqual([expect.stringContaining('manifest.json is damaged')]);
});

test('an index of another model is refused with the command that rebuilds it', async () => {
  const { directory, store, open } = await setUp();
  await published(directory, store, open);
  const opening = open({ ...embeddings, id: 'other:model', dimensions: 3 });
  await expect(opening).rejects.toThrow(IndexUnusableError);
  await expect(opening).rejects.toThrow(/hashing:.*1024.*other:model.*npm run ingest -- --rebuild/);
});

test('an index of another format is refused with the command that rebuilds it', async () => {
  const { directory, store, open } = await setUp();
  const { manifest } = await published(directory, store, open);
  await writeFile(join(directory, 'manifest.json'), JSON.stringify({ ...manifest, format: 99 }));
  await expect(open()).rejects.toThrow(/format 99.*--rebuild/);
});

test('documents that change between two runs are followed: what is gone is not found', async () => {
  const { directory, store, open } = await setUp();
  const { file } = await published(directory, store, open);
  await store.publish({ write: [], relocate: [], remove: [DOCUMENT.id] });
  const index = await open();
  expect(index.vectors.size).toBe(0);
  await index.publish();
  expect(await readdir(directory)).not.toContain(file);
});

test('an index of mostly deleted entries is built again without them, and that is said', async () => {
  const narrow: Embeddings = { ...embeddings, id: 'narrow', dimensions: 3 };
  const { store, notices, open } = await setUp();
  const writeRows = async (from: number, count: number): Promise<void> => {
    const text = Array.from({ length: count }, (_, i) => `## ${from + i}\nRow ${from + i}.`).join('\n\n');
    const document = documentFrom(text, 'rows.md');
    await store.publish({ write: [{ document, chunks: chunkDocument(document) }], relocate: [], remove: [] });
    const pending = await store.listPending('narrow', 10_000);
    const vectors = pending.map(({ digest }, i) => ({ digest, vector: [1, i, from] }));
    await store.saveVectors('narrow', vectors);
  };
  await writeRows(0, 1100);
  const index = await open(narrow);
  await index.publish();
  await writeRows(5000, 20);
  await index.publish();
  expect(notices).toEqual([expect.stringContaining('deleted entries')]);
  expect(index.vectors.size).toBe(22);
  expect(await index.vectors.search([1, 19, 5000], 1)).toHaveLength(1);
  const again = await open(narrow);
  expect(again.vectors.labels().toSorted((a, b) => a - b)).toEqual(await store.listEmbedded('narrow'));
});

test('a file that was only written in part is not published, and what was published stays', async () => {
  const { directory, store, open } = await setUp();
  const { file } = await published(directory, store, open);
  const broken: VectorIndexFormat = {
    ...hnsw,
    load: async (path, dimensions) => {
      const index = await hnsw.load(path, dimensions);
      return Object.assign(index, { save: () => Promise.reject(new Error('only a part of it could be written')) });
    },
  };
  const index = await openIndexDirectory({ directory, store, embeddings, format: broken, onNotice: () => {} });
  await store.publish({ write: [], relocate: [], remove: [DOCUMENT.id] });
  const later = documentFrom('## Three\nThe third part.', 'later.md');
  await store.publish({ write: [{ document: later, chunks: chunkDocument(later) }], relocate: [], remove: [] });
  await embedPending(store, embeddings);
  await expect(index.publish()).rejects.toThrow(/is the disk full/);
  expect(await readdir(directory)).toContain(basename(file));
  expect((await open()).vectors.size).toBe(1);
});

test('a crash between saving vectors and publishing loses nothing', async () => {
  const { store, open } = await setUp();
  await (await open()).publish();
  await embedPending(store, embeddings);
  expect((await open()).vectors.size).toBe(2);
});

test('a crash before the rename leaves the published index as it was', async () => {
  const { directory, store, notices, open } = await setUp();
  await published(directory, store, open);
  await writeFile(join(directory, 'vectors.999.tmp'), 'half a file');
  expect((await open()).vectors.size).toBe(2);
  expect(notices).toEqual([]);
});
