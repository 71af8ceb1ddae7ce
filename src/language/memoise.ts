import { LRUCache } from 'lru-cache';

/** Characters of text whose results are kept: the same passages are read again and again. */
const MOST_CHARACTERS = 2_000_000;

/** Remembers what a pure function of a text gave, the least recently used forgotten first. Results are shared: do not change them. */
export function memoise<T extends object>(compute: (text: string) => T): (text: string) => T {
  const cache = new LRUCache<string, T>({ maxSize: MOST_CHARACTERS, sizeCalculation: (_, text) => text.length + 1 });
  return (text) => {
    const known = cache.get(text);
    if (known) return known;
    const result = compute(text);
    cache.set(text, result);
    return result;
  };
}
