import { LRUCache } from 'lru-cache';
import type { Sqlite } from '../sqlite.ts';
import type { Frequencies } from './choose-terms.ts';

/** Terms whose frequency is remembered: to count a frequent one, SQLite walks through all that hold it. */
const MOST_REMEMBERED = 50_000;

/** Frequencies in the corpus as it is when asked; forgotten when it changes, by whatever process. */
export function frequencyReader(sqlite: Sqlite): () => Frequencies {
  const state = sqlite.prepare<[], string>("SELECT value FROM meta WHERE key = 'corpus-digest'").pluck();
  const total = sqlite.prepare<[], number>('SELECT count(*) FROM chunks').pluck();
  const frequency = sqlite.prepare<[string], number>('SELECT doc FROM chunk_vocabulary WHERE term = ?').pluck();
  const known = new LRUCache<string, number>({
    max: MOST_REMEMBERED,
    memoMethod: (term) => frequency.get(term) ?? 0,
  });
  let [seen, chunks]: [string | undefined, number] = [undefined, 0];
  return () => {
    const now = state.get();
    if (now === undefined || now !== seen) {
      known.clear();
      [seen, chunks] = [now, total.get() ?? 0];
    }
    return { chunks, holding: (term) => known.memo(term) };
  };
}
