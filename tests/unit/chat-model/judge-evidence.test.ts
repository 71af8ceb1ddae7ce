import { expect, test } from 'vitest';
import { createExtractiveModel } from '../../../src/chat-model/extractive.ts';
import { passagesFrom } from '../../support/passages.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

const model = createExtractiveModel(evenVocabulary);

/** The odds that the text answers: of confidences near 1, differences tell little. */
async function oddsOf(question: string, text: string): Promise<number> {
  let confidence = 0;
  const request = { question, language: 'en' as const, passages: passagesFrom(text) };
  for await (const event of model.draft(request, new AbortController().signal)) {
    if (event.type === 'completeness') confidence = event.confidence ?? 0;
  }
  return confidence / (1 - confidence);
}

const TREATY =
  'The ferry treaty between Kobe and Chennai was signed on 4 May 1999 by Asha Nair. It covers harbours, docks and pilots.';

test.each([
  ['a year', 'Who signed the ferry treaty of 1999?', 'Who signed the ferry treaty of 1989?'],
  ['a name', 'When did Asha Nair sign the ferry treaty?', 'When did Vikram Rao sign the ferry treaty?'],
  ['a denial', 'What does the ferry treaty cover?', "What doesn't the ferry treaty cover?"],
])(
  'the odds of an answer fall by half or more where a question holds %s that no passage does',
  async (_, asked, changed) => {
    expect(await oddsOf(changed, TREATY)).toBeLessThan((await oddsOf(asked, TREATY)) / 2);
  },
);

test('what is asked in the negative is no less sure where a source says it in the negative', async () => {
  const [question, silent] = ["What doesn't the ferry treaty cover?", 'The ferry treaty does not cover airports.'];
  expect(await oddsOf(question, silent)).toBeGreaterThan(await oddsOf(question, TREATY));
});

test('a condition in the negative does not make a question a denial', async () => {
  const plain = await oddsOf('I am new here. What does the ferry treaty cover?', TREATY);
  const withCondition = await oddsOf('I am not new here. What does the ferry treaty cover?', TREATY);
  expect(withCondition).toBeGreaterThan(plain / 2);
});
