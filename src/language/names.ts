import { LANGUAGES, type Language } from '../domain.ts';
import type { GlossaryEntry } from './glossary.ts';

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
const NAMED: readonly (readonly [Intl.DisplayNamesType, readonly string[]])[] = [
  ['region', PAIRS],
  ['language', PAIRS.map((code) => code.toLowerCase())],
  ['currency', Intl.supportedValuesOf('currency')],
];

/** What the Unicode data that comes with the runtime calls countries, languages and currencies. */
export function listNames(): GlossaryEntry[] {
  return NAMED.flatMap(([type, codes]) => {
    const names = LANGUAGES.map(
      (language) => [language, new Intl.DisplayNames(language, { type, fallback: 'none' })] as const,
    );
    return codes.flatMap((code) => {
      const forms = names.map(([language, known]) => [language, [known.of(code) ?? []].flat()] as const);
      const entry = Object.fromEntries(forms) as Record<Language, string[]>;
      return entry.en.length > 0 ? [entry] : [];
    });
  });
}
