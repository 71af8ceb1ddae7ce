/**
 * Text → vector. The method names are LangChain's, so that any of its embeddings classes can be adapted
 * with `fromLangchain`. Vectors are not required to be normalised.
 */
export interface Embeddings {
  /** Names model and version; the index remembers it and refuses another. */
  readonly id: string;
  /** Width of every vector, at most {@link MAX_DIMENSIONS}. */
  readonly dimensions: number;
  /** Whether vectors of this text mean anything, as an English encoder's do not on Hindi. */
  covers(text: string): boolean;
  embedQuery(text: string): Promise<number[]>;
  /** One vector a text, in order. An empty text is allowed. */
  embedDocuments(texts: string[]): Promise<number[][]>;
  close(): Promise<void>;
}

/** The widest vector that every engine behind the vector index can hold. */
export const MAX_DIMENSIONS = 1024;
