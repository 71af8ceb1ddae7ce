import { LRUCache } from 'lru-cache';

/**
 * What was read of one revision of the corpus, until another is seen: a question asks for the same terms and passages again
 * and again. Each search looks at the revision before it begins, and so does whoever follows what others change.
 */
export interface RevisionMemory {
  /** The revision that was seen last: what is remembered of another is forgotten. */
  note(revision: number): void;
  /** After a write: nothing holds until a revision is seen again. */
  forget(): void;
  /** Whether what was read at this revision may be remembered, and is still good. */
  isOf(revision: number): boolean;
  open<Key extends number | string, Value extends object>(most: number): LRUCache<Key, Value>;
}

/** Remembers nothing. */
export const NO_MEMORY: RevisionMemory = {
  note: () => {},
  forget: () => {},
  isOf: () => false,
  open: (most) => new LRUCache({ max: most }),
};

export function createRevisionMemory(): RevisionMemory {
  let current: number | undefined;
  const caches: { clear(): void }[] = [];
  const note = (revision: number | undefined): void => {
    if (revision === current) return;
    current = revision;
    for (const cache of caches) cache.clear();
  };
  return {
    note,
    forget: () => note(undefined),
    isOf: (revision) => revision === current,
    open<Key extends number | string, Value extends object>(most: number) {
      const cache = new LRUCache<Key, Value>({ max: most });
      caches.push(cache);
      return cache;
    },
  };
}
