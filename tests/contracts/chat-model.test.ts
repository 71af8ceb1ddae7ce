import { describe, expect, test } from 'vitest';
import { groundClaim } from '../../src/ask/ground.ts';
import type { ChatModel, DraftEvent } from '../../src/chat-model/chat-model.ts';
import { createExtractiveModel } from '../../src/chat-model/extractive.ts';
import type { Passage } from '../../src/domain.ts';
import { passagesFrom } from '../support/passages.ts';
import { createScriptedModel } from '../support/scripted-model.ts';
import { evenVocabulary } from '../support/vocabulary.ts';

const TABLE =
  '| Source | Figure |\n| --- | --- |\n| Ministry of Science | Rs 235 crore |\n| Mission | Rs 988.6 crore |';
const PASSAGES = passagesFrom(
  '## Headquarters\nThe headquarters is in the Cabinet. The Prime Minister chairs it.\n\n## Goals\nThe plan names three fields:\n- semiconductors and their materials;\n- artificial intelligence research;\n- digital public infrastructure.',
  TABLE,
);

const scripted = createScriptedModel(({ passages }) => [
  ...passages.slice(0, 1).map(({ rank, chunk }): DraftEvent => ({
    type: 'claim',
    claim: { text: chunk.text, quotes: [{ passage: rank, quote: chunk.text }] },
  })),
  { type: 'completeness', completeness: 'full' },
]);
const extractive = createExtractiveModel(evenVocabulary);

async function draft(
  model: ChatModel,
  question: string,
  passages: readonly Passage[] = PASSAGES,
): Promise<DraftEvent[]> {
  const events: DraftEvent[] = [];
  const signal = new AbortController().signal;
  for await (const event of model.draft({ question, language: 'en', passages }, signal)) events.push(event);
  return events;
}

describe.each([
  { name: 'scripted', model: scripted },
  { name: 'extractive', model: extractive },
])('the $name chat model', ({ model }) => {
  test('makes claims that stand up to grounding, then says how complete they are', async () => {
    const events = await draft(model, 'Who chairs the headquarters?');
    const claims = events.flatMap((event) => (event.type === 'claim' ? [event.claim] : []));
    expect(claims.length).toBeGreaterThan(0);
    for (const claim of claims) expect(groundClaim(claim, PASSAGES)).toHaveProperty('quotes');
    expect(events.at(-1)).toMatchObject({ type: 'completeness' });
  });

  test('has an id for the receipt', () => {
    expect(model.id).not.toBe('');
  });
});

const textsOf = (events: readonly DraftEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'claim' ? [event.claim.text] : []));

test('extractive declines when no passage speaks of the question', async () => {
  expect(await draft(extractive, 'What is the best topping for pizza?')).toEqual([
    { type: 'completeness', completeness: 'none', confidence: expect.closeTo(0, 0), unanswered: [] },
  ]);
});

test('extractive gives a list as its items', async () => {
  expect(textsOf(await draft(extractive, 'Which three fields does the plan name?'))).toEqual(
    expect.arrayContaining([
      'semiconductors and their materials;',
      'artificial intelligence research;',
      'digital public infrastructure.',
    ]),
  );
});

test('extractive gives the row of a table that answers', async () => {
  expect(
    textsOf(
      await draft(
        extractive,
        'What figure does the Ministry of Science give?',
        passagesFrom(TABLE, 'The Prime Minister chairs it.'),
      ),
    )[0],
  ).toBe('Ministry of Science — Rs 235 crore');
});

test('extractive says the same twice for the same question', async () => {
  const question = 'Who chairs the headquarters?';
  expect(await draft(extractive, question)).toEqual(await draft(extractive, question));
});
