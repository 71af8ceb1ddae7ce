import { join } from 'node:path';
import { createSqliteChannelStore } from './channels/sqlite-channel-store.ts';
import { createSqliteTokenLedger } from './chat-model/sqlite-token-ledger.ts';
import type { Config } from './config.ts';
import { createSqliteConversations } from './conversations/sqlite-conversations.ts';
import { createSqliteCorpusStore } from './corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from './corpus-store/sqlite-lexical-index.ts';
import { createSqliteFeedback } from './feedback/sqlite-feedback.ts';
import { databaseOf } from './index-files.ts';
import { queueLimits } from './jobs/queue-limits.ts';
import { createSqliteJobs } from './jobs/sqlite-jobs.ts';
import { takeLock } from './sqlite-lock.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import type { Storage } from './storage.ts';
import { hnsw } from './vector-index/hnsw.ts';
import { openIndexDirectory } from './vector-index/index-directory.ts';
import { createIndexedNearest } from './vector-index/indexed-nearest.ts';

/**
 * Everything in `INDEX_DIR`: one SQLite file, and the vector index derived from it.
 * @throws IndexUnusableError with a sentence for the operator.
 */
export function openEmbeddedStorage(config: Config, onNotice: (notice: string) => void): Storage {
  const sqlite = openSqlite(databaseOf(config), onNotice);
  try {
    return assemble(config, { sqlite, onNotice });
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function assemble(
  config: Config,
  { sqlite, onNotice }: { sqlite: Sqlite; onNotice: (notice: string) => void },
): Storage {
  const { INDEX_DIR: directory, ADMIN_API_KEY } = config;
  const store = createSqliteCorpusStore(sqlite);
  const jobs = createSqliteJobs(sqlite, queueLimits(config));
  return {
    store,
    reader: store,
    lexicalIndex: createSqliteLexicalIndex(sqlite),
    conversations: createSqliteConversations(sqlite),
    feedback: createSqliteFeedback(sqlite, { keepQuestions: ADMIN_API_KEY !== undefined }),
    jobs,
    channelStore: createSqliteChannelStore(sqlite),
    tokenLedger: createSqliteTokenLedger(sqlite),
    async openVectors(embeddings) {
      const index = await openIndexDirectory({ directory, store, embeddings, format: hnsw, onNotice });
      const nearest = createIndexedNearest({ store, vectors: index.vectors, model: embeddings.id });
      return { nearest, catchUp: () => index.catchUp(), publish: () => index.publish() };
    },
    async lock(name, purpose) {
      const release = takeLock(join(directory, `${name}.lock`), purpose);
      return async () => release();
    },
    async close() {
      jobs.abandon();
      sqlite.close();
    },
  };
}
