import { expect, test } from 'vitest';
import { saysTheSame } from '../../../src/ask/says-the-same.ts';

const ARTICLE =
  'Each Party shall designate a contact point to facilitate communications between the Parties on any matter covered by ' +
  'this Agreement, and shall notify the other Party of any change within 30 days of that change taking effect.';

test('texts that differ in a word or two say the same', () => {
  expect(saysTheSame(ARTICLE, ARTICLE)).toBe(true);
  expect(saysTheSame(ARTICLE, ARTICLE.replace('any change', 'every change'))).toBe(true);
});

test('another number is another statement', () => {
  expect(saysTheSame(ARTICLE, ARTICLE.replace('30', '60'))).toBe(false);
  expect(saysTheSame(ARTICLE, ARTICLE.replace('within 30 days', 'within days'))).toBe(false);
});

test('other words are another statement, in either order', () => {
  const other =
    'The Joint Committee shall meet once a year, and shall adopt its own rules of procedure at its first meeting.';
  expect(saysTheSame(ARTICLE, other)).toBe(false);
  expect(saysTheSame(other, ARTICLE)).toBe(false);
  expect(saysTheSame(ARTICLE, `${ARTICLE} ${other}`)).toBe(false);
});
