import { expect, test } from 'vitest';
import { selectPassages } from '../../../src/ask/select-passages.ts';
import { passagesFrom } from '../../support/passages.ts';

test('what neither means nor says what was asked is left out, with the reason', () => {
  const passages = passagesFrom('One thing.', 'Another thing.').map((passage) => ({ ...passage, similarity: 0.1 }));
  const { passages: selected, rejected } = selectPassages(passages, ({ rank }) => (rank === 1 ? 0.9 : 0));
  expect(selected.map(({ rank }) => rank)).toEqual([1]);
  expect(rejected).toEqual([{ chunkId: 'doc-2#1', reason: expect.stringContaining('below the gate') }]);
});

test('one document cannot fill the selection', () => {
  const sections = Array.from({ length: 9 }, (_, i) => `## Part ${i}\nText ${i}.`).join('\n\n');
  const { passages: selected } = selectPassages(passagesFrom(sections, 'Other text.'), () => 1);
  expect(new Set(selected.map(({ chunk }) => chunk.documentId))).toEqual(new Set(['doc-1', 'doc-2']));
});
