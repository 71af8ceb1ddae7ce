import fc from 'fast-check';
import { expect, test } from 'vitest';
import { romanise } from '../../../src/language/romanise.ts';
import { compareSounds, soundBucket, soundOf, soundSimilarity } from '../../../src/language/sound.ts';

const roman = (word: string): string => romanise(word) ?? '';

test.each([
  ['मोदी', 'Modi'],
  ['टोक्यो', 'Tokyo'],
  ['जापान', 'Japan'],
  ['दिल्ली', 'Delhi'],
  ['जर्मनी', 'Germany'],
  ['सेमीकंडक्टर', 'semiconductor'],
  ['टेक्नोलॉजी', 'technology'],
  ['कंपनी', 'company'],
  ['क्वाड', 'Quad'],
  ['यूरोप', 'Europe'],
  ['சென்னை', 'Chennai'],
  ['ஜப்பான்', 'Japan'],
  ['இந்தியா', 'India'],
  ['சிங்கப்பூர்', 'Singapore'],
  ['கம்ப்யூட்டர்', 'computer'],
  ['スーパーコンピュータ', 'supercomputer'],
  ['モディ', 'Modi'],
  ['デリー', 'Delhi'],
  ['ワシントン', 'Washington'],
  ['フランス', 'France'],
  ['パキスタン', 'पाकिस्तान'],
  ['சென்னை', 'चेन्नई'],
])('%s and %s sound alike and share a bucket', (one, other) => {
  expect(soundSimilarity(roman(one), roman(other))).toBeGreaterThan(0.8);
  expect(soundBucket(roman(one))).toBe(soundBucket(roman(other)));
});

test.each([
  ['समझौता', 'agreement'],
  ['शक्ति', 'secret'],
  ['प्रौद्योगिकी', 'technology'],
  ['エネルギー', 'India'],
  ['நாடு', 'nation'],
])('%s and %s do not sound alike', (one, other) => {
  expect(soundSimilarity(roman(one), roman(other))).toBeLessThan(0.7);
});

test.each([
  ['phone', 'fone'],
  ['school', 'skul'],
  ['nation', 'neshan'],
  ['box', 'boks'],
  ['queen', 'kween'],
  ['bullet', 'bulet'],
  ['knight', 'nait'],
])('the spelling %s sounds nearly as %s', (english, plain) => {
  expect(soundSimilarity(english, plain)).toBeGreaterThan(0.9);
});

const word = fc.oneof(
  fc.stringMatching(/^[a-z]{1,12}$/),
  fc.string({ unit: fc.constantFrom(...Array.from('aeioshkcgtnrp')) }),
  fc.string({ unit: 'binary' }),
);

test('similarity is symmetric, between 0 and 1, and 1 for a word and itself', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      const similarity = soundSimilarity(a, b);
      expect(similarity).toBeCloseTo(soundSimilarity(b, a), 9);
      expect(similarity).toBeGreaterThanOrEqual(0);
      expect(similarity).toBeLessThanOrEqual(1);
      expect(soundSimilarity(a, a)).toBe(1);
    }),
  );
});

test('a limit leaves what is above it as it is and the rest at 0', () => {
  fc.assert(
    fc.property(word, word, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, limit) => {
      const full = compareSounds(soundOf(a), soundOf(b));
      fc.pre(Math.abs(full - limit) > 1e-6);
      expect(compareSounds(soundOf(a), soundOf(b), limit)).toBe(full > limit ? full : 0);
    }),
  );
});

test('words that sound the same share a bucket of one to three letters', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(soundBucket(a)).toMatch(/^[APTKNSRH]{1,3}$/);
      expect(soundBucket(b) === soundBucket(a) || soundOf(a) !== soundOf(b)).toBe(true);
    }),
  );
});
