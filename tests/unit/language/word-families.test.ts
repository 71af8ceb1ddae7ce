import { expect, test } from 'vitest';
import { extractTerms } from '../../../src/language/terms.ts';
import { familiesOf } from '../../../src/language/word-families.ts';

const meanings = (text: string): string[] => extractTerms(text).flatMap((term) => familiesOf(term));

test.each(['signed', 'signatories', 'हस्ताक्षर', '署名', 'கையெழுத்திட்டவர்கள்'])('%s means signing', (word) => {
  expect(meanings(word)).toContain('sign');
});

test('words of no common meaning belong to no family', () => {
  expect(meanings('umbrella Kobe 1987')).toEqual([]);
});
