import type { GlossaryEntry } from './glossary.ts';
import { splitWords } from './terms.ts';

/** Words of the longest form that is looked for. */
const LONGEST_FORM_WORDS = 6;
/** Characters of the longest form in a script without spaces. */
const LONGEST_FORM_CHARACTERS = 16;
/** Letters that an ending may add to a form, and letters that must remain. */
const LONGEST_ENDING = 5;
const SHORTEST_STEM = 3;

/** The glossary entries that a text names: of each, the forms that the text itself does not hold. */
export type Translator = (text: string) => readonly (readonly string[])[];

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

/**
 * Looks the terms of a text up in the glossary, the longest form first. Word by word, without grammar: for finding
 * passages, not for reading.
 */
export function createTranslator(entries: readonly GlossaryEntry[]): Translator {
  const known = new Map<string, GlossaryEntry[]>();
  for (const entry of entries) {
    for (const form of Object.values(entry).flat()) {
      const key = splitWords(form).join(' ');
      known.set(key, [...(known.get(key) ?? []), entry]);
    }
  }
  return (text) => {
    const words = splitWords(text);
    const own = new Set(words);
    const isForeign = (form: string): boolean => splitWords(form).some((word) => !own.has(word));
    const found = new Set(findEntries(words, known));
    return [...found].map((entry) => Object.values(entry).flat().filter(isForeign));
  };
}

function* findEntries(
  words: readonly string[],
  known: ReadonlyMap<string, readonly GlossaryEntry[]>,
): Generator<GlossaryEntry> {
  let at = 0;
  while (at < words.length) {
    const length = longestMatch(words, at, known);
    if (length > 0) {
      yield* known.get(words.slice(at, at + length).join(' ')) ?? [];
      at += length;
      continue;
    }
    const word = words[at] ?? '';
    yield* UNSPACED.test(word) ? findWithin(word, known) : (known.get(findStem(word, known)) ?? []);
    at++;
  }
}

/** How many words from `at` on are a form together; 0 when there is none. */
function longestMatch(words: readonly string[], at: number, known: ReadonlyMap<string, unknown>): number {
  for (let length = Math.min(LONGEST_FORM_WORDS, words.length - at); length > 0; length--) {
    if (known.has(words.slice(at, at + length).join(' '))) return length;
  }
  return 0;
}

/** The longest form that a Hindi or Tamil word begins with, if what follows can be an ending. */
function findStem(word: string, known: ReadonlyMap<string, unknown>): string {
  if (/\p{ASCII}/u.test(word)) return '';
  const letters = Array.from(word);
  for (let length = letters.length - 1; length >= Math.max(SHORTEST_STEM, letters.length - LONGEST_ENDING); length--) {
    const stem = letters.slice(0, length).join('');
    if (known.has(stem)) return stem;
  }
  return '';
}

/** Forms within a run that has no spaces, from left to right, each time the longest. */
function* findWithin(run: string, known: ReadonlyMap<string, readonly GlossaryEntry[]>): Generator<GlossaryEntry> {
  let at = 0;
  while (at < run.length) {
    let length = Math.min(LONGEST_FORM_CHARACTERS, run.length - at);
    while (length > 1 && !known.has(run.slice(at, at + length))) length--;
    if (length > 1) yield* known.get(run.slice(at, at + length)) ?? [];
    at += Math.max(1, length);
  }
}
