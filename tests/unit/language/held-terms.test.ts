import { expect, test } from 'vitest';
import { holdTerms, holds, matchable, shareHeld } from '../../../src/language/held-terms.ts';
import { weighQuestion } from '../../../src/language/weigh-question.ts';

const even = async (terms: readonly string[]): Promise<ReadonlyMap<string, number>> =>
  new Map(terms.map((term) => [term, 1]));

test('a word counts whole, another of its meaning nearly so, a third not at all', async () => {
  const { terms } = await weighQuestion('price', even);
  const worth = (text: string): number => shareHeld(terms, (term) => holds(holdTerms(text), term));
  expect(worth('The price is high.')).toBe(1);
  expect(worth('The cost is high.')).toBeGreaterThan(0.5);
  expect(worth('The cost is high.')).toBeLessThan(1);
  expect(worth('The tower is high.')).toBe(0);
});

test('terms that a text in another language cannot hold weigh little', async () => {
  const { terms } = await weighQuestion('FERRY-7 की लंबाई बताइए अनोखा', even);
  const weights = new Map(matchable(terms, false).map(({ term, weight }) => [term, weight]));
  expect(weights.get('ferri')).toBe(1);
  expect(weights.get('अनोखा')).toBeLessThan(0.5);
  expect(matchable(terms, true)).toBe(terms);
});

test('what tells weighs less than what asks, unless what asks has nothing to say', async () => {
  const weightOf = async (question: string, term: string): Promise<number> =>
    (await weighQuestion(question, even)).terms.find((found) => found.term === term)?.weight ?? 0;
  expect(await weightOf('We sail a ferry. Which harbour permits dogs?', 'ferri')).toBeLessThan(0.5);
  expect(await weightOf('We saw a ferry and a tram. Which is it?', 'ferri')).toBe(1);
  expect(await weightOf('the ferry: who steers harbour tugs?', 'ferri')).toBeGreaterThan(0.5);
});
