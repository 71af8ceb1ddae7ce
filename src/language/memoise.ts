import { LRUCache } from 'lru-cache';

/** Characters of text whose results are kept: the same passages are read again and again. */
const MOST_CHARACTERS = 2_000_000;

/** Remembers what a pure function of a text gave, the least recently used forgotten first. Results are shared: do not change them. */
export function memoise<T extends object | boolean>(compute: (text: string) => T): (text: string) => T {
  return rememberIn<string, T>(
    new LRUCache<string, T>({ maxSize: MOST_CHARACTERS, sizeCalculation: (_, text) => text.length + 1 }),
    compute,
  );
}

/** Remembers what a pure function made of an object, as long as somebody holds the object. */
export function memoiseByObject<Key extends object, T extends object | string>(
  compute: (key: Key) => T,
): (key: Key) => T {
  return rememberIn<Key, T>(new WeakMap<Key, T>(), compute);
}

interface Memory<Key, T> {
  get(key: Key): T | undefined;
  set(key: Key, value: T): unknown;
}

function rememberIn<Key, T>(memory: Memory<Key, T>, compute: (key: Key) => T): (key: Key) => T {
  return (key) => {
    const known = memory.get(key);
    if (known !== undefined) return known;
    const result = compute(key);
    memory.set(key, result);
    return result;
  };
}
