import { expect, test } from 'vitest';
import { holdTerms, holds, shareHeld } from '../../../src/language/held-terms.ts';
import { weighQuestion } from '../../../src/language/weigh-question.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

test('a word counts whole, another of its meaning nearly so, a third not at all', async () => {
  const { terms } = await weighQuestion('price', evenVocabulary);
  const worth = (text: string): number => shareHeld(terms, (term) => holds(holdTerms(text), term));
  expect(worth('The price is high.')).toBe(1);
  expect(worth('The cost is high.')).toBeGreaterThan(0.5);
  expect(worth('The cost is high.')).toBeLessThan(1);
  expect(worth('The tower is high.')).toBe(0);
});

test('of a text in another language only names, numbers and what has equivalents there are asked', async () => {
  const vocabulary = { ...evenVocabulary, findEquivalents: async () => [{ forms: [['length'], ['ship', 'size']] }] };
  const { foreign } = await weighQuestion('FERRY-7 की लंबाई बताइए अनोखा', vocabulary);
  const worth = (text: string): number => shareHeld(foreign, (term) => holds(holdTerms(text), term));
  expect(worth('The ferry 7 has a length.')).toBeGreaterThan(0.9);
  expect(worth('The ferry 7 has no such thing.')).toBeGreaterThan(0.5);
  expect(worth('The ferry 7 and the size of a ship.')).toBe(worth('The ferry 7 has a length.'));
  expect(foreign.map(({ term }) => term)).not.toContain('अनोखा');
});

test('what tells weighs less than what asks, unless what asks has nothing to say', async () => {
  const weightOf = async (question: string, term: string): Promise<number> =>
    (await weighQuestion(question, evenVocabulary)).terms.find((found) => found.term === term)?.weight ?? 0;
  expect(await weightOf('We sail a ferry. Which harbour permits dogs?', 'ferri')).toBeLessThan(0.5);
  expect(await weightOf('We saw a ferry and a tram. Which is it?', 'ferri')).toBe(1);
  expect(await weightOf('the ferry: who steers harbour tugs?', 'ferri')).toBeGreaterThan(0.5);
});
