import fc from 'fast-check';
import { expect, test } from 'vitest';
import { romanise } from '../../../src/language/romanise.ts';
import { soundingWords, letterRuns } from '../../../src/language/sounding-words.ts';
import { extractTerms } from '../../../src/language/terms.ts';

const heard = (text: string) => [...letterRuns(text)].flatMap(soundingWords);

test('the term is the stem of the index, the sound that of the word', () => {
  expect(heard('company')).toEqual([{ term: 'compani', script: 'latin', roman: 'company' }]);
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
  ['ビジネス', 'bijines'],
])('%s is heard with its ending and as %s', (word, stem) => {
  expect(heard(word).map(({ term, roman }) => [term, roman])).toEqual([
    [word, romanise(word)],
    [word, stem],
  ]);
});

test('scripts without a space between them are told apart', () => {
  expect([...new Set(heard('Japanプロセス').map(({ script }) => script))]).toEqual(['latin', 'kana']);
});

test('a run of katakana is heard whole, then in its words, each with and without the vowels that Japanese adds', () => {
  expect(heard('スキル')).toEqual([
    { term: 'スキル', script: 'kana', roman: 'sukiru' },
    { term: 'スキル', script: 'kana', roman: 'skir' },
  ]);
  expect(heard('スタートアップ')[0]?.term).toBe('スタートアップ');
  expect(heard('ビザ').map(({ roman }) => roman)).toEqual(['biza']);
});

test('of any text, every word heard but a run of katakana is a term of the text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...Array.from('Aé b7ßsกमोदी் டோカタひ東ー・.')) }),
  );
  fc.assert(
    fc.property(text, (any) => {
      const terms = extractTerms(any);
      const words = heard(any).filter(({ script }) => script !== 'kana');
      for (const { term } of words) expect(terms).toContain(term);
    }),
  );
});
