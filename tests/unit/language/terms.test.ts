import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractTerms } from '../../../src/language/terms.ts';

test('English is stemmed and loses its stop words', () => {
  expect(extractTerms('Which agencies signed the memoranda?')).toEqual(extractTerms('agency sign memoranda'));
});

test('numbers match with and without separators and in every script', () => {
  expect(extractTerms('500,000')).toEqual(['500000']);
  expect(extractTerms('27.5')).toEqual(['27.5']);
  expect(extractTerms('२०२६')).toEqual(['2026']);
  expect(extractTerms('௨௦௨௬')).toEqual(['2026']);
  expect(extractTerms('2026')).toEqual(['2026']);
});

test('the possessive does not hide a name', () => {
  expect(extractTerms('Japan’s')).toEqual(extractTerms("Japan's"));
  expect(extractTerms("Japan's")).toEqual(extractTerms('Japan'));
});

test('a letter that is a name is a term, one that is left of a contraction is none', () => {
  expect(extractTerms('vitamin D and T-cells')).toEqual(['vitamin', 'd', 't', 'cell']);
  expect(extractTerms("we'll see that they don't, I'd say")).toEqual(extractTerms('see'));
});

test('decades and models in the plural match the singular', () => {
  expect(extractTerms('H100s of the 1990s')).toEqual(['h100', '1990']);
});

test('Japanese without spaces shares terms with its words', () => {
  const sentence = extractTerms('両首脳は経済安全保障に関する共同宣言を発表した。');
  expect(sentence).toEqual(expect.arrayContaining([...extractTerms('共同宣言')]));
  expect(extractTerms('AIプロセス')).toContain('ai');
});

test('a kanji is a term, so that a compound meets its parts', () => {
  expect(extractTerms('開発費')).toContain('費');
  expect(extractTerms('誰')).toEqual([]);
});

test('the first letters of a Hindi word are told from its inner ones', () => {
  expect(extractTerms('समझौता')).toEqual(expect.arrayContaining(['\uE000समझ', 'समझौ']));
  expect(extractTerms('समझौते').filter((term) => extractTerms('समझौता').includes(term))).toContain('\uE000समझ');
});

test('Hindi matches with and without nukta', () => {
  expect(extractTerms('वीज़ा')).toEqual(extractTerms('वीजा'));
});

test('full width and half width are the same', () => {
  expect(extractTerms('ＡＩ ２０２６')).toEqual(extractTerms('AI 2026'));
});

test('any text gives terms without spaces, quotes or upper case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const term of extractTerms(text)) expect(term).toMatch(/^[^\s"]+$/u);
    }),
  );
});
