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

const ARTICLE =
  'Each Party shall designate a contact point to facilitate communications on mediation under this Chapter.';

test('a copy is left out, and the reason names what it repeats', () => {
  const { passages, rejected } = selectPassages(passagesFrom(ARTICLE, ARTICLE, 'Other text.'), () => 1);
  expect(passages.map(({ rank }) => rank)).toEqual([1, 3]);
  expect(rejected).toEqual([{ chunkId: 'doc-2#1', reason: 'it says the same as passage 1' }]);
});

test('a copy stays where its title or headings hold more of the question', () => {
  const { passages } = selectPassages(passagesFrom(ARTICLE, ARTICLE), ({ rank }) => (rank === 2 ? 1 : 0.5));
  expect(passages.map(({ rank }) => rank)).toEqual([1, 2]);
});

test('what a document that is asked about does not give has room beside its best passages', () => {
  const sections = Array.from({ length: 9 }, (_, i) => `## Part ${i}\nText ${i}.`).join('\n\n');
  const { passages } = selectPassages(
    passagesFrom(`${sections}\n\n## Unknown\nThe sources do not give the fare.`),
    () => 1,
  );
  expect(passages.at(-1)?.chunk.text).toContain('do not give the fare');
  expect(passages).toHaveLength(6);
});
