import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadGlossary, parseGlossary } from '../../../src/language/glossary.ts';
import { createTranslator } from '../../../src/language/translate.ts';

const { entries } = parseGlossary(
  [
    'en\thi\tja\tta',
    'supercomputer\tसुपरकंप्यूटर\tスーパーコンピュータ\tமீக்கணினி',
    'memorandum of cooperation | MoC\tसहयोग ज्ञापन\t協力覚書\tஒத்துழைப்புக் குறிப்பாணை',
    'memorandum\tज्ञापन\t覚書\tகுறிப்பாணை',
    'July\tजुलाई\t7月\tஜூலை',
  ].join('\n'),
);
const byConcept = createTranslator(entries);
const translate = (text: string): string[] => byConcept(text).flat();

test('a term is given in every other language', () => {
  expect(translate('Which supercomputers are named?')).toEqual(['सुपरकंप्यूटर', 'スーパーコンピュータ', 'மீக்கணினி']);
});

test('the longest form wins over one within it', () => {
  expect(translate('the memorandum of cooperation')).toContain('協力覚書');
  expect(translate('the memorandum of cooperation')).not.toContain('覚書');
});

test('a Hindi or Tamil word with an ending is known by its stem', () => {
  expect(translate('सुपरकंप्यूटरों में')).toContain('supercomputer');
  expect(translate('மீக்கணினியில்')).toContain('supercomputer');
});

test('Japanese is searched within its runs', () => {
  expect(translate('産総研のスーパーコンピュータの協力覚書は')).toEqual(
    expect.arrayContaining(['supercomputer', 'MoC']),
  );
});

test('what the text already says is not said again, and unknown words say nothing', () => {
  expect(translate('MoC memorandum of cooperation')).not.toContain('MoC');
  expect(translate('xyzzy 42 ?!')).toEqual([]);
});

test('any text can be translated with the glossary that ships', () => {
  const shipped = createTranslator(loadGlossary().entries);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void shipped(text)));
  expect(shipped('प्रधानमंत्री').flat()).toContain('prime minister');
});
