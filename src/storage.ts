import type { ChannelStore } from './channels/channel-store.ts';
import type { TokenLedger } from './chat-model/meter.ts';
import type { Conversations } from './conversations/conversations.ts';
import type { CorpusReader, CorpusStore, LexicalIndex } from './corpus-store/corpus-store.ts';
import type { Embeddings } from './embeddings/embeddings.ts';
import { LockHeldError } from './errors.ts';
import type { Feedback } from './feedback/feedback.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { NearestChunks } from './vector-index/nearest-chunks.ts';

/** The vectors of one model, and what keeps them level with the store. */
export interface Vectors {
  readonly nearest: NearestChunks;
  /** Takes over what the store has and the index has not. */
  catchUp(): Promise<void>;
  /** Makes what was taken over last. */
  publish(): Promise<void>;
}

/** All that outlives a process, on one engine. */
export interface Storage {
  /** As it was written last. */
  readonly store: CorpusStore;
  /** As questions and readers find it. */
  readonly reader: CorpusReader;
  readonly lexicalIndex: LexicalIndex;
  readonly conversations: Conversations;
  readonly feedback: Feedback;
  readonly jobs: Jobs;
  readonly channelStore: ChannelStore;
  readonly tokenLedger: TokenLedger;
  /** Counts of all processes; undefined: each counts for itself. */
  readonly rateLimits?: RateLimits;
  openVectors(embeddings: Embeddings): Promise<Vectors>;
  /**
   * Lets one process at a time do something, of all that share the storage; gives what ends it. A process that ends lets go.
   * @throws LockHeldError while another has it; the message says that `purpose` is under way.
   */
  lock(name: LockName, purpose: string): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** How often each client has asked. */
export interface RateLimits {
  /** One more within a window that began with the first; gives how many there were, and when it ends. */
  hit(client: string, windowMs: number): Promise<{ readonly hits: number; readonly endsAt: Date }>;
}

/** Whether a process has the lock. */
export async function isHeld(storage: Pick<Storage, 'lock'>, name: LockName): Promise<boolean> {
  try {
    const release = await storage.lock(name, name);
    await release();
    return false;
  } catch (error) {
    if (error instanceof LockHeldError) return true;
    throw error;
  }
}

export type LockName = 'ingest' | 'embed';
