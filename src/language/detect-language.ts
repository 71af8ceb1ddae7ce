import type { Language } from '../domain.ts';

const SCRIPTS: readonly (readonly [Language, RegExp])[] = [
  ['hi', /\p{Script=Devanagari}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu],
];

/** Words of the Latin alphabet are longer than the rest; a third of the letters is a majority of the words. */
const SHARE = 1 / 3;

/** The language of a text by its script: the one of `hi`, `ta`, `ja` that holds a third of its letters, else `en`. */
export function detectLanguage(text: string): Language {
  const letters = text.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  for (const [language, script] of SCRIPTS) {
    const count = text.match(script)?.length ?? 0;
    if (count > 0 && count >= letters * SHARE) return language;
  }
  return 'en';
}
