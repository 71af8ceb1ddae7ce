import type { CorpusStore } from '../corpus-store/corpus-store.ts';
import type { Duplicate } from '../domain.ts';
import { findNearDuplicates } from './near-duplicates.ts';

/** Which of the documents just written have the text of another, or most of it. */
export async function listDuplicates(written: readonly string[], store: CorpusStore): Promise<Duplicate[]> {
  if (written.length === 0) return [];
  const isNew = new Set(written);
  const same: Duplicate[] = [];
  for (const id of written) {
    const twins = await store.findTwins(id);
    const of = twins.find((twin) => !isNew.has(twin) || twin < id);
    if (of !== undefined) same.push({ id, of, similarity: 1 });
  }
  const told = new Set(same.map(({ id }) => id));
  const near = findNearDuplicates(isNew, await store.listSketches()).filter(({ id }) => !told.has(id));
  return [...same, ...near.map((found) => ({ ...found, similarity: Math.min(found.similarity, 0.99) }))];
}
