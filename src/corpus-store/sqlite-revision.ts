import type { Sqlite } from '../sqlite.ts';

/** To be called in every transaction that changes the corpus. */
export function revisionWriter(sqlite: Sqlite): () => void {
  const set = sqlite.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('revision', hex(randomblob(8)))");
  return () => void set.run();
}

/**
 * Tells whether the corpus may have changed since it was asked last, by whatever process: what was read before then is
 * not to be used again. The digest is looked at as well, which versions without revisions wrote.
 */
export function changeWatcher(sqlite: Sqlite): () => boolean {
  const state = sqlite
    .prepare<[], string>("SELECT group_concat(value) FROM meta WHERE key IN ('corpus-digest', 'revision')")
    .pluck();
  let seen: string | null | undefined;
  return () => {
    const now = state.get() ?? null;
    if (now !== null && now === seen) return false;
    seen = now;
    return true;
  };
}
