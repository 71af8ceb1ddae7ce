import type { Passage } from '../../src/domain.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { documentFrom } from './documents.ts';

/** The chunks of these Markdown texts as passages, ranked in order. */
export function passagesFrom(...texts: string[]): Passage[] {
  return texts
    .flatMap((text, i) => {
      const document = documentFrom(text, `doc-${i + 1}.md`);
      return chunkDocument(document).map((chunk) => ({ chunk, document }));
    })
    .map(({ chunk, document }, i) => ({
      rank: i + 1,
      similarity: 0.9,
      chunk,
      document,
      signals: { fused: 1 / (i + 1) },
    }));
}
