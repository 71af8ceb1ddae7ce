import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHashingEmbeddings } from '../../../src/embeddings/hashing.ts';
import { IngestError } from '../../../src/errors.ts';
import { embedPending } from '../../../src/ingest/embed.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { prepareDocument } from '../../../src/ingest/prepare.ts';
import { storeWith, temporaryFolder } from '../../support/documents.ts';

const embeddings = createHashingEmbeddings();

async function setUp(files: Record<string, string | Uint8Array>) {
  const base = await temporaryFolder();
  const folder = join(base, 'corpus');
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await write(name, content);
  const { store } = await storeWith();
  const deps = { store, prepare: prepareDocument, indexDirectory: join(base, 'index'), maxFileBytes: 1024 * 1024 };
  return { base, folder, store, write, run: (path = folder) => ingest(path, deps) };
}

test('a folder is read whole, with its folders, and a second run changes nothing', async () => {
  const { store, run } = await setUp({ 'a.md': '# A\nText.', 'deep/b.txt': 'Text.' });
  expect(await run()).toEqual({
    added: ['a', 'deep/b'],
    changed: [],
    kept: [],
    removed: [],
    rejected: [],
    deleted: [],
    duplicates: [],
  });
  const digest = await store.corpusDigest();
  const labels = await store.findLabels({});
  expect(await run()).toMatchObject({ added: [], changed: [], kept: ['a', 'deep/b'], removed: [] });
  expect(await store.corpusDigest()).toBe(digest);
  expect(await store.findLabels({})).toEqual(labels);
});

test('edits, additions and deletions are followed', async () => {
  const { folder, store, write, run } = await setUp({ 'a.md': 'One.', 'b.md': 'Two.', 'c.md': 'Three.' });
  await run();
  await write('a.md', 'One, edited.');
  await write('d.md', 'Four.');
  await rm(join(folder, 'b.md'));
  expect(await run()).toMatchObject({ added: ['d'], changed: ['a'], kept: ['c'], removed: ['b'] });
  expect((await store.findDocument('a'))?.text).toBe('One, edited.');
});

test('what cannot be read is left out with its reason, the rest is ingested', async () => {
  const { run } = await setUp({
    'good.md': 'Text.',
    'yaml.md': '---\ntitle: "open\n---\ntext',
    'latin1.md': Uint8Array.from([0xe9, 0x20, 0x61]),
    'binary.txt': 'a\0b',
    'scan.xyz': 'Text.',
    'twin.md': '---\nid: good\n---\nSame id.',
    'SOURCES.md': '# Sources',
    '.hidden/x.md': 'Hidden.',
  });
  const { added, rejected } = await run();
  expect(added).toEqual(['good']);
  const reasons = Object.fromEntries(rejected.map(({ uri, reason }) => [uri.split('/').at(-1), reason]));
  expect(reasons).toEqual({
    'yaml.md': expect.stringContaining('not valid YAML'),
    'latin1.md': expect.stringContaining('not UTF-8'),
    'binary.txt': expect.stringContaining('NUL'),
    'scan.xyz': expect.stringContaining('.xyz cannot be read'),
    'twin.md': expect.stringContaining('used by another file'),
  });
});

test('a document whose file was broken by an edit stays as it was', async () => {
  const { store, write, run } = await setUp({ 'a.md': 'Good.', 'b.md': 'Other.' });
  await run();
  await write('a.md', '---\ntitle: "open\n---\nBroken.');
  expect(await run()).toMatchObject({ removed: [], kept: ['b'] });
  expect((await store.findDocument('a'))?.text).toBe('Good.');
});

test('one file is ingested without touching the rest of its folder', async () => {
  const { folder, write, run } = await setUp({ 'a.md': 'One.', 'b.md': 'Two.' });
  await run();
  await write('a.md', 'Edited.');
  expect(await run(join(folder, 'a.md'))).toMatchObject({ changed: ['a'], removed: [] });
});

test('a folder that moved keeps its documents, and follows deletions from its new place', async () => {
  const { base, folder, run } = await setUp({ 'a.md': 'One.', 'b.md': 'Two.' });
  await run();
  const moved = join(base, 'moved');
  await rename(folder, moved);
  await rm(join(moved, 'b.md'));
  expect(await run(moved)).toMatchObject({ added: [], changed: [], kept: ['a'] });
  await writeFile(join(moved, 'c.md'), 'Three.');
  await rm(join(moved, 'a.md'));
  expect(await run(moved)).toMatchObject({ added: ['c'], removed: ['a'] });
});

test('nothing to read is said, and takes nothing away', async () => {
  const { folder, store, run } = await setUp({ 'a.md': 'One.' });
  await run();
  await expect(run(join(folder, 'missing'))).rejects.toThrow(IngestError);
  await rm(join(folder, 'a.md'));
  await expect(run()).rejects.toThrow(/holds no documents/);
  await writeFile(join(folder, 'a.md'), '---\nauthority: rumour\n---\ntext');
  await expect(run()).rejects.toThrow(/Nothing at .* could be read.*authority/);
  expect(await store.findDocument('a')).toBeDefined();
});

test('embedding gives each chunk a vector, resumes, and has nothing to do the second time', async () => {
  const { store, run } = await setUp({ 'a.md': '# A\n\n## One\nText.\n\n## Two\nMore.' });
  await run();
  const told: [number, number][] = [];
  expect(await embedPending(store, embeddings, { onSaved: (done, total) => void told.push([done, total]) })).toBe(2);
  expect(told).toEqual([[2, 2]]);
  expect(await embedPending(store, embeddings)).toBe(0);
});

test('a model that gives no proper vectors is an error, not an index', async () => {
  const { store, run } = await setUp({ 'a.md': 'Text.' });
  await run();
  const broken = { ...embeddings, embedDocuments: async (texts: string[]) => texts.map(() => [Number.NaN]) };
  await expect(embedPending(store, broken)).rejects.toThrow(/not 1024 finite numbers/);
  expect(await store.listEmbedded(embeddings.id)).toEqual([]);
});

test('a provider that fails midway costs one batch: the next run embeds what is left, and nothing twice', async () => {
  const sections = Array.from({ length: 600 }, (_, i) => `## Section ${i}\nText ${i}.`).join('\n\n');
  const { store, run } = await setUp({ 'a.md': `# A\n\n${sections}` });
  await run();
  const { chunks } = await store.countChunks(embeddings.id);
  const seen: string[] = [];
  let calls = 0;
  const failing = {
    ...embeddings,
    embedDocuments: async (texts: string[]) => {
      if (++calls === 2) throw new Error('the provider is down');
      seen.push(...texts);
      return embeddings.embedDocuments(texts);
    },
  };
  await expect(embedPending(store, failing)).rejects.toThrow('the provider is down');
  const { embedded } = await store.countChunks(embeddings.id);
  expect(embedded).toBe(seen.length);
  expect(embedded).toBeGreaterThan(0);
  expect(await embedPending(store, failing)).toBe(chunks - embedded);
  expect(new Set(seen).size).toBe(seen.length);
  expect((await store.countChunks(embeddings.id)).embedded).toBe(chunks);
});
