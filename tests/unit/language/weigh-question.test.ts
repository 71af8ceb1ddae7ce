import { expect, test } from 'vitest';
import { holds, holdTerms } from '../../../src/language/held-terms.ts';
import { weighQuestion } from '../../../src/language/weigh-question.ts';

const vocabulary = {
  weighTerms: async (terms: readonly string[]) =>
    new Map(terms.map((term) => [term, term === 'harbor' ? 6 : 2] as const)),
  findEquivalents: async () => [{ forms: [['harbour']], misspelt: 'harbor' }],
  inEnglish: () => '',
};

test('a misspelt term is held where what is meant stands, and weighs as much as that', async () => {
  const { terms } = await weighQuestion('Who runs the harbor?', vocabulary);
  const harbour = terms.find(({ term }) => term === 'harbor');
  expect(harbour?.weight).toBe(2);
  expect(harbour && holds(holdTerms('The harbour of Kobe.'), harbour)).toBeGreaterThan(0.5);
});

test('what only tells why the question is put weighs less', async () => {
  const { terms } = await weighQuestion('I run a bakery. Who owns the port?', vocabulary);
  const weightOf = (term: string): number => terms.find((one) => one.term === term)?.weight ?? 0;
  expect(weightOf('bakeri')).toBeLessThan(weightOf('port'));
});

test('what asks with one word of its own is about what tells', async () => {
  const { terms } = await weighQuestion(
    'Two papers give days for the ferry fair. Which circulate, and from whom?',
    vocabulary,
  );
  const weights = terms.map(({ weight }) => weight);
  expect(new Set(weights)).toEqual(new Set([2]));
});

test('what only says how an answer is to be told hardly counts as a term that is missing', async () => {
  for (const question of ['Give me a timeline of the ferry talks.', 'フェリー交渉の経緯を時系列で教えてください。']) {
    const { terms } = await weighQuestion(question, vocabulary);
    const [least, most] = [
      Math.min(...terms.map(({ weight }) => weight)),
      Math.max(...terms.map(({ weight }) => weight)),
    ];
    expect(least).toBeLessThan(most / 5);
  }
});
