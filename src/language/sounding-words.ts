import { romanise, scriptOf, type SoundScript } from './romanise.ts';
import { extractTerms } from './terms.ts';

/** A word that can be matched by sound across scripts. */
export interface SoundingWord {
  /** As `extractTerms` stores it. */
  readonly term: string;
  readonly script: SoundScript;
  readonly roman: string;
}

const MIN_LETTERS = 3;
/** Of katakana, where a letter is a syllable. */
const MIN_SYLLABLES = 2;
const WORD =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+|(?:(?![\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー])[\p{L}\p{M}\p{Nd}])+/gu;
const JAPANESE = /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u;
const KATAKANA = /[\p{Script=Katakana}ー]+/gu;

/** The runs of letters that words are made of, lower-case, in order, with repetitions. */
export function* letterRuns(text: string): Generator<string> {
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    if (word.length >= (JAPANESE.test(word) ? MIN_SYLLABLES : MIN_LETTERS)) yield word;
  }
}

/**
 * What can be heard in one of `letterRuns`: nothing for stop words, numbers and Han. Of Japanese, its runs of katakana
 * and then the words that they are made of; a run of several words is not a term.
 */
export function soundingWords(word: string): SoundingWord[] {
  const terms = extractTerms(word);
  if (!JAPANESE.test(word)) return terms.slice(0, 1).flatMap((term) => sounding(term, word));
  const runs = (word.match(KATAKANA) ?? []).filter((run) => run.length >= MIN_SYLLABLES);
  const parts = terms.filter((term) => term.length >= MIN_LETTERS && term.replace(KATAKANA, '') === '');
  return [...new Set([...runs, ...parts])].flatMap((term) => sounding(term, term));
}

/**
 * What a borrowed word may have more than its original, as romanised: the plural, endings of Hindi and Tamil, the
 * vowels of Japanese between consonants.
 */
const ADDITIONS: Readonly<Record<SoundScript, RegExp>> = {
  latin: /(?<=[^s])s$/,
  devanagari: /(?:i?y?on|en)$/,
  tamil: /(?:[vy]?(?:ilirundu|irku|uku|ukum|udan|utan|inudaya|in|il|ilum|al|ai|um)|ku|kum|kal|galin|galil)$/,
  kana: /(?<=[bfghkmprsv])u(?![aeiouy])|(?<=[dt])o(?![aeiouny])/g,
};
const MIN_STEM_LETTERS = 4;

/** The word as it is, and where it has such additions, without. */
function sounding(term: string, word: string): SoundingWord[] {
  const script = scriptOf(word);
  if (!script) return [];
  const whole = romanise(word) ?? '';
  const stem = whole.replace(ADDITIONS[script], '');
  const romans = stem === whole || stem.length < MIN_STEM_LETTERS ? [whole] : [whole, stem];
  return romans.filter((roman) => roman.length >= MIN_LETTERS).map((roman) => ({ term, script, roman }));
}
