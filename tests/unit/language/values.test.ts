import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/domain.ts';
import { comparableText } from '../../../src/language/comparable-text.ts';
import { findValues } from '../../../src/language/find-values.ts';
import { formatValue } from '../../../src/language/format-value.ts';
import { extractTerms } from '../../../src/language/terms.ts';
import type { Value } from '../../../src/language/values.ts';

const read = (text: string): Value[] => findValues(comparableText(text)).map(({ value }) => value);

const SECOND_OF_JULY = { year: 2026, month: 7, day: 2 };
test.each([
  '2 July 2026',
  'July 2, 2026',
  'the 2nd of July, 2026',
  'Jul. 2 2026',
  '2026-07-02',
  '2026/7/2',
  '2026年7月2日',
  '令和8年7月2日',
  '２０２６年７月２日',
  '२ जुलाई २०२६',
  '2 ஜூலை, 2026',
  'ஜூலை 2, 2026',
  '2026 ஜூலை 2',
])('%s is one day', (text) => {
  expect(read(text)).toEqual([SECOND_OF_JULY]);
  expect(extractTerms(text)).toEqual(extractTerms('2 July 2026'));
});

test.each([
  '10 trillion yen',
  'JPY 10 trillion',
  '¥10 trillion',
  '¥10,000,000,000,000',
  '10兆円',
  '10 लाख करोड़ येन',
  '10 டிரில்லியன் யென்',
  '10 லட்சம் கோடி யென்',
])('%s is one sum', (text) => {
  expect(read(text)).toEqual([{ amount: 1e13, unit: 'JPY' }]);
  expect(extractTerms(text)).toEqual(expect.arrayContaining(['10000000000000', 'yen']));
});

test.each([
  ['500人', { amount: 500, unit: 'person' }],
  ['12万3,456人', { amount: 123_456, unit: 'person' }],
  ['1億2000万円', { amount: 120_000_000, unit: 'JPY' }],
  ['Rs. 76,000 crore', { amount: 760_000_000_000, unit: 'INR' }],
  ['US$5bn', { amount: 5_000_000_000, unit: 'USD' }],
  ['5 lakh 20 thousand', { amount: 520_000 }],
  ['40 per cent', { amount: 40, unit: 'percent' }],
  ['40%', { amount: 40, unit: 'percent' }],
  ['२५ प्रतिशत', { amount: 25, unit: 'percent' }],
  ['1.6 million tonnes', { amount: 1_600_000, unit: 'tonne' }],
  ['5年間', { amount: 5, unit: 'year' }],
  ['3 घंटे', { amount: 3, unit: 'hour' }],
] as const)('%s is an amount', (text, amount) => {
  expect(read(text)).toEqual([amount]);
});

test.each([
  ['28–29 August 2025', { year: 2025, month: 8, day: 28, untilDay: 29 }],
  ['August 28 to 29, 2025', { year: 2025, month: 8, day: 28, untilDay: 29 }],
  ['8月28日〜29日', { month: 8, day: 28, untilDay: 29 }],
  ['令和元年', { year: 2019 }],
  ['மே 2025', { year: 2025, month: 5 }],
  ['ஜூலையில்', { month: 7 }],
  ['July 2026', { year: 2026, month: 7 }],
])('%s is a date', (text, date) => {
  expect(read(text)).toEqual([date]);
});

test.each([
  'version 3.0',
  '2025-26',
  'Article 12',
  '31/12',
  '3分の1',
  '第15回',
  'in 2019',
  '2026-13-40',
  '5 yenta',
  'மேலும்',
])('%s is neither', (text) => {
  expect(read(text)).toEqual([]);
});

test('what stands between values is left as it is', () => {
  expect(extractTerms('Pledged on 2 July 2026: 10 trillion yen for 500 people')).toEqual([
    ...extractTerms('pledged'),
    ...extractTerms('2 July 2026'),
    ...extractTerms('10 trillion yen'),
    ...extractTerms('500 people'),
  ]);
});

const date = fc.oneof(
  fc.record({
    year: fc.integer({ min: 1000, max: 2999 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  }),
  fc.record({ year: fc.integer({ min: 1000, max: 2999 }), month: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) }),
  fc.record({
    year: fc.integer({ min: 1000, max: 2999 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 14 }),
    untilDay: fc.integer({ min: 15, max: 28 }),
  }),
);
const unit = fc.constantFrom(
  'JPY',
  'INR',
  'USD',
  'EUR',
  'GBP',
  'percent',
  'year',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'kilometer',
  'kilogram',
  'hectare',
  'gigabyte',
  'person',
  'tonne',
  'megawatt',
  'gigawatt',
);
const amount = fc.record({
  amount: fc.oneof(
    fc.integer({ min: 2, max: 99_999 }),
    fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(1e4, 1e5, 1e6, 1e7, 1e8, 1e9)).map(([a, b]) => a * b),
    fc.integer({ min: 11, max: 999 }).map((tenths) => tenths / 10),
  ),
  unit,
});

test.each(LANGUAGES)('a value written in %s is read as itself', (language) => {
  fc.assert(
    fc.property(fc.oneof(date, amount), (value) => {
      expect(read(formatValue(value, language))).toEqual([value]);
    }),
    { numRuns: 500 },
  );
});

test('a value means the same terms in every language', () => {
  fc.assert(
    fc.property(fc.oneof(date, amount), fc.constantFrom(...LANGUAGES), (value, language) => {
      const english = extractTerms(formatValue(value, 'en')).filter(
        (term) => !['million', 'billion', 'trillion'].includes(term),
      );
      expect(extractTerms(formatValue(value, language))).toEqual(expect.arrayContaining(english));
    }),
  );
});

test('values of any text stand in order, apart, and where they say', () => {
  const parts = fc.constantFrom(
    '2026',
    '年',
    '7月',
    '2日',
    ' ',
    'july',
    ',',
    '-',
    '10',
    '兆',
    '円',
    '億',
    '%',
    'करोड',
    'ஜூலை',
    '¥',
    'मई',
    '.',
    'a',
    '人',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (words) => {
      const text = comparableText(words.join(''));
      let last = 0;
      for (const { start, end } of findValues(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        last = end;
      }
    }),
    { numRuns: 1000 },
  );
});
