import { expect, test } from 'vitest';
import { suggestQuestions } from '../../../src/ask/suggest-questions.ts';
import type { Citation } from '../../../src/domain.ts';
import { passagesFrom } from '../../support/passages.ts';

const PASSAGES = passagesFrom(
  '# Ferry treaty\n\n## Signature\nIt was signed in Kobe.\n\n## Fares\nFares fall by half.\n\n## Rule for answers\nGive both fares.',
);

test('sections that were found and not quoted are suggested, those for answerers never', () => {
  const quoted = PASSAGES.slice(0, 1).map(
    ({ chunk }) => ({ chunkId: chunk.id, documentId: chunk.documentId }) as Citation,
  );
  expect(suggestQuestions(PASSAGES, quoted, 'en')).toEqual(['What does “Ferry treaty” say about “Fares”?']);
});
