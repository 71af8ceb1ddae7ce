import { expect, test } from 'vitest';
import { findSuccessors } from '../../../src/ask/find-successors.ts';
import { documentFrom, storeWith } from '../../support/documents.ts';
import { passagesFrom } from '../../support/passages.ts';

const NEXT = documentFrom('---\nid: next\ntitle: Ferry accord 2\ndate: 2025-08\nsupersedes: [doc-1]\n---\nText.');
const LAST = documentFrom('---\nid: last\ntitle: Ferry accord 3\ndate: 2030\nsupersedes: [Ferry accord]\n---\nText.');
const PASSAGES = passagesFrom('---\ntitle: Ferry accord\n---\nIt was signed.', '---\ntitle: Tram line\n---\nIt runs.');

async function successorsOn(asOf: string | undefined) {
  const { store } = await storeWith(NEXT, LAST);
  const found = await findSuccessors(PASSAGES, (names) => store.findSuperseding(names), asOf);
  return Object.fromEntries([...found].map(([id, documents]) => [id, documents.map(({ documentId }) => documentId)]));
}

test('what replaces a document is found by its id and by its title', async () => {
  expect(await successorsOn(undefined)).toEqual({ 'doc-1': ['next', 'last'] });
});

test('as of a day, only what was known by then replaces', async () => {
  expect(await successorsOn('2025-08-01')).toEqual({ 'doc-1': ['next'] });
  expect(await successorsOn('2025-07-31')).toEqual({});
});
