/** What the published index was built from; guards against opening it with another model or version. */
export interface IndexManifest {
  readonly format: number;
  readonly embeddings: { readonly id: string; readonly dimensions: number };
  /** SHA-256 over the ids and digests of all documents. */
  readonly corpusDigest: string;
  readonly chunks: number;
  /** How many of the chunks have their vector in the index file. */
  readonly embedded: number;
  readonly vectorIndex: { readonly file: string; readonly bytes: number; readonly sha256: string } | null;
}
