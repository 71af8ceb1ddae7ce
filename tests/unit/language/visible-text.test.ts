import { expect, test } from 'vitest';
import { hidesText, visibleText } from '../../../src/language/visible-text.ts';

const HIDDEN = String.fromCodePoint(0xe0041, 0xe0042);

test('tag characters and direction controls are taken out', () => {
  expect(visibleText(`Who${HIDDEN} signed\u202E it\u200B?`)).toBe('Who signed it?');
});

test('the joiners of Indic scripts stay', () => {
  expect(visibleText('क्\u200Dष')).toBe('क्\u200Dष');
});

test('a text that hides characters is recognised', () => {
  expect(hidesText(`plain${HIDDEN}`)).toBe(true);
  expect(hidesText('plain')).toBe(false);
});
