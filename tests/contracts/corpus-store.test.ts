import { describe, expect, test } from 'vitest';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { extractTerms } from '../../src/language/terms.ts';
import { documentFrom } from '../support/documents.ts';
import { listEngines } from '../support/stores.ts';

const ACCORD = documentFrom(
  '---\nid: accord\ntitle: Accord\nauthority: official\nkind: treaty\ndate: 2011-02-16\n---\n## Tariffs\nJapan freed 87 per cent.\n\n## Talent\nNurses may come.',
);
const PRESS = documentFrom(
  '---\nid: press\ntitle: Report\nkind: news\ndate: 2026-07\nlanguage: en-IN\n---\nThe tariffs are discussed.',
);
const UNDATED = documentFrom('---\nid: undated\n---\nTariffs without a date.');
const NAMES = documentFrom(
  '---\nid: names\ntitle: Modi in Tokyo\n---\n## Chennai\nJapan lends a supercomputer and makes semiconductors: a partnership for skills.',
);
const MODEL = 'test:model';
const NO_CHANGE = { write: [], relocate: [], remove: [] };

// Every store passes this suite.
for (const { name: engine, absent, open } of listEngines())
  describe.skipIf(absent)(`the ${engine} corpus store`, () => {
    const search = async (index: Awaited<ReturnType<typeof open>>, query: string, filters = {}) => {
      const hits = await index.lexicalIndex.search(extractTerms(query), { limit: 10, filters });
      const found = await index.store.findChunks(hits.map(({ label }) => label));
      return found.map(({ chunk }) => chunk.id);
    };

    test('gives documents and chunks back as they were published', async () => {
      const { store } = await open(ACCORD, PRESS);
      expect(await store.findDocument('accord')).toEqual(ACCORD);
      expect(await store.findDocument('nothing')).toBeUndefined();
      expect((await store.listDocuments(MODEL)).map(({ id, chunks, embedded }) => [id, chunks, embedded])).toEqual([
        ['accord', 2, 0],
        ['press', 1, 0],
      ]);
      const labels = [...(await store.findLabels({ documentIds: ['accord'] }))];
      const chunks = await store.findChunks(labels);
      expect(chunks.map(({ chunk }) => chunk)).toEqual(chunkDocument(ACCORD));
      expect(chunks[0]?.document).toMatchObject({ id: 'accord', authority: 'official' });
    });

    test('finds chunks in the order asked and leaves out what is gone', async () => {
      const { store } = await open(ACCORD);
      const [first = 0, second = 0] = [...(await store.findLabels({}))];
      expect((await store.findChunks([second, 999, first])).map(({ label }) => label)).toEqual([second, first]);
    });

    test('gives the digests of chunks by their ids, and leaves out what is gone', async () => {
      const { store } = await open(ACCORD, PRESS);
      const [first] = chunkDocument(ACCORD);
      const digests = await store.findChunkDigests(['accord#1', 'accord#9']);
      expect([...digests]).toEqual([['accord#1', first?.digest]]);
      expect(await store.findChunkDigests([])).toEqual(new Map());
    });

    test('finds what supersedes a document, by its id or title, oldest first', async () => {
      const replacing = (id: string, date: string, name: string) =>
        documentFrom(`---\nid: ${id}\ndate: "${date}"\nsupersedes: [${name}]\n---\nText.`);
      const { store } = await open(ACCORD, replacing('third', '2020', 'accord'), replacing('second', '2015', 'accord'));
      const found = await store.findSuperseding(['accord', 'Accord', 'press']);
      expect([...found].map(([name, documents]) => [name, documents.map(({ id }) => id)])).toEqual([
        ['accord', ['second', 'third']],
      ]);
      expect(await store.findSuperseding([])).toEqual(new Map());
    });

    test('finds by words, in the text, the headings and the title', async () => {
      const index = await open(ACCORD, PRESS);
      expect(await search(index, 'Which nurses?')).toEqual(['accord#2']);
      expect(await search(index, 'talent')).toEqual(['accord#2']);
      expect(await search(index, 'report')).toEqual(['press#1']);
      expect(await search(index, 'submarine')).toEqual([]);
      expect(await search(index, '')).toEqual([]);
    });

    test.each([
      [{ authority: ['official'] }, ['accord']],
      [{ kind: ['news'] }, ['press']],
      [{ language: ['en'] }, ['accord', 'press', 'undated']],
      [{ language: ['en-in'] }, ['press']],
      [{ language: ['e'] }, []],
      [{ documentIds: ['press', "x' OR 1=1 --"] }, ['press']],
      [{ asOf: '2011-02-16' }, ['accord']],
      [{ asOf: '2011-02-15' }, []],
      [{ asOf: '2026-07-01' }, ['accord', 'press']],
      [{ asOf: '2026-06-30' }, ['accord']],
      [{ kind: [] }, []],
    ] as const)('%j restricts search and labels alike to %j', async (filters, expected) => {
      const index = await open(ACCORD, PRESS, UNDATED);
      const found = await search(index, 'tariffs', filters);
      expect([...new Set(found.map((id) => id.split('#')[0]))].toSorted()).toEqual(expected);
      const labelled = await index.store.findChunks([...(await index.store.findLabels(filters))]);
      expect([...new Set(labelled.map(({ document }) => document.id))].toSorted()).toEqual(expected);
    });

    test.each(['"', '*', 'NEAR(a b)', 'a AND', '-tariffs', 'title:x', '"unclosed', "'; DROP TABLE chunks; --"])(
      '%j is text, not an operator',
      async (query) => {
        const index = await open(ACCORD);
        await expect(search(index, query)).resolves.toBeInstanceOf(Array);
        expect((await index.store.countChunks(MODEL)).chunks).toBe(2);
      },
    );

    test('rare terms weigh more than frequent ones, unknown ones most', async () => {
      const { lexicalIndex } = await open(ACCORD, PRESS, UNDATED);
      const weights = await lexicalIndex.weighTerms(['tariff', 'nurs', 'submarin', 'nurs']);
      const [tariff = 0, nurse = 0, submarine = 0] = [...weights.values()];
      expect(weights.size).toBe(3);
      expect(tariff).toBeGreaterThan(0);
      expect(nurse).toBeGreaterThan(tariff);
      expect(submarine).toBeGreaterThan(nurse);
    });

    const heard = async (index: Awaited<ReturnType<typeof open>>, ...words: string[]) => {
      const alike = await index.lexicalIndex.findSoundAlikes(words);
      return words.map((word) => (alike.get(word) ?? []).map(({ term }) => term));
    };

    test.each([
      ['मोदी', 'modi'],
      ['टोक्यो', 'tokyo'],
      ['ஜப்பானின்', 'japan'],
      ['समझौता', undefined],
      ['சென்னை', 'chennai'],
      ['ஜப்பான்', 'japan'],
      ['スーパーコンピュータ', 'supercomput'],
      ['スキル', 'skill'],
      ['パートナーシップ', 'partnership'],
      ['सेमीकंडक्टर', 'semiconductor'],
    ])('%s is heard as the term %s of an English document, from its title, headings or text', async (word, term) => {
      const index = await open(NAMES);
      expect(await heard(index, word)).toEqual([term ? [term] : []]);
    });

    test.each([
      ['Modi', ['मोदी', 'モディ', 'மோடி']],
      ['மோடி', ['मोदी', 'モディ']],
      ['मोदी', ['モディ', 'மோடி']],
    ])('%s is heard in every script but its own', async (word, terms) => {
      const index = await open(documentFrom('---\nid: names\n---\nमोदी மோடி モディ'));
      const [found = []] = await heard(index, word);
      expect(found.toSorted()).toEqual(terms.toSorted());
    });

    test('what sounds alike comes best first, at most three, each word as asked', async () => {
      const index = await open(documentFrom('---\nid: names\n---\nModi, Moddi, Modhi, Mohddi, Madi and Tokyo.'));
      const alike = await index.lexicalIndex.findSoundAlikes(['मोदी', 'Modi', '2026', 'से', '', '東京', 'का']);
      expect([...alike.keys()]).toEqual(['मोदी', 'Modi', '2026', 'से', '', '東京', 'का']);
      const similarities = (alike.get('मोदी') ?? []).map(({ similarity }) => similarity);
      expect(similarities).toHaveLength(3);
      expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
      expect(similarities[0]).toBe(1);
      expect([...alike.values()].filter((terms) => terms.length > 0)).toHaveLength(1);
    });

    test('terms that left the index are no longer heard, and those that others hold still are', async () => {
      const index = await open(NAMES, documentFrom('---\nid: other\n---\nTokyo.'));
      await index.store.publish({ ...NO_CHANGE, remove: ['names'] });
      expect(await heard(index, 'मोदी', 'टोक्यो')).toEqual([[], ['tokyo']]);
    });

    test('what is heard depends on what is published, not on the order', async () => {
      const other = documentFrom('---\nid: other\n---\nMody met Modi.');
      const [one, two] = await Promise.all([open(NAMES, other), open(other, NAMES)]);
      expect(await heard(one, 'मोदी')).toEqual(await heard(two, 'मोदी'));
    });

    test('a changed document replaces all of the old one, in every index', async () => {
      const index = await open(ACCORD);
      const before = [...(await index.store.findLabels({}))];
      const changed = { ...ACCORD, text: 'Only submarines now.', digest: 'other' };
      await index.store.publish({ ...NO_CHANGE, write: [{ document: changed, chunks: chunkDocument(changed) }] });
      expect(await search(index, 'nurses')).toEqual([]);
      expect(await search(index, 'submarines')).toEqual(['accord#1']);
      const after = [...(await index.store.findLabels({}))];
      expect(after.filter((label) => before.includes(label))).toEqual([]);
    });

    test('a removed document is in no index, and neither are its vectors', async () => {
      const index = await open(ACCORD, PRESS);
      const pending = await index.store.listPending(MODEL, 10);
      await index.store.saveVectors(
        MODEL,
        pending.map(({ digest }) => ({ digest, vector: [1, 2] })),
      );
      await index.store.publish({ ...NO_CHANGE, remove: ['accord'] });
      expect(await search(index, 'nurses')).toEqual([]);
      expect(await index.store.listEmbedded(MODEL)).toHaveLength(1);
      expect(await index.store.countChunks(MODEL)).toEqual({ documents: 1, chunks: 1, embedded: 1 });
    });

    test('a change that fails leaves everything as it was', async () => {
      const index = await open(ACCORD);
      const digest = await index.store.corpusDigest();
      const [chunk] = chunkDocument(PRESS);
      const broken = { document: PRESS, chunks: chunk ? [chunk, chunk] : [] };
      await expect(index.store.publish({ ...NO_CHANGE, write: [broken], remove: ['accord'] })).rejects.toThrow();
      expect(await index.store.corpusDigest()).toBe(digest);
      expect(await search(index, 'nurses')).toEqual(['accord#2']);
      expect(await search(index, 'report')).toEqual([]);
    });

    test('the corpus digest depends on what is published, not on the order', async () => {
      const [one, other, less] = await Promise.all([open(ACCORD, PRESS), open(PRESS, ACCORD), open(ACCORD)]);
      expect(await one.store.corpusDigest()).toBe(await other.store.corpusDigest());
      expect(await one.store.corpusDigest()).not.toBe(await less.store.corpusDigest());
    });

    test('vectors come back as saved, belong to one model, and equal texts share one', async () => {
      const { store } = await open(ACCORD, PRESS);
      const [first] = await store.listPending(MODEL, 1);
      expect(first?.text).toContain('Accord');
      await store.saveVectors(MODEL, [{ digest: first?.digest ?? '', vector: [0.5, -1.25] }]);
      const [label = 0] = await store.listEmbedded(MODEL);
      expect((await store.findVectors(MODEL, [label])).map(({ vector }) => [...vector])).toEqual([[0.5, -1.25]]);
      expect(await store.listEmbedded('other:model')).toEqual([]);
      expect(await store.listPending(MODEL, 10)).toHaveLength(2);
    });
  });
