import { expect, test } from 'vitest';
import { chooseTerms } from '../../../src/corpus-store/choose-terms.ts';

const HELD = new Map([
  ['agreement', 55_000],
  ['party', 21_000],
  ['tariff', 9000],
  ['zorblax', 2],
]);

const choose = (terms: string[], chunks = 60_000): string[] =>
  chooseTerms(new Set(terms), { chunks, holding: (term) => HELD.get(term) ?? 0 });

test('of a large corpus, terms that most of it holds are not searched, nor those that are not in it', () => {
  expect(choose(['agreement', 'party', 'tariff', 'unheard', 'zorblax'])).toEqual(['tariff', 'zorblax']);
});

test('a question of such terms alone is searched by the rarest', () => {
  expect(choose(['agreement', 'party'])).toEqual(['party']);
  expect(choose(['agreement'])).toEqual(['agreement']);
  expect(choose(['unheard'])).toEqual([]);
});

test('of a small corpus every term is searched', () => {
  expect(choose(['tariff', 'zorblax'], 9999)).toEqual(['tariff', 'zorblax']);
});
