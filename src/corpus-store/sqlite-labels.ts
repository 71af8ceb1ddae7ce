import { LRUCache } from 'lru-cache';
import type { PassageFilters } from '../domain.ts';
import type { Sqlite } from '../sqlite.ts';
import { conditionOf } from './sqlite-filters.ts';
import { changeWatcher } from './sqlite-revision.ts';

/** Labels that are remembered, of all filters together: some 40 bytes each. */
const MOST_REMEMBERED = 500_000;

export type FindLabels = (filters: PassageFilters) => ReadonlySet<number>;

const ofConnection = new WeakMap<Sqlite, FindLabels>();

/** The labels that filters let through, remembered until the corpus changes; all who use one connection share them. */
export function labelFinder(sqlite: Sqlite): FindLabels {
  const made = ofConnection.get(sqlite) ?? createFinder(sqlite);
  ofConnection.set(sqlite, made);
  return made;
}

function createFinder(sqlite: Sqlite): FindLabels {
  const known = new LRUCache<string, ReadonlySet<number>>({
    maxSize: MOST_REMEMBERED,
    sizeCalculation: (labels, key) => labels.size + key.length,
  });
  const hasChanged = changeWatcher(sqlite);
  return (filters) => {
    if (hasChanged()) known.clear();
    const { sql, parameters } = conditionOf(filters);
    const key = JSON.stringify([sql, parameters]);
    const remembered = known.get(key);
    if (remembered) return remembered;
    const rows = sqlite
      .prepare<unknown[], number>(`SELECT label FROM chunks JOIN documents ON documents.id = document_id WHERE ${sql}`)
      .pluck()
      .all(...parameters);
    const labels = new Set(rows);
    known.set(key, labels);
    return labels;
  };
}
