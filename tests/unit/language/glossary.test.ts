import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/domain.ts';
import { loadGlossary, parseGlossary } from '../../../src/language/glossary.ts';

const HEADER = 'en\thi\tja\tta';
const TREATY = 'treaty\tसंधि\t条約\tஉடன்படிக்கை';
const { entries, faults } = loadGlossary();
const byEnglish = new Map(entries.flatMap((entry) => entry.en.map((form) => [form.toLowerCase(), entry] as const)));

function reasonOf(line: string): string | undefined {
  const glossary = parseGlossary([HEADER, '# Instruments', line, TREATY].join('\n'));
  expect(glossary.entries.at(-1)?.en).toEqual(['treaty']);
  expect(glossary.faults.map((fault) => fault.line)).toEqual([3]);
  return glossary.faults[0]?.reason;
}

test('the shipped glossary is whole', () => {
  expect(faults).toEqual([]);
  expect(loadGlossary('general-words').faults).toEqual([]);
  expect(entries.length).toBeGreaterThanOrEqual(1400);
  expect(entries.filter((entry) => LANGUAGES.some((language) => entry[language].length === 0))).toEqual([]);
});

test.each([
  ['hi', /\p{Script=Devanagari}/u],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u],
  ['ta', /\p{Script=Tamil}/u],
] as const)('every form of %s is in its script or a Latin acronym', (language, script) => {
  const forms = entries.flatMap((entry) => entry[language]);
  const others = forms.filter((form) => !script.test(form));
  expect(others.filter((form) => !/^[A-Z0-9][\w+.-]*$/.test(form))).toEqual([]);
  expect(others.length).toBeLessThan(forms.length / 20);
});

test.each(['hi', 'ja', 'ta'] as const)('few forms of %s stand for several concepts', (language) => {
  const uses = new Map<string, number>();
  for (const form of entries.flatMap((entry) => entry[language])) uses.set(form, (uses.get(form) ?? 0) + 1);
  const shared = [...uses].filter(([, count]) => count > 1);
  expect(shared.length).toBeLessThan(uses.size / 10);
  expect(shared.filter(([, count]) => count > 6)).toEqual([]);
});

test('cells hold no stray white space, and no form twice', () => {
  const text = readFileSync(new URL('../../../src/language/glossary.tsv', import.meta.url), 'utf8');
  expect(text.startsWith(`${HEADER}\n`)).toBe(true);
  for (const cell of text.split('\n').flatMap((line) => line.split('\t'))) {
    expect(cell).toBe(cell.trim());
    const forms = cell.split(' | ');
    expect(forms).toEqual([...new Set(forms)]);
  }
});

test('months, weekdays and numbers are all there', () => {
  const months = 'january february march april may june july august september october november december';
  const days = 'monday tuesday wednesday thursday friday saturday sunday';
  const units = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen';
  const tens = 'sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety';
  const scale = 'hundred thousand lakh million crore billion trillion';
  const words = [months, days, units, tens, scale].join(' ').split(' ');
  expect(words.filter((word) => !byEnglish.has(word))).toEqual([]);
});

test('the countries of the briefs are all there', () => {
  const asia = 'India|Japan|China|Iran|Israel|Indonesia|Malaysia|Singapore|South Korea|Vietnam';
  const europe = 'France|Germany|Italy|Russia|United Kingdom|European Union';
  const others = 'Australia|Canada|Egypt|South Africa|United States';
  const countries = [asia, europe, others].join('|').toLowerCase().split('|');
  expect(countries.filter((country) => !byEnglish.has(country))).toEqual([]);
});

test('a concept leads from each language to the others', () => {
  const semiconductor = entries.find((entry) => entry.ja.includes('半導体'));
  expect(semiconductor?.en).toContain('semiconductor');
  expect(semiconductor?.hi).toContain('सेमीकंडक्टर');
  expect(semiconductor?.ta).toContain('குறைக்கடத்தி');
  expect(byEnglish.get('memorandum of cooperation')?.ja).toContain('協力覚書');
  expect(byEnglish.get('joint statement')?.hi).toContain('संयुक्त वक्तव्य');
});

test('a broken line is reported with its number and the rest is used', () => {
  expect(reasonOf('pact\tकरार\t合意')).toBe('3 cells instead of 4');
  expect(reasonOf(' \tकरार\t合意\tஒப்பந்தம்')).toBe('the English cell is empty');
  expect(reasonOf('pact\t\t | \t')).toBe('every cell but the English one is empty');
  expect(reasonOf('pact\tகரார்\t合意\t')).toBe('"கரார்" is not in the script of the column hi');
  expect(reasonOf('pact\tpakt\t合意\t')).toBe('"pakt" is not in the script of the column hi');
  expect(reasonOf('pact\tकरार\tकरार\t')).toBe('"करार" is not in the script of the column ja');
  expect(reasonOf('pact\tकरार\t\t合意')).toBe('"合意" is not in the script of the column ta');
  expect(reasonOf('करार\tकरार\t\t')).toBe('"करार" is not in the script of the column en');
});

test('an English form belongs to one line', () => {
  const glossary = parseGlossary([HEADER, TREATY, 'pact | Treaty\tकरार\t\t', 'accord\tकरार\t\t'].join('\r\n'));
  expect(glossary.faults).toEqual([{ line: 3, reason: '"Treaty" already stands on line 2' }]);
  expect(glossary.entries.map((entry) => entry.en[0])).toEqual(['treaty', 'accord']);
});

test('forms are trimmed and taken once; acronyms and empty cells are fine', () => {
  const {
    entries: [entry],
  } = parseGlossary('AI | AI |artificial intelligence\tएआई | AI\tAI |人工知能\t');
  expect(entry).toEqual({
    en: ['AI', 'artificial intelligence'],
    hi: ['एआई', 'AI'],
    ja: ['AI', '人工知能'],
    ta: [],
  });
});

test('any text is read without an error', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), { maxLength: 6 }), (lines) => {
      const text = lines.map((cells) => cells.join('\t')).join('\n');
      const glossary = parseGlossary(text);
      const used = glossary.entries.length + glossary.faults.length;
      expect(used).toBeLessThanOrEqual(text.split(/\r?\n/).length);
    }),
  );
});
