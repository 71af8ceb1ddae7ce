import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitSentences } from '../../../src/language/sentences.ts';

const split = (text: string, language = 'en'): string[] =>
  splitSentences(text, language).map(({ start, end }) => text.slice(start, end));

test('sentences end at full stops, question marks and dandas', () => {
  expect(split('It was signed. Was it? Yes!')).toEqual(['It was signed.', 'Was it?', 'Yes!']);
  expect(split('यह पहला है। यह दूसरा है।', 'hi')).toEqual(['यह पहला है।', 'यह दूसरा है।']);
  expect(split('最初の文です。次の文です。', 'ja')).toEqual(['最初の文です。', '次の文です。']);
});

test('titles, amounts and initials do not end a sentence', () => {
  expect(split('The outlay is Rs. 988.6 crore. Dr. A. Rao met Mr. Seko in the U.S. Senate.')).toEqual([
    'The outlay is Rs. 988.6 crore.',
    'Dr. A. Rao met Mr. Seko in the U.S. Senate.',
  ]);
});

test('"no." ends a sentence unless a number follows', () => {
  expect(split('The answer was no. Article No. 5 applies.')).toEqual(['The answer was no.', 'Article No. 5 applies.']);
});

test('a wrapped line stays one sentence', () => {
  expect(split('The two sides\nagreed. They met.')).toEqual(['The two sides\nagreed.', 'They met.']);
});

test('sentences are in order, do not overlap and hold everything but white space', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const spans = splitSentences(text, 'en');
      let last = 0;
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(text.slice(last, start).trim()).toBe('');
        last = end;
      }
      expect(text.slice(last).trim()).toBe('');
    }),
  );
});

test('initials spelt in Devanagari or Tamil do not end a sentence', () => {
  expect(split('राजदूत आर. के. वर्मा ने भाषण दिया। वे चले गए।', 'hi')).toEqual([
    'राजदूत आर. के. वर्मा ने भाषण दिया।',
    'वे चले गए।',
  ]);
  expect(split('தூதர் எஸ். ரமேஷ் பேசினார். அவர் சென்றார்.', 'ta')).toEqual(['தூதர் எஸ். ரமேஷ் பேசினார்.', 'அவர் சென்றார்.']);
});
