import fc from 'fast-check';
import { expect, test } from 'vitest';
import { romanise } from '../../../src/language/romanise.ts';
import { soundingWords, letterRuns } from '../../../src/language/sounding-words.ts';
import { extractTerms } from '../../../src/language/terms.ts';

const heard = (text: string) => [...letterRuns(text)].flatMap(soundingWords);

test('the term is the stem of the index, the sound that of the word', () => {
  expect(heard('companies')).toEqual([{ term: 'compani', script: 'latin', roman: 'companies' }]);
});

test('stop words, numbers, short words and Han are not heard', () => {
  expect(heard('the G20 in 2026 was at 東京 x')).toEqual([]);
});

test('Japanese is heard by its katakana words', () => {
  expect(heard('モディ首相は日本を訪れた。').map(({ term }) => term)).toEqual(['モディ']);
});

test.each([
  ['ஜப்பானின்', 'japan'],
  ['இந்தியாவில்', 'indiya'],
  ['டோக்கியோவுக்கு', 'tokiyo'],
  ['कंपनियों', 'kampan'],
])('%s is heard with its ending and as %s', (word, stem) => {
  expect(heard(word).map(({ term, roman }) => [term, roman])).toEqual([
    [word, romanise(word)],
    [word, stem],
  ]);
});

test('scripts without a space between them are told apart', () => {
  expect(heard('Japanプロセス').map(({ script }) => script)).toEqual(['latin', 'kana']);
});

test('of any text, every word heard is a term of the text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...Array.from('Aé b7ßsกमोदी் டோカタひ東ー・.’')) }),
  );
  fc.assert(
    fc.property(text, (any) => {
      const terms = extractTerms(any);
      for (const { term } of heard(any)) expect(terms).toContain(term);
    }),
  );
});
