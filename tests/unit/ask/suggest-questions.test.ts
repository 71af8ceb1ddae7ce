import { expect, test } from 'vitest';
import { createAnswerableCheck } from '../../../src/ask/check-answerable.ts';
import { suggestQuestions, type SuggestionSource } from '../../../src/ask/suggest-questions.ts';
import type { Passage } from '../../../src/domain.ts';
import type { RetrievalQuery } from '../../../src/retriever/retriever.ts';
import { passagesFrom } from '../../support/passages.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

const PASSAGES = passagesFrom(
  '# Ferry treaty\n\n## Signature\nIt was signed in Kobe.\n\n## Fares\nFares fall by half.\n\n## Rule for answers\nGive both fares.',
  '---\ntitle: Tram line\n---\n## Stops\nThe tram stops at the harbour.',
);
const source = (more: Partial<SuggestionSource> = {}): SuggestionSource => ({
  retrieved: PASSAGES,
  quotedChunks: new Set(['doc-1#1']),
  quotedDocuments: new Set(['doc-1']),
  asked: [],
  language: 'en',
  ...more,
});
const FARES = 'What does “Ferry treaty” say about “Fares”?';
const STOPS = 'What does “Tram line” say about “Stops”?';

test('sections that were found and not quoted are suggested, first those of the same document, those for answerers never', async () => {
  expect(await suggestQuestions(source(), async () => true)).toEqual([FARES, STOPS]);
});

test('what was asked before is not suggested', async () => {
  expect(await suggestQuestions(source({ asked: [FARES.toUpperCase()] }), async () => true)).toEqual([STOPS]);
});

test('what the corpus does not answer from that section is not suggested', async () => {
  expect(await suggestQuestions(source(), async (question) => question === STOPS)).toEqual([STOPS]);
});

test('the check searches by words alone, once for each question and index', async () => {
  const queries: RetrievalQuery[] = [];
  const retriever = {
    retrieve: async (query: RetrievalQuery): Promise<Passage[]> => {
      queries.push(query);
      return PASSAGES.filter(({ chunk }) => query.text.includes(chunk.headings.at(-1) ?? '-'));
    },
  };
  const context = { retriever, vocabulary: evenVocabulary, indexDigest: 'i', filters: {} } as const;
  const check = createAnswerableCheck(context);
  const fares = PASSAGES.find(({ chunk }) => chunk.headings.at(-1) === 'Fares');
  if (!fares) throw new Error('no fares');
  expect(await check(FARES, fares)).toBe(true);
  expect(await check(FARES, fares)).toBe(true);
  expect(await check(STOPS, fares)).toBe(false);
  expect(queries.map(({ wordsOnly }) => wordsOnly)).toEqual([true, true]);
  await createAnswerableCheck({ ...context, indexDigest: 'j' })(FARES, fares);
  expect(queries).toHaveLength(3);
});
