import { canonicalJson, sha256 } from '../digest.ts';
import type { Passage, Receipt } from '../domain.ts';

/** What the answer stands on, besides the passages. */
export interface Provenance {
  readonly indexDigest: string;
  readonly embeddings: string;
  readonly chatModel: string;
  readonly promptDigests: Readonly<Record<string, string>>;
}

/** A receipt for all that the reader is given: equal digests, equal answers. */
export function makeReceipt(provenance: Provenance, passages: readonly Passage[], said: object): Receipt {
  const used = passages.map(({ chunk }) => ({ chunkId: chunk.id, digest: chunk.digest }));
  const content = { ...provenance, passages: used };
  return { ...content, digest: digestAnswer(said, content) };
}

/** SHA-256 over every field of an answer but its receipt, and over what the receipt lists. */
export function digestAnswer(said: object, listed: Omit<Receipt, 'digest'>): string {
  return sha256(canonicalJson([said, listed]));
}
