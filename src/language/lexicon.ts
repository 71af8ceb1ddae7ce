import { keyOf } from './form-key.ts';

/** Names of one thing, in whatever languages. */
export type Forms = readonly string[];

/** Forms by any of them, as `keyOf` writes it. */
export interface Lexicon {
  find(key: string): readonly Forms[];
}

/** Hashes up to 21 bits and offsets up to 32 share one exact number. */
const BUCKETS = 2 ** 21;
const OFFSETS = 2 ** 32;

/** A lexicon of few entries, in a map. */
export function createLexicon(entries: Iterable<Forms>): Lexicon {
  const known = new Map<string, Forms[]>();
  for (const forms of entries) {
    for (const key of new Set(forms.map(keyOf))) known.set(key, [...(known.get(key) ?? []), forms]);
  }
  return { find: (key) => known.get(key) ?? [] };
}

/**
 * A lexicon of many entries, in little memory: the forms as one block of UTF-8, and for each key a number of its hash
 * and where its entry stands, sorted. What is found is checked, as hashes may agree by chance. Earlier entries first.
 */
export function createLargeLexicon(entries: Iterable<Forms>): Lexicon {
  const lines: string[] = [];
  const places: number[] = [];
  let offset = 0;
  for (const forms of entries) {
    const line = `${forms.map((form) => form.replaceAll(/[\t\n]/g, ' ')).join('\t')}\n`;
    lines.push(line);
    for (const form of forms) places.push(hash(keyOf(form)) * OFFSETS + offset);
    offset += Buffer.byteLength(line);
  }
  const text = Buffer.from(lines.join(''));
  const sorted = Float64Array.from(places).toSorted();
  return {
    find(key) {
      const found: Forms[] = [];
      const last = (hash(key) + 1) * OFFSETS;
      for (let at = lowerBound(sorted, last - OFFSETS); (sorted[at] ?? last) < last; at++) {
        if (sorted[at] === sorted[at - 1]) continue;
        const start = (sorted[at] ?? 0) % OFFSETS;
        const forms = text.toString('utf8', start, text.indexOf('\n', start)).split('\t');
        if (forms.some((form) => keyOf(form) === key)) found.push(forms);
      }
      return found;
    },
  };
}

/** FNV-1a over UTF-16 code units. */
function hash(key: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) value = Math.imul(value ^ key.charCodeAt(at), 0x01000193);
  return (value >>> 0) % BUCKETS;
}

function lowerBound(sorted: Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
