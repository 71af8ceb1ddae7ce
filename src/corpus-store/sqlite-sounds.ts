import { LRUCache } from 'lru-cache';
import type { Sqlite } from '../sqlite.ts';
import { compareSounding } from './compare-sounding.ts';
import type { SoundAlike, SoundingTerm } from './corpus-store.ts';
import { changeWatcher } from './sqlite-revision.ts';

/** Rows known to be stored, so that frequent words are not written again with every document. */
const MOST_REMEMBERED = 200_000;

/** Words of questions whose like is remembered. */
const MOST_HEARD = 10_000;

/** Adds to the sounding terms. `committed` is to be called once they are certain to stay. */
export function soundWriter(sqlite: Sqlite): { write(terms: readonly SoundingTerm[]): void; committed(): void } {
  const insert = sqlite.prepare(
    'INSERT OR IGNORE INTO sounding_terms (bucket, script, sound, term) VALUES (@bucket, @script, @sound, @term)',
  );
  const stored = new Set<string>();
  let fresh = new Set<string>();
  return {
    write(terms) {
      for (const row of terms) {
        const key = `${row.script} ${row.sound} ${row.term}`;
        if (stored.has(key) || fresh.has(key)) continue;
        fresh.add(key);
        insert.run(row);
      }
    },
    committed() {
      if (stored.size + fresh.size > MOST_REMEMBERED) stored.clear();
      for (const key of fresh) stored.add(key);
      fresh = new Set();
    },
  };
}

/** Compares words with the terms of their buckets in other scripts, once while the corpus stays. Terms that left it are passed over. */
export function soundFinder(sqlite: Sqlite): (words: Iterable<string>) => Map<string, SoundAlike[]> {
  const others = sqlite.prepare<[string, string], { term: string; script: string; sound: string }>(
    'SELECT term, script, sound FROM sounding_terms WHERE bucket = ? AND script <> ?',
  );
  const held = sqlite.prepare<[string], number>('SELECT 1 FROM chunk_vocabulary WHERE term = ?').pluck();
  const known = new LRUCache<string, SoundAlike[]>({
    max: MOST_HEARD,
    memoMethod: (word) =>
      compareSounding(
        word,
        (bucket, script) => others.iterate(bucket, script),
        (term) => held.get(term) !== undefined,
      ),
  });
  const hasChanged = changeWatcher(sqlite);
  return (words) => {
    if (hasChanged()) known.clear();
    return new Map([...words].map((word) => [word, known.memo(word)]));
  };
}
