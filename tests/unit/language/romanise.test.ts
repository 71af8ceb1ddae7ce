import fc from 'fast-check';
import { expect, test } from 'vitest';
import { romanise } from '../../../src/language/romanise.ts';

test.each([
  ['मोदी', 'modi'],
  ['टोक्यो', 'tokyo'],
  ['जापान', 'japan'],
  ['समझना', 'samajhna'],
  ['सेमीकंडक्टर', 'semikandaktar'],
  ['फ़िल्म', 'film'],
  ['ऑफिस', 'ofis'],
  ['गीता', 'ghita'],
])('Hindi %s sounds like %s, without silent vowels', (word, roman) => {
  expect(romanise(word)).toBe(roman);
});

test.each([
  ['சென்னை', 'chennai'],
  ['ஜப்பான்', 'japan'],
  ['இந்தியா', 'indiya'],
  ['மும்பை', 'mumbai'],
  ['டோக்கியோ', 'tokiyo'],
  ['ஃபிரான்ஸ்', 'firans'],
])('Tamil %s sounds like %s, hard or soft by position', (word, roman) => {
  expect(romanise(word)).toBe(roman);
});

test.each([
  ['スーパーコンピュータ', 'supakompyuta'],
  ['トーキョー', 'tokyo'],
  ['とうきょう', 'tokyo'],
  ['ティーム', 'timu'],
  ['フィルム', 'firumu'],
  ['ｲﾝﾄﾞ', 'indo'],
])('kana %s sounds like %s, without long vowels', (word, roman) => {
  expect(romanise(word)).toBe(roman);
});

test.each([
  ['Tōkyō', 'tokyo'],
  ['JAPAN', 'japan'],
  ['Straße', 'strasse'],
])('Latin %s is %s, plain', (word, roman) => {
  expect(romanise(word)).toBe(roman);
});

test.each(['新幹線', 'Москва', '日本モディ', 'Modiजी', '2026', '', ' ', 'ー', 'ッ'])('%j has no one sound', (word) => {
  expect(romanise(word)).toBeUndefined();
});

test('any text gives letters a-z or nothing', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    ...['अकगंमािी्', 'அகடனாி்ஃ', 'アッティーンヴ', 'aéñß'].map((letters) =>
      fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1 }),
    ),
  );
  fc.assert(
    fc.property(text, (word) => {
      expect(romanise(word) ?? 'none').toMatch(/^[a-z]+$/);
    }),
  );
});
