import { LRUCache } from 'lru-cache';
import type { Sqlite } from '../sqlite.ts';
import type { Frequencies } from './choose-terms.ts';
import { changeWatcher } from './sqlite-revision.ts';

/** Terms whose frequency is remembered: to count a frequent one, SQLite walks through all that hold it. */
const MOST_REMEMBERED = 50_000;

/** Frequencies in the corpus as it is when asked; forgotten when it changes, by whatever process. */
export function frequencyReader(sqlite: Sqlite): () => Frequencies {
  const total = sqlite.prepare<[], number>('SELECT count(*) FROM chunks').pluck();
  const frequency = sqlite.prepare<[string], number>('SELECT doc FROM chunk_vocabulary WHERE term = ?').pluck();
  const known = new LRUCache<string, number>({
    max: MOST_REMEMBERED,
    memoMethod: (term) => frequency.get(term) ?? 0,
  });
  const hasChanged = changeWatcher(sqlite);
  let chunks = 0;
  return () => {
    if (hasChanged()) {
      known.clear();
      chunks = total.get() ?? 0;
    }
    return { chunks, holding: (term) => known.memo(term) };
  };
}
