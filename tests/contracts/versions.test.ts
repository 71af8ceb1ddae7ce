import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { SourceDocument } from '../../src/domain.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { embedPending } from '../../src/ingest/embed.ts';
import type { ClaimedJob } from '../../src/jobs/jobs.ts';
import { openPostgresStorage } from '../../src/open-postgres-storage.ts';
import { beginVersion, dropVersion, listVersions, publishVersion } from '../../src/postgres-versions.ts';
import { createPostgres, type Session } from '../../src/postgres.ts';
import type { Storage } from '../../src/storage.ts';
import { mustClaim, REPORT, upload } from '../support/claimed-jobs.ts';
import { documentFrom } from '../support/documents.ts';
import { execute, startNativePostgres, whyNoPostgres, type NativeServer } from '../support/native-postgres.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);
const embeddings = createHashingEmbeddings();
const treaty = (id: string, text: string) => documentFrom(`---\nid: ${id}\n---\n${text}`);
const OLD = [treaty('ports', 'The ports treaty names Kobe.'), treaty('rice', 'The rice treaty names Osaka.')];

describe.skipIf(absent)('versions of the corpus', () => {
  let server: NativeServer;
  let databases = 0;
  beforeAll(async () => void (server = await startNativePostgres()));
  afterAll(() => server.stop());

  async function setUp() {
    const url = await server.createDatabase(`versions_${++databases}`);
    const open = async (version?: string): Promise<Storage> => {
      const config = loadConfig({ STORE: url, ...(version !== undefined && { STORE_VERSION: version }) });
      const storage = await openPostgresStorage(config, (notice) => expect.fail(notice));
      onTestFinished(() => storage.close());
      return storage;
    };
    const live = await open();
    await write(live, OLD);
    const postgres = createPostgres({ url, connections: 1, timeoutMs: 5000 });
    const session: Session = await postgres.openSession();
    onTestFinished(async () => {
      await session.close();
      await postgres.close();
    });
    return { url, open, live, session };
  }
  async function write({ store }: Storage, documents: typeof OLD, remove: string[] = []): Promise<void> {
    const prepared = documents.map((document) => ({ document, chunks: chunkDocument(document) }));
    await store.publish({ write: prepared, relocate: [], remove });
    await embedPending(store, embeddings);
  }
  const idsOf = async ({ reader }: Storage): Promise<string[]> =>
    (await reader.listDocuments(embeddings.id)).map(({ id }) => id);
  /** As a search does: it looks at the state of the corpus first. */
  const find = async ({ reader, lexicalIndex }: Storage, term: string): Promise<string[]> => {
    await reader.corpusDigest();
    const hits = await lexicalIndex.search([term], { limit: 10, filters: {} });
    return (await reader.findChunks(hits.map(({ label }) => label))).map(({ document }) => document.id);
  };

  test('one is filled beside what is published, put in its place by one switch, and taken back by another', async () => {
    const { open, live, session } = await setUp();
    await beginVersion(session, 'next', { empty: false });
    const next = await open('next');
    expect(await idsOf(next)).toEqual(['ports', 'rice']);
    await write(next, [treaty('steel', 'The steel treaty names Nara.')], ['rice']);
    expect(await idsOf(live)).toEqual(['ports', 'rice']);
    expect(await find(live, 'steel')).toEqual([]);

    expect(await publishVersion(session, 'next')).toEqual({ before: 'first' });
    expect(await idsOf(live)).toEqual(['ports', 'steel']);
    expect(await find(live, 'steel')).toEqual(['steel']);
    const { nearest } = await live.openVectors(embeddings);
    expect(await nearest.count()).toBe(2);
    expect(await nearest.find(await embeddings.embedQuery('steel'), { limit: 5, filters: {} })).toHaveLength(2);
    expect(await listVersions(session)).toMatchObject([
      { name: 'next', isPublished: true, documents: 2, chunks: 2, embedded: 2 },
      { name: 'first', isPublished: false, documents: 2, chunks: 2, embedded: 2 },
    ]);

    await write(live, [treaty('tea', 'The tea treaty names Uji.')]);
    expect(await nearest.count()).toBe(3);
    expect(await publishVersion(session, 'first')).toEqual({ before: 'next' });
    expect(await idsOf(live)).toEqual(['ports', 'rice']);
    await write(live, [treaty('silk', 'The silk treaty names Kyoto.')]);
    await publishVersion(session, 'next');
    expect(await idsOf(live)).toEqual(['ports', 'steel', 'tea']);
    await dropVersion(session, 'first');
    expect(await listVersions(session)).toHaveLength(1);
  });

  test('those who search meanwhile get an answer of one version or of the other, and none fails', async () => {
    const { open, live, session } = await setUp();
    await beginVersion(session, 'next', { empty: true });
    await write(await open('next'), [treaty('ports', 'The ports treaty names Nagoya now.')]);
    const { nearest } = await live.openVectors(embeddings);
    const vector = await embeddings.embedQuery('ports');
    const filters = { documentIds: ['ports'] };
    const over = new AbortController();
    let searches = 0;
    const searching = Promise.all(
      Array.from({ length: 4 }, async () => {
        for (; !over.signal.aborted; searches++) {
          await live.lexicalIndex.search(['port', 'treati'], { limit: 10, filters });
          await nearest.find(vector, { limit: 10, filters: {} });
          expect((await live.reader.findDocument('ports'))?.text).toMatch(/Kobe|Nagoya/);
        }
      }),
    );
    for (const name of ['next', 'first', 'next', 'first', 'next']) await publishVersion(session, name);
    over.abort();
    await searching;
    expect(searches).toBeGreaterThan(0);
    expect((await live.reader.findDocument('ports'))?.text).toContain('Nagoya');
  });

  const writeFor = ({ store }: Storage, { claim }: ClaimedJob, document: SourceDocument): Promise<void> =>
    store.publish({ write: [{ document, chunks: chunkDocument(document) }], relocate: [], remove: [], claim });
  test('a job sent to one by name is done by those who answer from it, once it is published, and by its own otherwise', async () => {
    const { open, live, session } = await setUp();
    await beginVersion(session, 'next', { empty: false });
    const next = await open('next');
    const sent = await next.jobs.accept(upload('steel'));
    expect(await live.jobs.claim()).toBeUndefined();
    await publishVersion(session, 'next');
    const job = await mustClaim(live.jobs);
    expect(job.id).toBe(sent.id);
    await writeFor(live, job, treaty('steel', 'The steel treaty names Nara.'));
    await job.finish({ report: REPORT, documentId: 'steel' });
    expect(await idsOf(live)).toEqual(['ports', 'rice', 'steel']);
    await publishVersion(session, 'first');
    const later = await next.jobs.accept(upload('tea'));
    expect([await live.jobs.claim(), (await mustClaim(next.jobs)).id]).toEqual([undefined, later.id]);
    expect(await idsOf(live)).toEqual(['ports', 'rice']);
  });

  test('a job under way at the switch writes nothing by half: it is put back, and done in what is published then', async () => {
    const { live, session } = await setUp();
    await beginVersion(session, 'next', { empty: false });
    await live.jobs.accept(upload('silk'));
    await live.jobs.accept(upload('waits'));
    const job = await mustClaim(live.jobs);
    const [silk, tea] = [treaty('silk', 'The silk treaty names Kyoto.'), treaty('tea', 'The tea treaty names Uji.')];
    await writeFor(live, job, silk);
    await publishVersion(session, 'next');
    await expect(writeFor(live, job, tea)).rejects.toMatchObject({ status: 409, retryable: true });
    expect(await idsOf(live)).toEqual(['ports', 'rice']);
    await job.postpone({ message: 'switched', status: 409 }, { delayMs: 0, counts: false });
    const again = await mustClaim(live.jobs);
    expect([again.id, again.tries]).toEqual([job.id, 1]);
    for (const document of [silk, tea]) await writeFor(live, again, document);
    await again.finish({ report: REPORT });
    expect(await idsOf(live)).toEqual(['ports', 'rice', 'silk', 'tea']);
    // What waited at the switch is not lost either.
    expect((await mustClaim(live.jobs)).task.subject).toBe('waits');
  });

  test('what waits for one that is dropped has failed, and takes no room in the queue', async () => {
    const { open, live, session } = await setUp();
    await beginVersion(session, 'next', { empty: true });
    const { id } = await (await open('next')).jobs.accept(upload('steel'));
    expect(await live.jobs.countOpen()).toBe(1);
    await dropVersion(session, 'next');
    expect(await live.jobs.countOpen()).toBe(0);
    expect(await live.jobs.find(id)).toMatchObject({
      status: 'failed',
      problem: 'The version next was dropped.',
      retryable: false,
      finishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    });
  });

  test('labels tell versions apart, and the revision only grows', async () => {
    const { open, live, session } = await setUp();
    const revision = async (): Promise<number> => Number(await live.reader.revision());
    await beginVersion(session, 'empty', { empty: true });
    await write(await open('empty'), OLD);
    const before = await live.store.listEmbedded(embeddings.id);
    const first = await revision();
    await publishVersion(session, 'empty');
    const after = await live.store.listEmbedded(embeddings.id);
    expect(after).toHaveLength(2);
    expect(after.filter((label) => before.includes(label))).toEqual([]);
    const second = await revision();
    expect(second).toBeGreaterThan(first);
    await publishVersion(session, 'first');
    expect(await revision()).toBeGreaterThan(second);
  });

  test('an index of vectors goes with its version', async () => {
    const { open, session } = await setUp();
    await beginVersion(session, 'next', { empty: true });
    await write(await open('next'), OLD);
    await session.query(
      `CREATE INDEX vectors_nearest_1 ON version_next.vectors
       USING hnsw ((embedding::vector(${embeddings.dimensions})) vector_cosine_ops) WHERE model = 1`,
    );
    const whereIs = async (): Promise<string | undefined> =>
      (
        await session.query<{ schema: string }>(
          "SELECT schemaname AS schema FROM pg_indexes WHERE indexname = 'vectors_nearest_1'",
        )
      )[0]?.schema;
    await publishVersion(session, 'next');
    expect(await whereIs()).toBe('public');
    await beginVersion(session, 'copy', { empty: false });
    await publishVersion(session, 'first');
    expect(await whereIs()).toBe('version_next');
  });

  test('a name that is taken, is none, or is of other tables is told, and nothing is changed', async () => {
    const { url, open, live, session } = await setUp();
    await beginVersion(session, 'next', { empty: true });
    await expect(beginVersion(session, 'next', { empty: true })).rejects.toMatchObject({ status: 409 });
    await expect(beginVersion(session, 'first', { empty: true })).rejects.toMatchObject({ status: 409 });
    await expect(beginVersion(session, 'x; DROP', { empty: true })).rejects.toThrow(/lower-case letters/);
    await expect(publishVersion(session, 'nobody')).rejects.toMatchObject({ status: 404 });
    await expect(dropVersion(session, 'first')).rejects.toMatchObject({ status: 404 });
    await expect(open('nobody')).rejects.toMatchObject({ status: 404 });
    await execute(url, "COMMENT ON SCHEMA version_next IS '000-earlier'");
    await expect(publishVersion(session, 'next')).rejects.toThrow(/begin it anew/);
    expect(await idsOf(live)).toEqual(['ports', 'rice']);
  });
});
