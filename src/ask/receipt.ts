import { sha256 } from '../digest.ts';
import type { Citation, Passage, Receipt } from '../domain.ts';

/** What the answer stands on, besides the passages. */
export interface Provenance {
  readonly indexDigest: string;
  readonly embeddings: string;
  readonly chatModel: string;
  readonly promptDigests: Readonly<Record<string, string>>;
}

/** One digest over question, answer, citations, passages and models: equal digests, equal answers. */
export function makeReceipt(
  provenance: Provenance,
  passages: readonly Passage[],
  said: { readonly question: string; readonly answer: string; readonly citations: readonly Citation[] },
): Receipt {
  const used = passages.map(({ chunk }) => ({ chunkId: chunk.id, digest: chunk.digest }));
  const quotes = said.citations.map(({ documentId, start, end, quote }) => [documentId, start, end, quote]);
  const content = { ...provenance, passages: used };
  return { ...content, digest: sha256(JSON.stringify([said.question, said.answer, quotes, content])) };
}
