import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createPostgres } from '../../src/postgres.ts';
import { createContractClient } from '../support/contract-client.ts';
import { temporaryFolder } from '../support/documents.ts';
import { startNativePostgres, whyNoPostgres, type NativeServer } from '../support/native-postgres.ts';
import { beginServer, startServer, type TestServer } from '../support/start-server.ts';
import { waitFor } from '../support/wait-for.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);
const QUESTION = "Who chairs Japan's AI Strategy Headquarters?";
const KEY = 'the-key-of-the-operator';

describe.skipIf(absent)('several processes on one database', () => {
  let database: NativeServer;
  let STORE: string;
  let replicas: TestServer[];
  const settings = () => ({ STORE, ADMIN_API_KEY: KEY, STORE_TIMEOUT_MS: '1000', RATE_LIMIT: '100' });
  beforeAll(async () => {
    database = await startNativePostgres();
    STORE = await database.createDatabase('replicas');
    // At once, on an empty database: one makes the tables and reads the corpus, the other waits for it.
    replicas = await Promise.all([startServer(settings()), startServer(settings())]);
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.stop();
    await database.stop();
  });
  const clients = () => replicas.map(({ url }) => createContractClient(url));
  const status = async (path: string, at = 0): Promise<number> => (await fetch(`${replicas[at]?.url}${path}`)).status;
  const ask = async (at = 0) => {
    const body = JSON.stringify({ question: QUESTION });
    const headers = { 'Content-Type': 'application/json' };
    return fetch(`${replicas[at]?.url}/api/ask`, { method: 'POST', headers, body });
  };

  test('a conversation begun with one goes on with the other, and is deleted through either', async () => {
    const [one, other] = clients();
    const first = await one?.ask({ question: 'What is the ABCI supercomputer?' });
    const second = await other?.ask({ question: 'Who runs it?', conversationId: first?.conversationId });
    expect(second?.standaloneQuestion).toContain('ABCI');
    expect(second?.conversationToken).toBeUndefined();
    const path = `/api/conversations/${first?.conversationId}`;
    const headers = { 'x-conversation-token': first?.conversationToken ?? '' };
    expect((await other?.send({ path, method: 'DELETE', headers }))?.status).toBe(204);
    expect((await one?.send({ path, headers }))?.status).toBe(404);
  });

  test('a document added through one is answered from by the other at once, and gone from both when it is deleted', async () => {
    const [one, other] = clients();
    const headers = { authorization: `Bearer ${KEY}` };
    const body = {
      id: 'zeppelin',
      title: 'Zeppelin',
      text: 'The zeppelin treaty of 2031 was signed in Kobe by two ministers.',
    };
    expect((await one?.send({ path: '/api/documents', body, headers }))?.status).toBe(201);
    const answer = await other?.ask({ question: 'Where was the zeppelin treaty signed?' });
    expect(answer?.citations[0]?.documentId).toBe('zeppelin');
    expect((await other?.send({ path: '/api/documents/zeppelin', method: 'DELETE', headers }))?.status).toBe(204);
    expect((await one?.send({ path: '/api/documents/zeppelin' }))?.status).toBe(404);
  });

  test('an answer of one is rated through the other, with its question', async () => {
    const [one, other] = clients();
    const answer = await one?.ask({ question: QUESTION });
    await other?.send({ path: '/api/feedback', body: { askId: answer?.askId, rating: 'up' } });
    const listed = await one?.send({ path: '/api/admin/feedback', headers: { authorization: `Bearer ${KEY}` } });
    expect(listed?.json()).toMatchObject({ ratings: [{ askId: answer?.askId, question: QUESTION }] });
  });

  test('a database that dies in the middle is told as a 503 that may be tried again, and answers come back by themselves', async () => {
    expect((await ask()).status).toBe(200);
    await database.kill();
    const refused = await ask();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({
      retryable: true,
      detail: expect.stringContaining('database') as string,
    });
    expect(await status('/readyz')).toBe(503);
    expect(await status('/healthz')).toBe(200);
    await database.start();
    await waitFor(async () => (await ask()).status === 200 && (await ask(1)).status === 200);
    expect(await status('/readyz')).toBe(200);
  });

  test('a database that hangs is given up after the time that is set', async () => {
    await database.signal('SIGSTOP');
    try {
      const start = performance.now();
      expect((await ask()).status).toBe(503);
      expect(performance.now() - start).toBeLessThan(15_000);
    } finally {
      await database.signal('SIGCONT');
    }
    await waitFor(async () => (await ask()).status === 200);
  });

  test('one limit counts the requests to all', async () => {
    const left = async (at: number): Promise<number> => {
      const response = await fetch(`${replicas[at]?.url}/api/documents`);
      return Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
    };
    const before = await left(0);
    expect(await left(1)).toBe(before - 1);
    expect(await left(0)).toBe(before - 2);
  });

  test('a server begun before its database waits for it, alive and not ready', async () => {
    const late = await startNativePostgres();
    onTestFinished(() => late.stop());
    const url = await late.createDatabase('late');
    await late.kill();
    const server = await beginServer({ STORE: url, PORT: String(late.port + 1) });
    onTestFinished(async () => void (await server.stop()));
    const address = `http://127.0.0.1:${late.port + 1}`;
    await waitFor(async () => (await fetch(`${address}/healthz`)).ok);
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    await waitFor(async () => server.stderr().includes('The database cannot be reached'));
    expect(server.stderr()).not.toContain(url);
    await late.start();
    await waitFor(async () => (await fetch(`${address}/readyz`)).ok);
  });

  test('what a killed process left of the corpus is taken over by another: every document once', async () => {
    const folder = await temporaryFolder();
    const words = 'The parties agreed on ships, ports and tariffs, article by article, and signed. '.repeat(60);
    const files = Array.from({ length: 600 }, (_, i) =>
      writeFile(join(folder, `t${i}.md`), `# Treaty ${i}\n${words}${i}`),
    );
    await Promise.all(files);
    const url = await database.createDatabase('killed');
    const given = { STORE: url, CORPUS_DIR: folder };
    const first = await beginServer(given);
    const watching = createPostgres({ url, connections: 2, timeoutMs: 10_000 });
    onTestFinished(() => watching.close());
    const count = async (): Promise<number> => {
      const [row] = await watching.query<{ n: number }>('SELECT count(*) AS n FROM documents');
      return row?.n ?? 0;
    };
    await waitFor(async () => (await count()) > 0);
    const second = beginServer(given);
    await setTimeout(300);
    first.signal('SIGKILL');
    const left = await count();
    await first.stop();
    const other = await second;
    onTestFinished(async () => void (await other.stop()));
    expect(left).toBeLessThan(600);
    await waitFor(async () => (await count()) === 600);
    const doubled = await watching.query('SELECT digest FROM documents GROUP BY digest HAVING count(*) > 1');
    expect(doubled).toEqual([]);
  }, 150_000);

  test('more questions than may be under way are turned away at once; those under way are answered, and the next ones too', async () => {
    const busy = await startServer({ ...settings(), RATE_LIMIT: '', STORE_TIMEOUT_MS: '20000', ASK_CONCURRENCY: '2' });
    onTestFinished(async () => void (await busy.stop()));
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ question: QUESTION });
    const askBusy = () => fetch(`${busy.url}/api/ask`, { method: 'POST', headers, body });
    expect((await askBusy()).status).toBe(200);
    await database.signal('SIGSTOP');
    const asked = [askBusy(), askBusy(), askBusy()];
    const first = await Promise.race(asked).finally(() => database.signal('SIGCONT'));
    expect([first.status, Number(first.headers.get('retry-after')) > 0]).toEqual([503, true]);
    expect(await first.json()).toMatchObject({ retryable: true });
    expect((await Promise.all(asked)).map((response) => response.status).toSorted((a, b) => a - b)).toEqual([
      200, 200, 503,
    ]);
    for (let i = 0; i < 4; i++) expect((await askBusy()).status).toBe(200);
  }, 60_000);

  test('more work than connections waits its turn, and is turned away when it would wait too long', async () => {
    const postgres = createPostgres({ url: STORE, connections: 2, timeoutMs: 500 });
    onTestFinished(() => postgres.close());
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const holding = [0, 1].map(() => postgres.transaction(() => held));
    const short = postgres.query('SELECT 1');
    await expect(short).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('no connection free') as string,
    });
    release();
    await Promise.all(holding);
    await expect(Promise.all(Array.from({ length: 20 }, () => postgres.query('SELECT 1')))).resolves.toHaveLength(20);
    await expect(postgres.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ status: 503 });
  });

  test('a connection that a hanging database does not accept is told as a database that cannot be reached', async () => {
    const postgres = createPostgres({ url: STORE, connections: 1, timeoutMs: 500 });
    onTestFinished(() => postgres.close());
    await database.signal('SIGSTOP');
    try {
      await expect(postgres.openSession()).rejects.toMatchObject({ status: 503, retryable: true });
      await expect(postgres.query('SELECT 1')).rejects.toMatchObject({ status: 503, retryable: true });
    } finally {
      await database.signal('SIGCONT');
    }
  });

  test('both processes have lived through all this', async () => {
    const ended = [];
    for (const replica of replicas) ended.push({ code: await replica.stop(), log: replica.stderr() });
    expect(ended).toMatchObject([{ code: 0 }, { code: 0 }]);
  });
});
