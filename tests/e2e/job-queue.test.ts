import type { ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Job } from '../../src/jobs/jobs.ts';
import { createPostgres } from '../../src/postgres.ts';
import { ADMIN_KEY, createAdminClient } from '../support/admin-client.ts';
import { startBalancer, type Balancer } from '../support/balancer.ts';
import { createContractClient } from '../support/contract-client.ts';
import { parseEvents } from '../support/exchange.ts';
import { startNativePostgres, startStandby, whyNoPostgres, type NativeServer } from '../support/native-postgres.ts';
import { startPages } from '../support/page-server.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { waitFor } from '../support/wait-for.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);
const FACT = 'The Zorblax Accord obliges both parties to count 8,317 lighthouses by 2041.';

/** Pages of which each request waits until it is answered by the test. */
async function holdPages() {
  const asked = new Map<string, ServerResponse[]>();
  const port = await startPages((request, response) => {
    const path = request.url ?? '';
    if (path === '/robots.txt') return void response.writeHead(404).end();
    asked.set(path, [...(asked.get(path) ?? []), response]);
  });
  return {
    at: (path: string) => `http://127.0.0.1:${port}${path}`,
    times: (path: string) => asked.get(path)?.length ?? 0,
    /** Answers every request for the page there was, or one of them. */
    answer(path: string, text: string, only?: number) {
      for (const [i, response] of (asked.get(path) ?? []).entries()) {
        if (response.headersSent || (only !== undefined && only !== i)) continue;
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(`<html><body><main><h1>Page ${path}</h1><p>${text}</p></main></body></html>`);
      }
    },
  };
}

