import { expect, test } from 'vitest';
import { extractTerms } from '../../../src/language/terms.ts';
import { createEvidenceReader } from '../../../src/retriever/lexical-evidence.ts';

const terms = extractTerms('joint crediting mechanism rules');
const readPassage = createEvidenceReader(terms, new Map(terms.map((term) => [term, 1])));
const read = (...units: string[]) => readPassage({ context: '', units });

test('coverage is the share of the terms that occur', () => {
  expect(read('The rules of the mechanism.').coverage).toBe(0.5);
  expect(read('Nothing of it.')).toEqual({ coverage: 0, frequency: 0, order: 0, together: 0 });
  expect(read('Joint crediting mechanism: the rules.').coverage).toBe(1);
});

test('order counts neighbours that stand together the way they were asked', () => {
  const asked = read('The joint crediting mechanism and its rules.').order;
  const scattered = read(
    'Rules exist. Some mechanism works well for all those who are crediting one joint account.',
  ).order;
  expect(asked).toBe(1);
  expect(scattered).toBe(0);
});

test('a question without terms is covered by nothing', () => {
  expect(createEvidenceReader([], new Map())({ context: 'any', units: ['text'] })).toEqual({
    coverage: 0,
    frequency: 0,
    order: 0,
    together: 0,
  });
});

test('what one sentence holds counts apart from what the passage holds', () => {
  const apart = read('The joint account.', 'A crediting mechanism.', 'New rules.');
  expect(apart.coverage).toBe(1);
  expect(apart.together).toBe(0.5);
  expect(read('Joint crediting mechanism rules.', 'Nothing of it.').together).toBe(1);
});

test('headings cover a question and are no sentence', () => {
  const { coverage, together } = readPassage({ context: 'Joint crediting mechanism', units: ['The rules.'] });
  expect(coverage).toBe(1);
  expect(together).toBe(0.25);
});

test('a term that occurs again counts more, each time less, and one in the title more still', () => {
  const counts = [1, 2, 3, 50].map((times) => read('Rules. '.repeat(times)).frequency);
  expect(counts[0]).toBeCloseTo(0.25);
  for (const [i, count] of counts.slice(1).entries()) expect(count).toBeGreaterThan(counts[i] ?? 0);
  expect(counts.at(-1)).toBeLessThan(0.55);
  expect(readPassage({ context: 'Rules', units: ['None.'] }).frequency).toBe(read('Rules, rules, rules.').frequency);
});
