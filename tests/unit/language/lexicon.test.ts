import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf } from '../../../src/language/form-key.ts';
import { splitWords } from '../../../src/language/terms.ts';
import { createLargeLexicon, createLexicon } from '../../../src/language/lexicon.ts';

const word = fc.constantFrom(
  'bridge',
  'bridges',
  'stone bridge',
  'पुल',
  'सेतु',
  '橋',
  '大橋',
  'はし',
  'பாலம்',
  'ŒUVRE',
  'ﬁre',
);

test('the compact lexicon finds what the plain one finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(word, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
      word,
      (entries, asked) => {
        const key = keyOf(asked);
        expect(createLargeLexicon(entries).find(key)).toEqual(createLexicon(entries).find(key));
      },
    ),
  );
});

test('a form is found by any other of its entry, whatever its number or case', () => {
  const lexicon = createLargeLexicon([['Stone Bridges', '石橋']]);
  expect(lexicon.find(keyOf('stone bridge'))).toEqual([['Stone Bridges', '石橋']]);
  expect(lexicon.find(keyOf('石橋'))).toHaveLength(1);
  expect(lexicon.find(keyOf('stone'))).toEqual([]);
});

test('a key is the words of its form', () => {
  const form = fc.oneof(
    word,
    fc.string({ unit: fc.constantFrom('a', 'S', 'が', 'ガ', 'ー', '々', '橋', ' ', 'ｶ', '1') }),
  );
  fc.assert(
    fc.property(form, (text) => {
      expect(keyOf(text)).toBe(splitWords(text).join(' '));
    }),
  );
});
