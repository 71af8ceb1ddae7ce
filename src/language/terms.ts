import { stemmer } from 'stemmer';
import { comparableText } from './comparable-text.ts';
import { findValues } from './find-values.ts';
import { memoise } from './memoise.ts';
import { STOP_WORDS } from './stop-words.ts';
import { ENGLISH_MONTHS } from './dates.ts';
import { ENGLISH_UNITS } from './units.ts';
import { isAmount, type Amount, type CalendarDate } from './values.ts';

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu;
/** Letters of a run within a Hindi or Tamil word. */
const GRAM_LENGTH = 4;
/** Marks the edge of a word in a run: a letter of private use, which full-text engines keep as part of the term. */
const EDGE = '\uE000';
const INDIC = /[\p{Script=Devanagari}\p{Script=Tamil}]/u;
const TOKEN = /\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{L}\p{M}\p{Nd}]+/gu;
const NUMBER = /^\p{Nd}+(?:[.,]\p{Nd}+)*$/u;
/** Japanese and other letters, apart: "AI戦略" is two words. */
const SCRIPT_RUN =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+|[^\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu;
const japanese = new Intl.Segmenter('ja', { granularity: 'word' });

/**
 * The search terms of a text, in order, with repetitions: lower-case and NFKC; English stemmed (Porter) and without stop
 * words; Hindi and Tamil as words and runs of four letters; Japanese as words, character bigrams and single kanji; numbers
 * without separators of thousands. Dates, sums and measures have the same terms in every language and form. Documents
 * and questions are analysed alike, so that equal terms mean a match.
 */
export const extractTerms: (text: string) => readonly string[] = memoise((text) => {
  const plain = comparableText(text);
  const terms: string[] = [];
  let rest = 0;
  for (const { start, end, value } of findValues(plain)) {
    terms.push(...termsOfWords(plain.slice(rest, start)));
    terms.push(...(isAmount(value) ? termsOfAmount(value, plain.slice(start, end)) : termsOfDate(value)));
    rest = end;
  }
  return [...terms, ...termsOfWords(plain.slice(rest))];
});

/** The words of a text as they are compared across languages: like terms, but whole, and with stop words. */
export function splitWords(text: string): string[] {
  return tokensOf(comparableText(text)).flatMap((token) => (token.match(SCRIPT_RUN) ?? []).map(stem));
}

/** As in "2 July 2026". */
function termsOfDate({ year, month, day, untilDay }: CalendarDate): string[] {
  const named = month === undefined ? undefined : stem((ENGLISH_MONTHS[month - 1] ?? '').toLowerCase());
  return [day, untilDay, named, year].flatMap((part) => (part === undefined ? [] : String(part)));
}

/** The whole number, the words beside it, and the English name of its unit, whatever it is written in. */
function termsOfAmount({ amount, unit }: Amount, written: string): string[] {
  const words = termsOfWords(written.replaceAll(/\d[\d,.]*/g, ' '));
  const named = unit === undefined ? [] : termsOfWords(ENGLISH_UNITS.get(unit) ?? '');
  return [String(amount), ...new Set([...words, ...named])];
}

function termsOfWords(text: string): string[] {
  return tokensOf(text).flatMap((token) => (NUMBER.test(token) ? [token] : [...termsOfWord(token)]));
}

function tokensOf(text: string): string[] {
  return (text.match(TOKEN) ?? []).map((token) => (NUMBER.test(token) ? token.replaceAll(',', '') : token));
}

/** Whether texts of every language write a term alike: Latin letters, and numbers. */
export function isEverywhere(term: string): boolean {
  return /^[\p{Script=Latin}\p{Nd}.]+$/u.test(term);
}

/** A word without its ending, where it is English: "agreements", "1990s", "H100s". Lower case. */
export function stem(word: string): string {
  if (/^[a-z]+$/.test(word)) return stemmer(word);
  return /^[a-z]*\d[a-z\d]*s$/.test(word) ? word.slice(0, -1) : word;
}

function* termsOfWord(token: string): Generator<string> {
  let rest = 0;
  for (const match of token.matchAll(JAPANESE)) {
    yield* plainTerm(token.slice(rest, match.index));
    yield* japaneseTerms(match[0]);
    rest = match.index + match[0].length;
  }
  yield* plainTerm(token.slice(rest));
}

function* plainTerm(word: string): Generator<string> {
  if (word === '' || STOP_WORDS.has(word)) return;
  if (INDIC.test(word)) {
    yield* indicTerms(word);
    return;
  }
  yield stem(word);
}

/** The word, and its runs of four letters, its edges among them: endings change the word, and leave most runs as they are. */
function* indicTerms(word: string): Generator<string> {
  yield word;
  const letters = Array.from(`${EDGE}${word}${EDGE}`);
  for (let i = 0; i === 0 || i + GRAM_LENGTH <= letters.length; i++) yield letters.slice(i, i + GRAM_LENGTH).join('');
}

function* japaneseTerms(run: string): Generator<string> {
  for (const { segment } of japanese.segment(run)) {
    if (segment.length > 1 && !STOP_WORDS.has(segment)) yield segment;
  }
  const letters = Array.from(run);
  const bigrams = letters.slice(1).map((second, i) => `${letters[i]}${second}`);
  yield* bigrams.filter((bigram) => !/^\p{Script=Hiragana}+$/u.test(bigram));
  yield* letters.filter((letter) => /\p{Script=Han}/u.test(letter) && !STOP_WORDS.has(letter));
}