describe.skipIf(absent)('jobs of several processes on one database', () => {
  let primary: NativeServer;
  let database: Balancer;
  let folder: string;
  /** Accepts and answers; the others do the work. */
  let door: TestServer;
  let workers: TestServer[];
  const start = (more: Record<string, string>): Promise<TestServer> =>
    startServer({
      STORE: `postgres://postgres@127.0.0.1:${database.port}/jobs`,
      // What is silent for three times as long is gone.
      STORE_TIMEOUT_MS: '1000',
      ADMIN_API_KEY: ADMIN_KEY,
      INGEST_ALLOW_PRIVATE: 'true',
      CORPUS_DIR: folder,
      ...more,
    });
  beforeAll(async () => {
    primary = await startNativePostgres();
    await primary.createDatabase('jobs');
    database = await startBalancer([primary.port]);
    folder = await mkdtemp(join(tmpdir(), 'concordat-jobs-'));
    await writeFile(join(folder, 'kept.md'), '# Ferries\n\nThe harbour treaty regulates ferries.');
    door = await start({ INGEST_WORKERS: '0', INGEST_QUEUE: '3' });
    workers = await Promise.all([start({ INGEST_WORKERS: '1' }), start({ INGEST_WORKERS: '1' })]);
  });
  afterAll(async () => {
    for (const server of [door, ...workers]) await server.stop();
    await database.close();
    await primary.stop();
    await rm(folder, { recursive: true });
  });
  const admin = () => createAdminClient(door.url);
  const accept = async (body: object): Promise<Job> => {
    const headers = { prefer: 'respond-async' };
    return (await admin().send('POST /api/documents', '/api/documents', { headers, body })).json() as Job;
  };
  const find = async ({ id }: Job): Promise<Job> =>
    (await admin().send('GET /api/jobs/{id}', `/api/jobs/${id}`)).json() as Job;
  const ended = (job: Job) => waitFor(async () => ['done', 'failed'].includes((await find(job)).status));

  test('a file sent to one is read by another, waited for and followed wherever one asks', async () => {
    const added = await admin().upload('accord.md', FACT);
    expect([added.status, (added.json() as { document: { id: string } }).document.id]).toEqual([201, 'accord']);
    const refused = await admin().upload('broken.pdf', '%PDF-1.7 broken');
    expect(refused.status).toBe(422);
    const job = await accept({ id: 'later', text: FACT });
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, accept: 'text/event-stream' };
    const [worker] = workers;
    for (const { url } of [door, worker ?? door]) {
      const events = parseEvents((await createContractClient(url).send({ path: `/api/jobs/${job.id}`, headers })).text);
      expect(events.at(-1)).toMatchObject({ event: 'job', data: { status: 'done', documentId: 'later', tries: 1 } });
    }
  });

  test('more than may wait is refused with a 503 that may be tried again, and accepted once there is room', async () => {
    const pages = await holdPages();
    const held = [await accept({ url: pages.at('/a') }), await accept({ url: pages.at('/b') })];
    await waitFor(async () => pages.times('/a') + pages.times('/b') === 2);
    const waiting = await accept({ id: 'waits', text: FACT });
    expect((await find(waiting)).status).toBe('queued');
    expect(await (await fetch(`${door.url}/metrics`)).text()).toContain('concordat_jobs_open 3');
    const full = await admin().add({ id: 'more', text: FACT });
    expect([full.status, Number(full.headers['retry-after']) > 0]).toEqual([503, true]);
    expect(full.json()).toMatchObject({ retryable: true, detail: expect.stringContaining('queue is full') as string });
    pages.answer('/a', FACT);
    pages.answer('/b', FACT);
    for (const job of [...held, waiting]) await ended(job);
    expect((await admin().add({ id: 'more', text: FACT })).status).toBe(201);
  });

  test('what cannot be had is tried again, told as failed with its reason, and holds nothing up; mended, it is done', async () => {
    let isMended = false;
    const port = await startPages((request, response) => {
      const found = request.url === '/page' ? 200 : 404;
      response.writeHead(isMended ? found : 500, { 'content-type': 'text/html' });
      response.end(`<html><body><main><h1>Page</h1><p>${FACT}</p></main></body></html>`);
    });
    const poison = await accept({ url: `http://127.0.0.1:${port}/page` });
    await waitFor(async () => (await find(poison)).problem !== null);
    expect((await admin().add({ id: 'next', text: FACT })).status).toBe(201);
    await ended(poison);
    const { jobs } = (await admin().send('GET /api/jobs', '/api/jobs')).json() as { jobs: Job[] };
    expect(jobs.find(({ id }) => id === poison.id)).toMatchObject({
      status: 'failed',
      tries: 3,
      problem: expect.stringContaining('answered with status 500') as string,
      problemStatus: 502,
      retryable: true,
    });
    isMended = true;
    const path = `/api/jobs/${poison.id}/retry`;
    expect((await admin().send('POST /api/jobs/{id}/retry', path)).status).toBe(202);
    await ended(poison);
    expect(await find(poison)).toMatchObject({ status: 'done', tries: 1, problem: null });
    expect((await admin().send('POST /api/jobs/{id}/retry', path)).status).toBe(409);
  });

  test('a worker that hangs is replaced, and publishes nothing when it goes on; one that is killed, too', async () => {
    const pages = await holdPages();
    const job = await accept({ url: pages.at('/page'), id: 'page' });
    await waitFor(async () => pages.times('/page') === 1);
    // Only one of them is at it; with both halted, neither says anything.
    for (const worker of workers) worker.signal('SIGSTOP');
    const third = await start({ INGEST_WORKERS: '1' });
    workers.push(third);
    await waitFor(async () => pages.times('/page') === 2);
    pages.answer('/page', 'The second text is the one that counts, of eleven lighthouses.', 1);
    await ended(job);
    const done = await find(job);
    expect(done).toMatchObject({ status: 'done', tries: 2, documentId: 'page' });
    pages.answer('/page', 'The first text came too late, of ten lighthouses.', 0);
    for (const worker of workers) worker.signal('SIGCONT');
    const other = [await accept({ url: pages.at('/x'), id: 'x' }), await accept({ url: pages.at('/y'), id: 'y' })];
    await waitFor(async () => pages.times('/x') + pages.times('/y') === 2);
    // The late one had time to publish, had it been let.
    await setTimeout(300);
    expect(await createContractClient(door.url).readText('page')).toContain('The second text');
    expect(await find(job)).toEqual(done);
    for (const worker of workers.splice(0, 2)) {
      worker.signal('SIGKILL');
      await worker.stop();
    }
    // Those of the dead come to the one that is left, one after the other.
    const answering = setInterval(() => {
      pages.answer('/x', FACT, pages.times('/x') - 1);
      pages.answer('/y', FACT, pages.times('/y') - 1);
    }, 100);
    onTestFinished(() => clearInterval(answering));
    for (const one of other) await ended(one);
    expect((await Promise.all(other.map(find))).map(({ status }) => status)).toEqual(['done', 'done']);
  }, 60_000);

  test('an ingest in whose middle the database fails over is done by the new primary: nothing lost, nothing by half', async () => {
    const standby = await startStandby(primary);
    onTestFinished(() => standby.stop());
    const words = 'The parties agreed on ships, ports and tariffs, article by article, and signed. '.repeat(20);
    const names = Array.from({ length: 300 }, (_, i) => `t${i}`);
    await Promise.all(names.map((name) => writeFile(join(folder, `${name}.md`), `# Treaty ${name}\n${words}${name}`)));
    const watching = createPostgres({
      url: `postgres://postgres@127.0.0.1:${database.port}/jobs`,
      connections: 2,
      timeoutMs: 2000,
    });
    onTestFinished(() => watching.close());
    const count = async (): Promise<number> => {
      const [row] = await watching.query<{ n: number }>("SELECT count(*) AS n FROM documents WHERE id ~ '^t[0-9]+$'");
      return row?.n ?? 0;
    };
    const body = { kind: 'folder' };
    const job = (await admin().send('POST /api/jobs', '/api/jobs', { body })).json() as Job;
    const sent = await accept({ id: 'sent', text: FACT });
    await waitFor(async () => (await count()) > 0);
    await primary.kill();
    await standby.promote();
    database.route([standby.port]);
    await waitFor(async () => (await find(job)).status === 'done');
    await ended(sent);
    expect(await count()).toBe(names.length);
    expect(await find(sent)).toMatchObject({ status: 'done', documentId: 'sent' });
    const [state] = await watching.query<{ isWhole: boolean; bare: number; doubled: number }>(
      `SELECT (SELECT count(*) FROM documents WHERE NOT EXISTS (SELECT 1 FROM chunks WHERE document_id = documents.id)) AS bare,
         (SELECT count(*) - count(DISTINCT id) FROM chunks) AS doubled,
         (SELECT corpus.chunks = (SELECT count(*) FROM chunks) AND (SELECT count(DISTINCT label) FROM postings) = corpus.chunks
          FROM corpus) AS "isWhole"`,
    );
    expect(state).toEqual({ bare: 0, doubled: 0, isWhole: true });
    const answer = await createContractClient(door.url).ask({
      question: 'How many lighthouses does the Zorblax Accord count?',
    });
    expect(answer.citations[0]?.quote).toBe(FACT);
  }, 60_000);
});
