import { expect, test } from 'vitest';
import { isDenial, isDirective, leansBack } from '../../../src/language/manner.ts';

test.each(['It sails daily.', 'The signatories met twice.', 'इसे कोबे में खोला गया।', 'これは条約ではない。'])(
  'leans on the sentence before: %s',
  (text) => {
    expect(leansBack(text)).toBe(true);
  },
);

test.each(['Ferries sail daily.', 'कोबे में मेला लगा।'])('stands alone: %s', (text) => {
  expect(leansBack(text)).toBe(false);
});

test.each([
  'No source gives the fare.',
  'The length was not stated.',
  'The paper names no harbour.',
  'किराया स्रोतों में नहीं दिया गया है।',
  '運賃は資料に記載がない。',
])('says that something is not given: %s', (text) => {
  expect(isDenial(text)).toBe(true);
});

test.each(['Say that the fare is unknown.', 'Prefer the official fare, then the press, as the rule for both.'])(
  'speaks to the answerer: %s',
  (text) => {
    expect(isDirective(text)).toBe(true);
  },
);

test.each(['The harbour gives shelter.', 'Answers came from Kobe.'])('states a fact: %s', (text) => {
  expect(isDirective(text) || isDenial(text)).toBe(false);
});
