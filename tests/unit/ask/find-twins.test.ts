import { expect, test } from 'vitest';
import { createCiter } from '../../../src/ask/cite.ts';
import { findTwins } from '../../../src/ask/find-twins.ts';
import { passagesFrom } from '../../support/passages.ts';

const WORDS = 'The parties count their lighthouses every year.';
const passages = passagesFrom(
  `# Accord\n\n## Duties\n\n${WORDS}`,
  `# A copy of the accord, with a longer title\n\n## Duties\n\n${WORDS}`,
  '# Accord on ferries\n\n## Duties\n\nThe parties count their ferries every year.',
);

test('a passage that stands in two documents is cited once, with its place in the other', () => {
  const [first] = passages;
  if (!first) throw new Error('There are passages.');
  const { start } = first.chunk;
  const quote = { passage: first, quote: WORDS, start, end: start + WORDS.length };
  const cite = createCiter({ publicUrl: 'http://here', twins: findTwins(passages) });
  const [citation] = cite({ text: WORDS, quotes: [quote] }).added;
  const other = passages[1];
  expect(citation?.documentId).toBe('doc-1');
  expect(citation?.alsoIn).toEqual([
    {
      documentId: 'doc-2',
      title: 'A copy of the accord, with a longer title',
      uri: `http://here/documents/doc-2#${other?.chunk.start}-${(other?.chunk.start ?? 0) + WORDS.length}`,
    },
  ]);
});

test('what stands in one document alone has no twin', () => {
  expect(findTwins(passages.slice(1)).get('doc-2#1')).toEqual([]);
});
