import { createPostgresChannelStore } from './channels/postgres-channel-store.ts';
import { createPostgresTokenLedger } from './chat-model/postgres-token-ledger.ts';
import type { Config } from './config.ts';
import { createPostgresConversations } from './conversations/postgres-conversations.ts';
import { createPostgresCorpusReader, createPostgresCorpusStore } from './corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from './corpus-store/postgres-lexical-index.ts';
import { renewPostgresTerms } from './corpus-store/postgres-renew-terms.ts';
import { createPostgresFeedback } from './feedback/postgres-feedback.ts';
import { queueLimits } from './jobs/queue-limits.ts';
import type { Jobs } from './jobs/jobs.ts';
import { createPostgresJobs } from './jobs/postgres-jobs.ts';
import { takePostgresLock } from './postgres-locks.ts';
import { createRevisionMemory } from './postgres-memory.ts';
import { migratePostgres } from './postgres-migrations.ts';
import { createPostgresRateLimits } from './postgres-rate-limits.ts';
import { createReplicatedReader, type ReplicatedReader } from './postgres-replicas.ts';
import { checkVersion, schemaOf } from './postgres-versions.ts';
import { createPostgres, type Postgres } from './postgres.ts';
import type { Storage } from './storage.ts';
import { createPostgresVectors } from './vector-index/postgres-nearest.ts';

/** A process is gone when it has said nothing of its job for longer than saying so may take. */
const LEASE_TIMEOUTS = 3;

/**
 * Everything in one PostgreSQL database that any number of processes share.
 * @throws AppError 503 when it cannot be reached, IndexUnusableError when it cannot be used, both told in a sentence.
 */
export async function openPostgresStorage(config: Config, onNotice: (notice: string) => void): Promise<Storage> {
  const databases = await openDatabases(config, onNotice);
  const { postgres, reads } = databases;
  const memory = createRevisionMemory();
  const store = createPostgresCorpusStore(postgres);
  return {
    store: {
      ...store,
      async publish(change) {
        await store.publish(change);
        memory.forget();
        await reads.noticeWrite();
      },
      async saveVectors(model, vectors) {
        await store.saveVectors(model, vectors);
        memory.forget();
      },
      async revision() {
        const revision = await store.revision();
        memory.note(Number(revision));
        return revision;
      },
    },
    reader: createPostgresCorpusReader(reads, memory),
    lexicalIndex: createPostgresLexicalIndex(reads, { memory }),
    conversations: createPostgresConversations(postgres),
    feedback: createPostgresFeedback(postgres, { keepQuestions: config.ADMIN_API_KEY !== undefined, onNotice }),
    jobs: openJobs(config, databases),
    channelStore: createPostgresChannelStore(postgres),
    tokenLedger: createPostgresTokenLedger(postgres),
    rateLimits: createPostgresRateLimits(postgres),
    async openVectors({ id }) {
      const vectors = createPostgresVectors(postgres, id, { reader: reads, memory });
      return { nearest: vectors.nearest, catchUp: async () => {}, publish: () => vectors.ensureIndex() };
    },
    lock: (name, purpose) => takePostgresLock(postgres, name, purpose),
    close: () => databases.close(),
  };
}

interface Databases {
  readonly postgres: Postgres;
  /** What is only read, from standbys where there are some. */
  readonly reads: ReplicatedReader;
}

async function openDatabases(
  { STORE: url = '', STORE_VERSION: version, STORE_READ = [], STORE_POOL, STORE_TIMEOUT_MS: timeoutMs }: Config,
  onNotice: (notice: string) => void,
): Promise<Databases & { close(): Promise<void> }> {
  await migratePostgres(url);
  const schema = version === undefined ? undefined : schemaOf(version);
  const connect = (address: string): Postgres =>
    createPostgres({ url: address, connections: STORE_POOL, timeoutMs, schema });
  const postgres = connect(url);
  if (version !== undefined) await checkVersion(postgres, version);
  await renewPostgresTerms(postgres);
  if (STORE_READ.length === 0)
    return { postgres, reads: { ...postgres, noticeWrite: async () => {} }, close: () => postgres.close() };
  const standbys = STORE_READ.map((address) => ({
    name: new URL(address).host,
    postgres: connect(address),
  }));
  const reads = createReplicatedReader(postgres, standbys, onNotice);
  // Reads begin with all that there is, this version's tables and terms among it.
  await reads.noticeWrite();
  const all = [postgres, ...standbys.map((standby) => standby.postgres)];
  return { postgres, reads, close: async () => void (await Promise.all(all.map((each) => each.close()))) };
}

/** Who knows that a job is done finds what it has done, whichever process did it. */
function openJobs(config: Config, { postgres, reads }: Databases): Jobs {
  const leaseMs = LEASE_TIMEOUTS * config.STORE_TIMEOUT_MS;
  const jobs = createPostgresJobs(postgres, { limits: queueLimits(config), leaseMs, version: config.STORE_VERSION });
  return {
    ...jobs,
    async find(id) {
      const job = await jobs.find(id);
      if (job?.status === 'done') await reads.noticeWrite();
      return job;
    },
  };
}
