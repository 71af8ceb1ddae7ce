/** Reads a question and a passage together: slower and sharper than a retriever, so it sees only the best. */
export interface Reranker {
  /** `provider:model`; receipts hold it. */
  readonly id: string;
  /**
   * One score a passage, in their order, up = answers better; scales differ between implementations.
   * @throws when it cannot score them all, or `signal` is aborted.
   */
  score(question: string, passages: readonly string[], signal: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
}
