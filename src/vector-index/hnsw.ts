import { stat } from 'node:fs/promises';
import hnswlib, { type HierarchicalNSW } from 'hnswlib-node';
import { chooseEf } from './choose-ef.ts';
import {
  checkVectors,
  type VectorEntry,
  type VectorHit,
  type VectorIndexFile,
  type VectorIndexFormat,
} from './vector-index.ts';

/** Links a node, and candidates looked at for them: an index is built once and searched wider (docs/adr/0026). */
const M = 16;
const EF_CONSTRUCTION = 100;
const INITIAL_CAPACITY = 1024;

/** Hierarchical navigable small worlds through hnswlib-node. The only file that speaks of distances. */
export const hnsw: VectorIndexFormat = {
  create(dimensions) {
    const index = new hnswlib.HierarchicalNSW('cosine', dimensions);
    index.initIndex({ maxElements: INITIAL_CAPACITY, m: M, efConstruction: EF_CONSTRUCTION, randomSeed: 100 });
    return wrap(index, dimensions, []);
  },
  async load(path, dimensions) {
    const index = new hnswlib.HierarchicalNSW('cosine', dimensions);
    await index.readIndex(path);
    return wrap(
      index,
      dimensions,
      index.getIdsList().filter((label) => !isDeleted(index, label)),
    );
  },
};

function wrap(index: HierarchicalNSW, dimensions: number, present: readonly number[]): VectorIndexFile {
  const live = new Set(present);
  return {
    dimensions,
    get size() {
      return live.size;
    },
    get deleted() {
      return index.getCurrentCount() - live.size;
    },
    labels: () => [...live],
    add(entries: readonly VectorEntry[]) {
      checkVectors(entries, dimensions);
      reserve(index, entries.length);
      for (const { label, vector } of entries) {
        index.addPoint(Array.from(vector), label);
        live.add(label);
      }
    },
    remove(labels) {
      for (const label of labels) if (live.delete(label)) index.markDelete(label);
    },
    async search(vector, limit, allowed) {
      const wanted = Math.min(limit, allowed ? allowed.size : live.size, live.size);
      if (wanted === 0) return [];
      // hnswlib forgets it on load and takes 10.
      index.setEf(Math.max(chooseEf(live.size, allowed !== undefined), wanted));
      const filter = allowed && ((label: number) => allowed.has(label));
      const { neighbors, distances } = index.searchKnn(vector as number[], wanted, filter);
      return neighbors
        .map((label, i): VectorHit => ({ label, similarity: 1 - (distances[i] ?? 1) }))
        .toSorted((a, b) => b.similarity - a.similarity || a.label - b.label);
    },
    async save(path) {
      await index.writeIndex(path);
      // hnswlib does not notice a disk that is full.
      const least = index.getCurrentCount() * dimensions * Float32Array.BYTES_PER_ELEMENT;
      if ((await stat(path)).size < least) throw new Error('only a part of it could be written');
    },
  };
}

/** hnswlib lists deleted labels too and has no way to ask, but refuses to delete one twice. */
function isDeleted(index: HierarchicalNSW, label: number): boolean {
  try {
    index.markDelete(label);
    index.unmarkDelete(label);
    return false;
  } catch {
    return true;
  }
}

/** Grows by doubling, since each resize copies the whole index. */
function reserve(index: HierarchicalNSW, extra: number): void {
  const needed = index.getCurrentCount() + extra;
  const capacity = index.getMaxElements();
  if (needed > capacity) index.resizeIndex(Math.max(needed, capacity * 2));
}
