import { afterAll, onTestFinished } from 'vitest';
import { createPostgresChannelStore } from '../../src/channels/postgres-channel-store.ts';
import { createPostgresConversations } from '../../src/conversations/postgres-conversations.ts';
import type { CorpusStore } from '../../src/corpus-store/corpus-store.ts';
import { createPostgresCorpusStore } from '../../src/corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from '../../src/corpus-store/postgres-lexical-index.ts';
import { renewPostgresTerms } from '../../src/corpus-store/postgres-renew-terms.ts';
import type { SourceDocument } from '../../src/domain.ts';
import { createPostgresFeedback } from '../../src/feedback/postgres-feedback.ts';
import { createSqliteFeedback } from '../../src/feedback/sqlite-feedback.ts';
import type { Jobs, QueueLimits } from '../../src/jobs/jobs.ts';
import { createPostgresJobs } from '../../src/jobs/postgres-jobs.ts';
import type { PostgresQueueOptions } from '../../src/jobs/postgres-queue.ts';
import { createSqliteJobs } from '../../src/jobs/sqlite-jobs.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { migratePostgres } from '../../src/postgres-migrations.ts';
import { createPostgres, type Postgres } from '../../src/postgres.ts';
import { storeWith } from './documents.ts';
import { execute, startNativePostgres, whyNoPostgres, type NativeServer } from './native-postgres.ts';
import { startPglite, type DatabaseServer } from './pglite-server.ts';

const ROOMY: QueueLimits = { jobs: 1000, bytes: 1e9 };

/** The seams of one engine, with documents published. */
type Opened = Pick<Awaited<ReturnType<typeof storeWith>>, 'store' | 'lexicalIndex' | 'conversations'>;

interface JobProcess {
  readonly jobs: Jobs;
  readonly store: CorpusStore;
}

/** An engine that the contract suites run on. */
export interface Engine {
  readonly name: string;
  /** Why it is left out here. */
  readonly absent: string | undefined;
  /** Empty stores that are gone after the test. */
  readonly open: (...documents: SourceDocument[]) => Promise<Opened>;
  readonly openFeedback: (keepQuestions?: boolean) => Promise<ReturnType<typeof createSqliteFeedback>>;
  /** One process, and another that shares its queue; the same one where there can be no other. */
  readonly openJobs: (options?: Partial<PostgresQueueOptions>) => Promise<Record<'one' | 'other', JobProcess>>;
}

/** SQLite; PostgreSQL where it is installed, PGlite where it is not: they are the same tests, and PGlite takes long to start. */
export function listEngines(): Engine[] {
  const native = whyNoPostgres();
  if (native !== undefined) process.stdout.write(`Skipped: ${native}\n`);
  return [
    {
      name: 'sqlite',
      absent: undefined,
      open: storeWith,
      openFeedback: async (keepQuestions = true) => createSqliteFeedback((await storeWith()).sqlite, { keepQuestions }),
      async openJobs({ limits = ROOMY } = {}) {
        const { sqlite, store } = await storeWith();
        const one = { jobs: createSqliteJobs(sqlite, limits), store };
        return { one, other: one };
      },
    },
    {
      name: 'pglite',
      absent: native === undefined ? 'PostgreSQL itself is here.' : undefined,
      ...openOn(pgliteDatabases()),
    },
    { name: 'postgresql', absent: native, ...openOn(nativeDatabases()) },
  ];
}

/** Gives the address of an empty database that the test has for itself. */
type TakeDatabase = () => Promise<string>;

function openOn(take: TakeDatabase): Pick<Engine, 'open' | 'openFeedback' | 'openJobs'> {
  return {
    async open(...documents) {
      const { postgres, store } = await fillPostgres(await take(), ...documents);
      return {
        store,
        lexicalIndex: createPostgresLexicalIndex(postgres),
        conversations: createPostgresConversations(postgres),
        channelStore: createPostgresChannelStore(postgres),
      };
    },
    async openFeedback(keepQuestions = true) {
      const onNotice = (notice: string): void => {
        throw new Error(notice);
      };
      return createPostgresFeedback(await openPostgres(await take()), { keepQuestions, onNotice });
    },
    async openJobs({ limits = ROOMY, leaseMs = 60_000, version } = {}) {
      const url = await take();
      const processOn = (postgres: Postgres, of?: string): JobProcess => ({
        jobs: createPostgresJobs(postgres, { limits, leaseMs, version: of }),
        store: createPostgresCorpusStore(postgres),
      });
      return { one: processOn(await openPostgres(url)), other: processOn(connect(url), version) };
    },
  };
}

/** Its tables made, with documents published. */
export async function fillPostgres(url: string, ...documents: SourceDocument[]) {
  const postgres = await openPostgres(url);
  const store = createPostgresCorpusStore(postgres);
  const write = documents.map((document) => ({ document, chunks: chunkDocument(document) }));
  await store.publish({ write, relocate: [], remove: [] });
  return { postgres, store };
}

/** Its tables made, its connections closed after the test. */
export async function openPostgres(url: string): Promise<Postgres> {
  await migratePostgres(url);
  const postgres = connect(url);
  await renewPostgresTerms(postgres);
  return postgres;
}

function connect(url: string): Postgres {
  const postgres = createPostgres({ url, connections: 4, timeoutMs: 20_000 });
  onTestFinished(() => postgres.close());
  return postgres;
}

/** PGlite has one database: it is emptied for the next test. */
function pgliteDatabases(): TakeDatabase {
  const servers: DatabaseServer[] = [];
  const free: DatabaseServer[] = [];
  afterAll(async () => {
    for (const server of servers) await server.stop();
  });
  return async () => {
    let server = free.pop();
    if (!server) {
      server = await startPglite();
      servers.push(server);
    }
    const taken = server;
    onTestFinished(() => void free.push(taken));
    await execute(taken.url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    return taken.url;
  };
}

/** Each an empty one; their server is gone after the last test. */
export function nativeDatabases(): TakeDatabase {
  let server: Promise<NativeServer> | undefined;
  let made = 0;
  afterAll(async () => {
    await (await server)?.stop();
  });
  return async () => (await (server ??= startNativePostgres())).createDatabase(`test_${++made}`);
}
