import type { CorpusStore, PendingText } from '../corpus-store/corpus-store.ts';
import type { Embeddings } from '../embeddings/embeddings.ts';

/** Texts embedded and saved at a time: what a crash can lose. */
const BATCH = 256;
/** Texts looked up at a time: to find them, all that are done are passed over. */
const PAGE = 16 * BATCH;

export interface EmbedOptions {
  /** Told after each batch is saved, in chunks. */
  readonly onSaved?: (done: number, total: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** Gives every chunk of the store a vector, and resumes where an earlier run stopped. Returns how many were made. */
export async function embedPending(
  store: CorpusStore,
  embeddings: Embeddings,
  { onSaved, signal }: EmbedOptions = {},
): Promise<number> {
  const { chunks, embedded } = await store.countChunks(embeddings.id);
  let made = 0;
  for await (const pending of batchesOf(() => store.listPending(embeddings.id, PAGE))) {
    signal?.throwIfAborted();
    const vectors = await embeddings.embedDocuments(pending.map(({ text }) => text));
    await store.saveVectors(
      embeddings.id,
      pending.map(({ digest }, i) => ({ digest, vector: checkVector(vectors[i], embeddings) })),
    );
    made += pending.length;
    await onSaved?.(embedded + made, chunks);
  }
  return made;
}

async function* batchesOf(list: () => Promise<PendingText[]>): AsyncGenerator<PendingText[]> {
  for (let page = await list(); page.length > 0; page = await list()) {
    for (let i = 0; i < page.length; i += BATCH) yield page.slice(i, i + BATCH);
  }
}

function checkVector(vector: number[] | undefined, { id, dimensions }: Embeddings): number[] {
  if (vector?.length === dimensions && vector.every(Number.isFinite)) return vector;
  throw new RangeError(`${id} gave a vector that is not ${dimensions} finite numbers.`);
}
