import type { CorpusStore } from '../corpus-store/corpus-store.ts';
import { cosine } from './cosine.ts';
import { isUnfiltered, scoreAllUpTo, type NearestChunks } from './nearest-chunks.ts';
import type { VectorIndex } from './vector-index.ts';

export interface IndexedNearestDependencies {
  readonly store: CorpusStore;
  readonly vectors: VectorIndex;
  /** Whose vectors the index holds. */
  readonly model: string;
}

/** Nearest chunks by an index in this process; what it need not be asked for is scored by the store's vectors. */
export function createIndexedNearest({ store, vectors, model }: IndexedNearestDependencies): NearestChunks {
  const compare: NearestChunks['compare'] = async (meaning, labels) => {
    const stored = await store.findVectors(model, labels);
    return stored.map(({ label, vector }) => ({ label, similarity: cosine(meaning, vector) }));
  };
  return {
    count: async () => vectors.size,
    async find(meaning, { limit, filters }) {
      if (isUnfiltered(filters)) return vectors.search(meaning, limit);
      const allowed = await store.findLabels(filters);
      if (allowed.size > scoreAllUpTo(vectors.size)) return vectors.search(meaning, limit, allowed);
      return compare(meaning, [...allowed]);
    },
    compare,
  };
}
