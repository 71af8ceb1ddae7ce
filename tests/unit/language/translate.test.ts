import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGlossary } from '../../../src/language/glossary.ts';
import { createLexicon } from '../../../src/language/lexicon.ts';
import { openTranslator } from '../../../src/language/open-translator.ts';
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
const glossary = createLexicon(entries.map((entry) => Object.values(entry).flat()));
const byConcept = createTranslator({ glossary });
const translate = (text: string): string[] => byConcept(text).flatMap(({ forms }) => forms);

test('a term is given in every other language', () => {
  expect(translate('Which supercomputers are named?')).toEqual(['सुपरकंप्यूटर', 'スーパーコンピュータ', 'மீக்கணினி']);
});

test('a word of any text is given in other scripts, where the glossary does not know it', () => {
  const words = createLexicon([
    ['city', 'town', 'शहर', '都市'],
    ['July', 'Julian month', 'महीना'],
    ['own', 'अपने'],
  ]);
  const both = createTranslator({ glossary, words });
  const formsOf = (text: string): string[] => both(text).flatMap(({ forms }) => forms);
  expect(formsOf('which city in July')).toEqual(['जुलाई', '7月', 'ஜூலை', 'शहर', '都市']);
  expect(formsOf('शहर')).toEqual(['city', 'town', '都市']);
  expect(formsOf('अपने')).toEqual([]);
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
  const shipped = openTranslator({ dictionaries: [], onNotice: (notice) => expect.fail(notice) });
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void shipped(text)));
  expect(shipped('प्रधानमंत्री').flatMap(({ forms }) => forms)).toContain('prime minister');
});

test('countries, languages and currencies are known to the runtime, and named once', () => {
  const shipped = openTranslator({ dictionaries: [], onNotice: (notice) => expect.fail(notice) });
  expect(shipped('Kiribati').flatMap(({ forms }) => forms)).toContain('キリバス');
  expect(shipped('ベトナム')).toHaveLength(1);
});

test('a dictionary is asked for what the glossary does not know, and known to be loose', () => {
  const dictionary = createLexicon([
    ['bridge', 'पुल', 'सेतु'],
    ['memorandum', 'स्मरणपत्र'],
    ['who', 'कौन'],
  ]);
  const both = createTranslator({ glossary, dictionaries: [dictionary] });
  expect(both('Who wrote the memorandum on bridges?').map(({ forms, loose }) => [forms[0], loose])).toEqual([
    ['ज्ञापन', false],
    ['पुल', true],
  ]);
  expect(both('पुलों पर').flatMap(({ forms }) => forms)).toEqual(expect.arrayContaining(['bridge', 'सेतु']));
});

test('within a run of Japanese, the dictionary reads what the glossary leaves', () => {
  const dictionary = createLexicon([['bridge', '大橋']]);
  const both = createTranslator({ glossary, dictionaries: [dictionary] });
  expect(both('協力覚書大橋').map(({ forms }) => forms[0])).toEqual(['memorandum of cooperation', 'bridge']);
});
