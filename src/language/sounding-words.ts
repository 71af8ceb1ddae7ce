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
const WORD =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+|(?:(?![\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー])[\p{L}\p{M}\p{Nd}])+/gu;
const JAPANESE = /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u;
const KATAKANA = /^[\p{Script=Katakana}ー]+$/u;

/** The runs of letters that words are made of, lower-case, in order, with repetitions. */
export function* letterRuns(text: string): Generator<string> {
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) if (word.length >= MIN_LETTERS) yield word;
}

/** What can be heard in one of `letterRuns`: nothing for stop words, numbers and Han; of Japanese, its katakana words. */
export function soundingWords(word: string): SoundingWord[] {
  const terms = extractTerms(word);
  if (JAPANESE.test(word)) return terms.filter((term) => KATAKANA.test(term)).flatMap((term) => sounding(term, term));
  return terms.slice(0, 1).flatMap((term) => sounding(term, word));
}

/** Endings that Hindi and Tamil put behind a borrowed word too, as they are romanised. */
const ENDINGS: Readonly<Partial<Record<SoundScript, RegExp>>> = {
  devanagari: /(?:i?y?on|en)$/,
  tamil: /(?:[vy]?(?:ilirundu|irku|uku|ukum|udan|utan|inudaya|in|il|ilum|al|ai|um)|ku|kum|kal|galin|galil)$/,
};
const MIN_STEM_LETTERS = 4;

/** The word as it is, and where it has such an ending, without. */
function sounding(term: string, word: string): SoundingWord[] {
  const script = scriptOf(word);
  const whole = romanise(word) ?? '';
  if (!script || term.length < MIN_LETTERS) return [];
  const stem = whole.replace(ENDINGS[script] ?? /$/, '');
  const romans = stem === whole || stem.length < MIN_STEM_LETTERS ? [whole] : [whole, stem];
  return romans.filter((roman) => roman.length >= MIN_LETTERS).map((roman) => ({ term, script, roman }));
}
