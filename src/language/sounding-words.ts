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
export function* splitWords(text: string): Generator<string> {
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) if (word.length >= MIN_LETTERS) yield word;
}

/** What can be heard in one of `splitWords`: nothing for stop words, numbers and Han; of Japanese, its katakana words. */
export function soundingWords(word: string): SoundingWord[] {
  const terms = extractTerms(word);
  if (JAPANESE.test(word)) return terms.filter((term) => KATAKANA.test(term)).flatMap((term) => sounding(term, term));
  return terms.slice(0, 1).flatMap((term) => sounding(term, word));
}

function sounding(term: string, word: string): SoundingWord[] {
  const script = scriptOf(word);
  const roman = romanise(word);
  return script && roman && roman.length >= MIN_LETTERS && term.length >= MIN_LETTERS ? [{ term, script, roman }] : [];
}
