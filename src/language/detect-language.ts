import type { Language } from '../domain.ts';

const SCRIPTS: readonly (readonly [Language, RegExp])[] = [
  ['hi', /\p{Script=Devanagari}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu],
];

const ANY_SCRIPT = new RegExp(SCRIPTS.map(([, { source }]) => source).join('|'), 'u');

/** Words of the Latin alphabet are longer than the rest; a third of the letters is a majority of the words. */
const SHARE = 1 / 3;

/** The language of a text by its script: the one of `hi`, `ta`, `ja` that holds a third of its letters, else `en`. */
export function detectLanguage(text: string): Language {
  if (!ANY_SCRIPT.test(text)) return 'en';
  const letters = count(text, /[\p{L}\p{M}]/gu);
  const found = SCRIPTS.find(([, script]) => {
    const own = count(text, script);
    return own > 0 && own >= letters * SHARE;
  });
  return found?.[0] ?? 'en';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
