import { expect, test } from 'vitest';
import { contradicts as contradictsIn } from '../../../src/language/contradicts.ts';

const contradicts = (a: string, b: string, titles: readonly [string, string] = ['Report', 'Account']): boolean =>
  contradictsIn({ text: a, title: titles[0] }, { text: b, title: titles[1] });

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

test('a sentence that leaves its subject to its document speaks of that document alone', () => {
  const [first, second] = ['It entered into force on 1 August 2011.', '20 July 2017: entered into force.'];
  expect(contradicts(first, second, ['Trade agreement', 'Nuclear agreement of the parties'])).toBe(false);
  expect(contradicts(first, second, ['Trade agreement', 'The trade agreement (2011)'])).toBe(true);
});
