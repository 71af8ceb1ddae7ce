import { expect, test } from 'vitest';
import { createRepeater } from '../../../src/ask/repeat-values.ts';

const SIGNED = 'It was signed in Tokyo on 20 July 2017 and is worth 10 trillion yen.';

test.each([
  ['hi', ' (20 जुलाई 2017; 10 लाख करोड़ येन; टोक्यो)'],
  ['ja', '（2017年7月20日、10兆円、東京）'],
  ['ta', ' (20 ஜூலை, 2017; 10 லட்சம் கோடி யென்; டோக்கியோ)'],
  ['en', ''],
] as const)(
  'dates, amounts and names stand beside an English sentence as a reader of %s writes them',
  (language, beside) => {
    expect(createRepeater('', language)(SIGNED)).toBe(beside);
  },
);

test('an English reader is told what a Japanese sentence holds', () => {
  expect(createRepeater('', 'en')('2025年8月29日、石破総理が東京で立ち上げた。')).toBe(
    ' (29 August 2025; Ishiba; Tokyo)',
  );
});

test('nothing is repeated twice, nor a name of the subject', () => {
  const beside = createRepeater('टोक्यो में कब?', 'hi');
  expect(beside(SIGNED)).toBe(' (20 जुलाई 2017; 10 लाख करोड़ येन)');
  expect(beside(SIGNED)).toBe('');
});

test('years, shares and plain numbers are the same to every reader', () => {
  expect(createRepeater('', 'hi')('In 2019 the share of the 88 members rose to 40 per cent.')).toBe('');
});

test('of many, the first few', () => {
  const dates = Array.from({ length: 9 }, (_, i) => `${i + 1} May 2020`).join(', ');
  expect(createRepeater('', 'ja')(dates).split('、')).toHaveLength(4);
});

test('a family name alone does not become the whole name of somebody else', () => {
  expect(createRepeater('', 'hi')('One site names the visitor as Yoko Takaichi.')).toBe(' (ताकाइची)');
  expect(createRepeater('', 'hi')('Prime Minister Sanae Takaichi came.')).toContain('सानाए ताकाइची');
});
