import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresConversations } from '../../src/conversations/postgres-conversations.ts';
import type { CorpusStore } from '../../src/corpus-store/corpus-store.ts';
import { createPostgresCorpusStore } from '../../src/corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from '../../src/corpus-store/postgres-lexical-index.ts';
import type { SourceDocument } from '../../src/domain.ts';
import { createPostgresFeedback } from '../../src/feedback/postgres-feedback.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { createPostgresJobs } from '../../src/jobs/postgres-jobs.ts';
import { extractTerms } from '../../src/language/terms.ts';
import { migratePostgres, STEPS } from '../../src/postgres-migrations.ts';
import type { Postgres } from '../../src/postgres.ts';
import { createPostgresVectors } from '../../src/vector-index/postgres-nearest.ts';
import { documentFrom } from '../support/documents.ts';
import { execute, startNativePostgres, whyNoPostgres, type NativeServer } from '../support/native-postgres.ts';
import { openPostgres } from '../support/stores.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);

/** What each version left behind: `pg_dump --inserts` of a database that it had filled with the same documents. */
const RELEASED = new URL('../support/released/', import.meta.url);
const released = readdirSync(RELEASED).map((file) => file.replace(/\.sql$/, ''));
const QUESTIONS = [
  'How many lighthouses are counted?',
  'Which ferries sail to Chennai?',
  '灯台はいくつですか',
  'windmills sent by hand',
];
const MODEL = 'test:model';

test('every dump is that of a step that is still taken', () => {
  expect(Object.keys(STEPS)).toEqual(expect.arrayContaining(released));
  expect(released).toContain('001-tables');
});

describe.skipIf(absent)('a database of an earlier version', () => {
  let server: NativeServer;
  let databases = 0;
  const takeDatabase = (): Promise<string> => server.createDatabase(`upgrade_${++databases}`);
  beforeAll(async () => {
    server = await startNativePostgres();
  });
  afterAll(() => server.stop());
  const restore = async (name: string): Promise<string> => {
    const url = await takeDatabase();
    await execute(url, readFileSync(new URL(`${name}.sql`, RELEASED), 'utf8'));
    return url;
  };

  async function readAll(store: CorpusStore): Promise<SourceDocument[]> {
    const identities = await store.listIdentities();
    const documents = await Promise.all(identities.map(({ id }) => store.findDocument(id)));
    return documents.filter((document) => document !== undefined);
  }

  async function search(postgres: Postgres, store: CorpusStore) {
    const lexicalIndex = createPostgresLexicalIndex(postgres);
    const found = [];
    for (const question of QUESTIONS) {
      const hits = await lexicalIndex.search(extractTerms(question), { limit: 10, filters: {} });
      const chunks = await store.findChunks(hits.map(({ label }) => label));
      found.push(chunks.map(({ chunk }, i) => [chunk.id, hits[i]?.score.toFixed(6)]));
    }
    return found;
  }

  for (const name of released) {
    test(`${name} is brought level by the first of several processes, and answers like one that was filled today`, async () => {
      const url = await restore(name);
      await Promise.all(Array.from({ length: 4 }, () => migratePostgres(url)));
      const [upgraded, fresh] = [await openPostgres(url), await openPostgres(await takeDatabase())];
      const [store, today] = [createPostgresCorpusStore(upgraded), createPostgresCorpusStore(fresh)];
      const documents = await readAll(store);
      expect(documents.map(({ id }) => id)).toEqual(['ferries', 'harbours', 'sent', '灯台']);
      const write = documents.map((document) => ({ document, chunks: chunkDocument(document) }));
      await today.publish({ write, relocate: [], remove: [] });
      expect(await store.corpusDigest()).toBe(await today.corpusDigest());
      const found = await search(upgraded, store);
      expect(found).toEqual(await search(fresh, today));
      expect(found.map(([best]) => best?.[0]?.split('#')[0])).toEqual(['harbours', 'ferries', '灯台', 'sent']);
    });

    test(`${name} keeps vectors, deletions, conversations, ratings and jobs`, async () => {
      const postgres = await openPostgres(await restore(name));
      const store = createPostgresCorpusStore(postgres);
      const { nearest } = createPostgresVectors(postgres, MODEL);
      const [best] = await nearest.find([1, 0, 0.5], { limit: 1, filters: {} });
      const [chunk] = await store.findChunks([best?.label ?? 0]);
      expect([chunk?.chunk.documentId, best?.similarity.toFixed(6)]).toEqual(['harbours', '1.000000']);
      expect(await store.listBuried()).toEqual(['gone']);
      const conversations = createPostgresConversations(postgres);
      expect(await conversations.authorise('an-old-conversation', 'token-of-an-old-conversation')).toBe(true);
      expect((await conversations.find('an-old-conversation'))?.turns).toHaveLength(1);
      const feedback = createPostgresFeedback(postgres, { keepQuestions: true, onNotice: () => {} });
      expect(await feedback.listRatings(10)).toMatchObject([{ askId: 'ask_1', rating: 'up', comment: 'Right' }]);
      const jobs = createPostgresJobs(postgres, { limits: { jobs: 10, bytes: 1000 }, leaseMs: 60_000 });
      expect(await jobs.find('job_done')).toMatchObject({ status: 'done', documentId: 'sent', problemStatus: null });
      expect(await jobs.find('job_failed')).toMatchObject({ status: 'failed', tries: 1, retryable: false });
    });

    test(`${name} takes what is new: jobs wait, are done and publish, beside a process that is not upgraded yet`, async () => {
      const url = await restore(name);
      const postgres = await openPostgres(url);
      const store = createPostgresCorpusStore(postgres);
      const jobs = createPostgresJobs(postgres, { limits: { jobs: 10, bytes: 1000 }, leaseMs: 60_000 });
      await jobs.accept({ kind: 'text', subject: 'new.md', bytes: Buffer.from('New.') });
      // As the program of the first tables writes a job.
      await execute(
        url,
        `INSERT INTO jobs (id, started_at, said_at, state) VALUES ('job_beside', now(), now(), '{"id": "job_beside",
           "kind": "url", "subject": "a", "status": "running", "done": 0, "total": 0, "startedAt": "2031-01-01T00:00:00Z",
           "finishedAt": null, "report": null, "documentId": null, "problem": null}')`,
      );
      expect(await jobs.find('job_beside')).toMatchObject({ status: 'running', tries: 1 });
      const claimed = await jobs.claim();
      const document = { ...documentFrom('---\nid: new\n---\nNew.'), origin: 'upload' as const };
      const write = [{ document, chunks: chunkDocument(document) }];
      await store.publish({ write, relocate: [], remove: [], ...(claimed && { claim: claimed.claim }) });
      expect(await jobs.claim()).toBeUndefined();
      expect((await readAll(store)).map(({ id }) => id)).toContain('new');
    });
  }

  test('a database stays as it was when a step fails, and goes on when what was in its way is gone', async () => {
    const url = await restore('001-tables');
    await execute(url, 'CREATE TABLE job_files (mine text)');
    await expect(migratePostgres(url)).rejects.toThrow('job_files');
    await expect(execute(url, 'SELECT due_at FROM jobs')).rejects.toThrow('due_at');
    await execute(url, 'DROP TABLE job_files');
    await migratePostgres(url);
    await execute(url, 'SELECT due_at FROM jobs');
  });
});
