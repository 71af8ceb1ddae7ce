import { expect, test } from 'vitest';
import { inKnownLanguages } from '../../../src/ask/in-known-languages.ts';
import { passagesFrom } from '../../support/passages.ts';

const brief = (language: string, text: string, page = 'link'): string =>
  `---\nlanguage: ${language}\ndate: "2020-05-04"\nsources:\n  - title: "T"\n    publisher: "P"\n    url: "https://harbour.example/${page}"\n---\n${text}`;
const HINDI = brief('hi', 'किराया 40 येन है।');
const JAPANESE = brief('ja', '運賃は40円である。');
const ENGLISH = brief('en', 'The fare is 40 yen.');

const told = (language: string, ...texts: string[]) =>
  inKnownLanguages(passagesFrom(...texts), language).map(({ document, rank }) => [document.language, rank]);

test('a brief that the reader or English has is not read in a third language', () => {
  expect(told('ja', HINDI, JAPANESE, ENGLISH)).toEqual([
    ['ja', 1],
    ['en', 2],
  ]);
  expect(told('ta', HINDI, JAPANESE, ENGLISH)).toEqual([['en', 1]]);
});

test('what nothing else tells is read in whatever language it is', () => {
  expect(told('ja', HINDI, brief('en', 'Another ferry.', 'other'))).toEqual([
    ['hi', 1],
    ['en', 2],
  ]);
});
