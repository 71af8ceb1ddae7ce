import { dot, normalise } from './cosine.ts';
import { checkVectors, type VectorEntry, type VectorHit, type VectorIndex } from './vector-index.ts';

/** Scores every vector: the truth that approximate indexes are measured against, and the path for small sets. */
export function createExactIndex(dimensions: number): VectorIndex {
  const vectors = new Map<number, Float32Array>();
  return {
    dimensions,
    get size() {
      return vectors.size;
    },
    labels: () => [...vectors.keys()],
    add(entries: readonly VectorEntry[]) {
      checkVectors(entries, dimensions);
      for (const { label, vector } of entries) vectors.set(label, normalise(vector));
    },
    remove(labels) {
      for (const label of labels) vectors.delete(label);
    },
    async search(vector, limit, allowed) {
      const query = normalise(vector);
      const hits: VectorHit[] = [];
      for (const [label, candidate] of vectors) {
        if (allowed && !allowed.has(label)) continue;
        hits.push({ label, similarity: dot(query, candidate) });
      }
      return hits.toSorted((a, b) => b.similarity - a.similarity || a.label - b.label).slice(0, limit);
    },
  };
}
