import type { CorpusStore } from './corpus-store/corpus-store.ts';
import type { Embeddings } from './embeddings/embeddings.ts';
import { AppError } from './errors.ts';
import { embedPending, type EmbedOptions } from './ingest/embed.ts';
import type { Vectors } from './storage.ts';

/** While many vectors are made the index file is written as often: what a crash costs is built again from the store. */
const PUBLISH_MS = 60_000;
/** And the index takes them over as often: to find what is new, all that it has is passed over. */
const CATCH_UP_MS = 2000;

export interface VectorKeeperDependencies {
  readonly store: CorpusStore;
  readonly embeddings: Embeddings;
  readonly index: Pick<Vectors, 'catchUp' | 'publish'>;
  /** Lets one process at a time make vectors; gives what ends it. @throws AppError 409 while another does. */
  readonly lock: () => Promise<() => Promise<void>>;
}

/** Makes the vectors that the store lacks, and takes over those that other processes made. */
export interface VectorKeeper {
  readonly embed: (options?: EmbedOptions) => Promise<number>;
  /** Whether anything changed since it was asked last, here or by another process; then the index is level. */
  readonly follow: () => Promise<boolean>;
  readonly noticePublished: () => Promise<void>;
}

export function createVectorKeeper({ store, embeddings, index, lock }: VectorKeeperDependencies): VectorKeeper {
  let seen: string | undefined;
  let isStale = true;
  return {
    async embed({ onSaved, signal } = {}) {
      const release = await lock();
      let publishedAt = performance.now();
      let leveledAt = performance.now();
      try {
        const takeOver = async (done: number, total: number): Promise<void> => {
          const now = performance.now();
          if (now - publishedAt > PUBLISH_MS) {
            await index.publish();
            publishedAt = leveledAt = performance.now();
          } else if (now - leveledAt > CATCH_UP_MS) {
            await index.catchUp();
            leveledAt = performance.now();
          }
          await onSaved?.(done, total);
        };
        const made = await embedPending(store, embeddings, { onSaved: takeOver, ...(signal && { signal }) });
        await index.publish();
        await store.erase();
        return made;
      } finally {
        await release();
      }
    },
    async follow() {
      const revision = await store.revision();
      if (revision === seen && !isStale) return false;
      isStale = false;
      await index.catchUp().catch((error: unknown) => {
        isStale = true;
        throw error;
      });
      seen = revision;
      return true;
    },
    async noticePublished() {
      isStale = true;
      // What is published stays so while its index cannot be asked: `follow` tries again.
      await index.catchUp().catch((error: unknown) => {
        if (!(error instanceof AppError && error.retryable)) throw error;
      });
    },
  };
}
