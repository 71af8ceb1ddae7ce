import { createPostgresChannelStore } from './channels/postgres-channel-store.ts';
import { createPostgresTokenLedger } from './chat-model/postgres-token-ledger.ts';
import type { Config } from './config.ts';
import { createPostgresConversations } from './conversations/postgres-conversations.ts';
import { createPostgresCorpusStore } from './corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from './corpus-store/postgres-lexical-index.ts';
import { renewPostgresTerms } from './corpus-store/postgres-renew-terms.ts';
import { createPostgresFeedback } from './feedback/postgres-feedback.ts';
import { queueLimits } from './jobs/queue-limits.ts';
import { createPostgresJobs } from './jobs/postgres-jobs.ts';
import { takePostgresLock } from './postgres-locks.ts';
import { migratePostgres } from './postgres-migrations.ts';
import { createPostgresRateLimits } from './postgres-rate-limits.ts';
import { createPostgres } from './postgres.ts';
import type { Storage } from './storage.ts';
import { createPostgresVectors } from './vector-index/postgres-nearest.ts';

/** A process is gone when it has said nothing of its job for longer than saying so may take. */
const LEASE_TIMEOUTS = 3;

/**
 * Everything in one PostgreSQL database that any number of processes share.
 * @throws AppError 503 when it cannot be reached, IndexUnusableError when it cannot be used, both told in a sentence.
 */
export async function openPostgresStorage(config: Config, onNotice: (notice: string) => void): Promise<Storage> {
  const { STORE: url = '', STORE_POOL, STORE_TIMEOUT_MS, ADMIN_API_KEY } = config;
  await migratePostgres(url);
  const postgres = createPostgres({ url, connections: STORE_POOL, timeoutMs: STORE_TIMEOUT_MS });
  await renewPostgresTerms(postgres);
  return {
    store: createPostgresCorpusStore(postgres),
    lexicalIndex: createPostgresLexicalIndex(postgres),
    conversations: createPostgresConversations(postgres),
    feedback: createPostgresFeedback(postgres, { keepQuestions: ADMIN_API_KEY !== undefined, onNotice }),
    jobs: createPostgresJobs(postgres, { limits: queueLimits(config), leaseMs: LEASE_TIMEOUTS * STORE_TIMEOUT_MS }),
    channelStore: createPostgresChannelStore(postgres),
    tokenLedger: createPostgresTokenLedger(postgres),
    rateLimits: createPostgresRateLimits(postgres),
    async openVectors({ id }) {
      const vectors = createPostgresVectors(postgres, id);
      return { nearest: vectors.nearest, catchUp: async () => {}, publish: () => vectors.ensureIndex() };
    },
    lock: (name, purpose) => takePostgresLock(postgres, name, purpose),
    close: () => postgres.close(),
  };
}
