import { STOP_WORDS } from './stop-words.ts';
import { familiesOf } from './word-families.ts';

/** Words that two sentences must have in common for the one place where they differ to tell. */
const FEWEST_COMMON = 3;
/** Words of that place, on each side. */
const MOST_DIFFERING = 3;

const words = new Intl.Segmenter('ja', { granularity: 'word' });

/**
 * Whether two sentences of a script without capitals are the same but for one place behind their first word, which holds
 * another name or word on each side: there, names cannot be told by how they are written.
 */
export function arePair(a: string, b: string): boolean {
  if (hasCapitals(a) || hasCapitals(b) || a === b) return false;
  const [left, right] = [split(a), split(b)];
  const before = countCommon(left, right);
  const after = Math.min(
    countCommon(left.toReversed(), right.toReversed()),
    left.length - before,
    right.length - before,
  );
  const places = [left, right].map((tokens) => tokens.slice(before, tokens.length - after));
  const common = [...left.slice(0, before), ...left.slice(left.length - after)].filter(isContent);
  if (before === 0 || common.length < FEWEST_COMMON) return false;
  return places.every(holdsOneThing) && !areSynonyms(places);
}

function hasCapitals(text: string): boolean {
  return /\p{Lu}/u.test(text);
}

function split(text: string): string[] {
  const spaced = /[\p{Script=Devanagari}\p{Script=Tamil}]/u.test(text);
  if (spaced) return text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...words.segment(text.normalize('NFKC'))]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}

function countCommon(a: readonly string[], b: readonly string[]): number {
  const end = a.findIndex((token, i) => token !== b[i]);
  return end === -1 ? a.length : end;
}

function isContent(token: string): boolean {
  return !STOP_WORDS.has(token) && !/^\p{Script=Hiragana}+$/u.test(token);
}

function holdsOneThing(tokens: readonly string[]): boolean {
  const content = tokens.filter(isContent);
  return (
    content.length > 0 &&
    content.length === tokens.length &&
    tokens.length <= MOST_DIFFERING &&
    !tokens.some((token) => /\p{N}/u.test(token))
  );
}

function areSynonyms([left = [], right = []]: readonly (readonly string[])[]): boolean {
  const families = new Set(left.flatMap((token) => familiesOf(token)));
  return right.some((token) => familiesOf(token).some((family) => families.has(family)));
}
