/** A nearest neighbour: the label of a chunk and its cosine similarity (−1…1, up = closer). */
export interface VectorHit {
  readonly label: number;
  readonly similarity: number;
}

export interface VectorEntry {
  readonly label: number;
  readonly vector: ArrayLike<number>;
}

/** Vector → nearest chunks. Derived from the corpus store: it can always be rebuilt from there. */
export interface VectorIndex {
  readonly dimensions: number;
  /** How many labels can be found. */
  readonly size: number;
  labels(): number[];
  /** @throws RangeError when a vector has another width or is not finite; then nothing was added. */
  add(entries: readonly VectorEntry[]): void;
  /** Unknown labels are ignored. */
  remove(labels: readonly number[]): void;
  /** The nearest `limit` labels, best first; with `allowed`, only of those. */
  search(vector: readonly number[], limit: number, allowed?: ReadonlySet<number>): Promise<VectorHit[]>;
}

/** A vector index that lives in a file. */
export interface VectorIndexFile extends VectorIndex {
  /** How many removed entries still take their place. */
  readonly deleted: number;
  /** Writes to `path` directly; whoever publishes renames it into place. */
  save(path: string): Promise<void>;
}

/** How vector index files are made and opened. */
export interface VectorIndexFormat {
  create(dimensions: number): VectorIndexFile;
  /** @throws when the file is not one of this format. */
  load(path: string, dimensions: number): Promise<VectorIndexFile>;
}

/** @throws RangeError unless every vector has `dimensions` finite numbers. */
export function checkVectors(entries: readonly VectorEntry[], dimensions: number): void {
  for (const { label, vector } of entries) {
    if (vector.length !== dimensions) {
      throw new RangeError(`The vector of ${label} has ${vector.length} dimensions, not ${dimensions}.`);
    }
    for (let i = 0; i < dimensions; i++) {
      if (!Number.isFinite(vector[i])) throw new RangeError(`The vector of ${label} is not finite.`);
    }
  }
}
