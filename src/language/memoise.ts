import { LRUCache } from 'lru-cache';

/** Characters of text whose results are kept: the same passages are read again and again. */
const MOST_CHARACTERS = 2_000_000;

/** Remembers what a pure function of a text gave, the least recently used forgotten first. Results are shared: do not change them. */
export function memoise<T extends object | boolean>(compute: (text: string) => T): (text: string) => T {
  const cache = new LRUCache<string, T>({ maxSize: MOST_CHARACTERS, sizeCalculation: (_, text) => text.length + 1 });
  return (text) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const result = compute(text);
    cache.set(text, result);
    return result;
  };
}

/** Remembers what a pure function made of an object, as long as somebody holds the object. */
export function memoiseByObject<Key extends object, T extends object | string>(
  compute: (key: Key) => T,
): (key: Key) => T {
  const known = new WeakMap<Key, T>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const result = compute(key);
    known.set(key, result);
    return result;
  };
}
