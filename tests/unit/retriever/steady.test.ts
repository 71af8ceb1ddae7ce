import { expect, test } from 'vitest';
import type { CorpusStore } from '../../../src/corpus-store/corpus-store.ts';
import { createSteadyRetriever } from '../../../src/retriever/steady.ts';
import { passagesFrom } from '../../support/passages.ts';

const QUERY = { text: 'parties', limit: 3, filters: {} };
const [before, after] = [passagesFrom('# Old\n\nThe old text.'), passagesFrom('# New\n\nThe new text.')];

/** A corpus that is published anew during the first `changes` searches. */
function changing(changes: number) {
  let searches = 0;
  const store = { corpusDigest: async () => `state ${Math.min(searches, changes)}` } as CorpusStore;
  const retrieve = async () => (searches++ < changes ? before : after);
  return { retriever: createSteadyRetriever({ retrieve }, store), searches: () => searches };
}

test('passages found while the corpus changed are not shown: they are looked for again', async () => {
  const { retriever, searches } = changing(2);
  expect(await retriever.retrieve(QUERY)).toBe(after);
  expect(searches()).toBe(3);
});

test('a corpus that keeps still is searched once', async () => {
  const { retriever, searches } = changing(0);
  expect(await retriever.retrieve(QUERY)).toBe(after);
  expect(searches()).toBe(1);
});
