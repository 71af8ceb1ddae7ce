import { detectLanguage } from './detect-language.ts';
import type { Forms, Lexicon } from './lexicon.ts';
import { STOP_WORDS } from './stop-words.ts';
import { splitWords } from './terms.ts';

/** Words of the longest form that is looked for. */
const LONGEST_FORM_WORDS = 6;
/** Characters of the longest form in a script without spaces. */
const LONGEST_FORM_CHARACTERS = 16;
/** Letters that an ending may add to a form, and letters that must remain. */
const LONGEST_ENDING = 5;
const SHORTEST_STEM = 3;
/** Entries of one word that are taken of a dictionary: of many, most are other senses. */
const MOST_SENSES = 6;

/** Something that a text names: the forms that the text itself does not hold. */
export interface Translation {
  readonly forms: readonly string[];
  /** Whether only a dictionary knows it, which tells nothing of which sense is meant. */
  readonly loose: boolean;
}

export type Translator = (text: string) => readonly Translation[];

export interface TranslatorSources {
  readonly glossary: Lexicon;
  /** Asked for the words that the glossary does not know, and then only for what they are in other languages. */
  readonly words?: Lexicon;
  /** Asked in this order for the words that neither knows. */
  readonly dictionaries?: readonly Lexicon[];
}

const NOTHING: Lexicon = { find: () => [] };
const STOP_KEYS = new Set([...STOP_WORDS].flatMap(splitWords));
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

/**
 * Looks the terms of a text up, the longest form first. Word by word, without grammar: for finding passages, not for
 * reading.
 */
export function createTranslator({
  glossary,
  words: general = NOTHING,
  dictionaries = [],
}: TranslatorSources): Translator {
  const telling = (find: Lexicon['find']): Lexicon => ({ find: (key) => (STOP_KEYS.has(key) ? [] : find(key)) });
  const plain = telling((key) => general.find(key));
  const wide = telling((key) => dictionaries.flatMap((dictionary) => dictionary.find(key).slice(0, MOST_SENSES)));
  return (text) => {
    const words = splitWords(text);
    const own = new Set(words);
    const foreign = (forms: Forms): Forms => forms.filter((form) => splitWords(form).some((word) => !own.has(word)));
    const pieces = [...divide(words, glossary)];
    const rest = runsOf(pieces).map((run) => [...divide(run, plain)]);
    const unknown = dictionaries.length === 0 ? [] : rest.flatMap(runsOf);
    const loose = new Set(unknown.flatMap((run) => entriesOf(run, wide)));
    const language = detectLanguage(text);
    const elsewhere = (forms: Forms): Forms => forms.filter((form) => detectLanguage(form) !== language);
    return [
      ...known(pieces).map((forms) => ({ forms: foreign(forms), loose: false })),
      ...known(rest.flat()).map((forms) => ({ forms: elsewhere(foreign(forms)), loose: false })),
      ...[...loose].map((forms) => ({ forms: foreign(forms), loose: true })),
    ];
  };
}

/** Entries for some words, or a word of which nothing is known. */
type Piece = readonly Forms[] | string;

function* divide(words: readonly string[], lexicon: Lexicon): Generator<Piece> {
  let at = 0;
  while (at < words.length) {
    const length = longestMatch(words, at, lexicon);
    const word = words[at] ?? '';
    if (length > 0) yield lexicon.find(words.slice(at, at + length).join(' '));
    else if (UNSPACED.test(word)) yield* divideRun(word, lexicon);
    else yield findByStem(word, lexicon) ?? word;
    at += Math.max(1, length);
  }
}

/** Forms within a run that has no spaces, from left to right, each time the longest. */
function* divideRun(run: string, lexicon: Lexicon): Generator<Piece> {
  let unknown = '';
  let at = 0;
  while (at < run.length) {
    let length = Math.min(LONGEST_FORM_CHARACTERS, run.length - at);
    while (length > 1 && lexicon.find(run.slice(at, at + length)).length === 0) length--;
    if (length > 1) {
      if (unknown !== '') yield unknown;
      unknown = '';
      yield lexicon.find(run.slice(at, at + length));
    } else unknown += run.charAt(at);
    at += Math.max(1, length);
  }
  if (unknown !== '') yield unknown;
}

function known(pieces: readonly Piece[]): Forms[] {
  return [...new Set(pieces.flatMap((piece) => (typeof piece === 'string' ? [] : piece)))];
}

/** Words of which nothing is known and that stand together. */
function runsOf(pieces: readonly Piece[]): string[][] {
  const runs: string[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece === 'string') runs.at(-1)?.push(piece);
    else runs.push([]);
  }
  return runs;
}

/** The entries that a text names, the longest first at each place. */
export function findForms(text: string, lexicon: Lexicon): Forms[] {
  return [...new Set(entriesOf(splitWords(text), lexicon))];
}

function entriesOf(words: readonly string[], lexicon: Lexicon): Forms[] {
  return [...divide(words, lexicon)].flatMap((piece) => (typeof piece === 'string' ? [] : piece));
}

/** How many words from `at` on are a form together; 0 when there is none. */
function longestMatch(words: readonly string[], at: number, lexicon: Lexicon): number {
  for (let length = Math.min(LONGEST_FORM_WORDS, words.length - at); length > 0; length--) {
    if (lexicon.find(words.slice(at, at + length).join(' ')).length > 0) return length;
  }
  return 0;
}

/** The entries of the longest form that a Hindi or Tamil word begins with, if what follows can be an ending. */
function findByStem(word: string, lexicon: Lexicon): readonly Forms[] | undefined {
  if (/\p{ASCII}/u.test(word)) return undefined;
  const letters = Array.from(word);
  for (let length = letters.length - 1; length >= Math.max(SHORTEST_STEM, letters.length - LONGEST_ENDING); length--) {
    const entries = lexicon.find(letters.slice(0, length).join(''));
    if (entries.length > 0) return entries;
  }
  return undefined;
}
