import { expect, test } from 'vitest';
import { contradicts } from '../../../src/language/contradicts.ts';

test('different figures for one thing contradict', () => {
  expect(contradicts('The harbour office opens on 3 May 2027.', 'The harbour office opens on 9 June 2027.')).toBe(true);
});

test('different names for one thing contradict', () => {
  const first = 'The new harbour office with its archive stands in Kobe.';
  expect(contradicts(first, 'The new harbour office with its archive stands in Osaka.')).toBe(true);
});

test('figures of different things do not', () => {
  expect(contradicts('The ferry carries 40 cars.', 'The treaty has 12 articles.')).toBe(false);
  expect(contradicts('Chennai harbour took in 40 ferries.', 'The Kobe harbour of Japan took in 12 ferries.')).toBe(
    false,
  );
});

test('one figure more is an addition', () => {
  expect(contradicts('The harbour opens in 2027.', 'The harbour opens in 2027 with 40 staff.')).toBe(false);
});
