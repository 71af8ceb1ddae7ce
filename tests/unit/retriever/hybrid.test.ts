import { expect, test } from 'vitest';
import { createHashingEmbeddings } from '../../../src/embeddings/hashing.ts';
import { embedPending } from '../../../src/ingest/embed.ts';
import { openTranslator } from '../../../src/language/open-translator.ts';
import { createVocabulary } from '../../../src/language/vocabulary.ts';
import { createHybridRetriever } from '../../../src/retriever/hybrid.ts';
import { createExactIndex } from '../../../src/vector-index/exact.ts';
import { createIndexedNearest } from '../../../src/vector-index/indexed-nearest.ts';
import { documentFrom, storeWith } from '../../support/documents.ts';

const embeddings = createHashingEmbeddings();
const translate = openTranslator({ dictionaries: [], onNotice: (notice) => expect.fail(notice) });
const DOCUMENTS = [
  documentFrom('---\nid: nuclear\ndate: 2016-11-11\n---\nThe nuclear agreement was signed in Tokyo.'),
  documentFrom('---\nid: rice\ndate: 2020-01-01\n---\nRice is grown in wet fields.'),
  documentFrom('---\nid: hindi\nlanguage: hi\n---\nचावल की खेती होती है।'),
];

async function setUp(vectors = true) {
  const { store, lexicalIndex } = await storeWith(...DOCUMENTS);
  const index = createExactIndex(embeddings.dimensions);
  if (vectors) {
    await embedPending(store, embeddings);
    index.add(await store.findVectors(embeddings.id, await store.listEmbedded(embeddings.id)));
  }
  const vocabulary = createVocabulary(lexicalIndex, translate);
  const nearest = createIndexedNearest({ store, vectors: index, model: embeddings.id });
  const retriever = createHybridRetriever({ store, lexicalIndex, vocabulary, nearest, embeddings });
  return async (text: string, filters = {}, limit = 10) => retriever.retrieve({ text, filters, limit });
}
const idsOf = (passages: readonly { document: { id: string } }[]): string[] =>
  passages.map(({ document }) => document.id);

test('ranks are dense from 1 and no more than asked for', async () => {
  const search = await setUp();
  const passages = await search('agreement on rice');
  expect(passages.map(({ rank }) => rank)).toEqual(passages.map((_, i) => i + 1));
  expect(await search('agreement on rice', {}, 1)).toHaveLength(1);
});

test('words and meaning each find what the other does not', async () => {
  const search = await setUp();
  expect(idsOf(await search('agreement'))[0]).toBe('nuclear');
  const [misspelt] = await search('unclear greement');
  expect(misspelt?.document.id).toBe('nuclear');
  expect(misspelt?.signals.lexical).toBeUndefined();
  expect(misspelt?.similarity).toBeGreaterThan(0);
});

test('before there are vectors the words alone answer, with similarity 0', async () => {
  const search = await setUp(false);
  const passages = await search('nuclear agreement');
  expect(idsOf(passages)).toEqual(['nuclear']);
  expect(passages[0]?.similarity).toBe(0);
});

test('filters hold for both signals', async () => {
  const search = await setUp();
  expect(idsOf(await search('rice agreement', { asOf: '2018-01-01' }))).toEqual(['nuclear']);
  expect(idsOf(await search('rice agreement', { documentIds: ['rice'] }))).toEqual(['rice']);
  expect(await search('rice', { kind: ['nothing'] })).toEqual([]);
});

test('a question finds passages in another language through the glossary', async () => {
  const search = await setUp(false);
  expect(idsOf(await search('परमाणु समझौता'))).toContain('nuclear');
  expect(idsOf(await search('原子力協定'))).toContain('nuclear');
  expect(idsOf(await search('rice'))).toEqual(['rice', 'hindi']);
});

test.each(['', '?!', 'the of and', '🙂', 'x', '"NEAR(a, b)" OR *', 'a'.repeat(2000)])(
  '%j gives a list, never an error',
  async (text) => {
    const search = await setUp();
    expect(await search(text)).toBeInstanceOf(Array);
  },
);

test('a neighbour in the language of the question does not hide the passage that answers in another', async () => {
  const { store, lexicalIndex } = await storeWith(
    documentFrom('---\nid: other\nlanguage: hi\n---\nचावल समझौते पर हस्ताक्षर 2011 में हुए।'),
    documentFrom('---\nid: another\nlanguage: hi\n---\nमछली समझौते पर हस्ताक्षर 2012 में हुए।'),
    documentFrom('---\nid: nuclear\n---\nThe civil nuclear agreement was signed in Tokyo on 11 November 2016.'),
  );
  const vocabulary = createVocabulary(lexicalIndex, translate);
  const vectors = createExactIndex(embeddings.dimensions);
  const nearest = createIndexedNearest({ store, vectors, model: embeddings.id });
  const retriever = createHybridRetriever({ store, lexicalIndex, vocabulary, nearest, embeddings });
  const text = 'असैन्य परमाणु समझौते पर हस्ताक्षर टोक्यो में कब हुए?';
  expect(idsOf(await retriever.retrieve({ text, filters: {}, limit: 3 }))[0]).toBe('nuclear');
});

test('embeddings that cannot read a question are asked with what is known of it in English', async () => {
  const { store, lexicalIndex } = await storeWith(...DOCUMENTS);
  const asked: string[] = [];
  const english = {
    ...embeddings,
    covers: (text: string) => /^[\x20-\x7e]+$/.test(text),
    embedQuery: async (text: string) => {
      asked.push(text);
      return embeddings.embedQuery(text);
    },
  };
  await embedPending(store, english);
  const vectors = createExactIndex(english.dimensions);
  vectors.add(await store.findVectors(english.id, await store.listEmbedded(english.id)));
  const vocabulary = createVocabulary(lexicalIndex, translate);
  const nearest = createIndexedNearest({ store, vectors, model: english.id });
  const retriever = createHybridRetriever({ store, lexicalIndex, vocabulary, nearest, embeddings: english });
  const [best] = await retriever.retrieve({ text: '2016 का परमाणु समझौता', filters: {}, limit: 3 });
  expect(asked).toEqual([expect.stringMatching(/^2016 .*nuclear/)]);
  expect(best).toMatchObject({ document: { id: 'nuclear' }, similarity: 0 });
  expect(best?.signals.cosine).toBeGreaterThan(0);
});
