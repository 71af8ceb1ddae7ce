import { expect, test } from 'vitest';
import { extractTerms } from '../../../src/language/terms.ts';
import { createEvidenceReader } from '../../../src/retriever/lexical-evidence.ts';

const terms = extractTerms('joint crediting mechanism rules');
const read = createEvidenceReader(terms, new Map(terms.map((term) => [term, 1])));

test('coverage is the share of the terms that occur', () => {
  expect(read('The rules of the mechanism.').coverage).toBe(0.5);
  expect(read('Nothing of it.')).toEqual({ coverage: 0, order: 0 });
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
  expect(createEvidenceReader([], new Map())('any text')).toEqual({ coverage: 0, order: 0 });
});
