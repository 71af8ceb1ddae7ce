import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/documents.ts';
import { createContractClient, type ContractClient } from '../support/contract-client.ts';
import {
  execute,
  startNativePostgres,
  startStandby,
  whyNoPostgres,
  type NativeServer,
} from '../support/native-postgres.ts';
import { runCli } from '../support/run-cli.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);
const QUESTION = "Who chairs Japan's AI Strategy Headquarters?";
const KEY = 'the-key-of-the-operator';

describe.skipIf(absent)('a primary with a standby that is read from', () => {
  let primary: NativeServer;
  let standby: NativeServer;
  let server: TestServer;
  let client: ContractClient;
  let STORE: string;
  const headers = { authorization: `Bearer ${KEY}` };
  beforeAll(async () => {
    primary = await startNativePostgres();
    STORE = await primary.createDatabase('spread');
    standby = await startStandby(primary, { isSynchronous: false });
    const STORE_READ = STORE.replace(`:${primary.port}/`, `:${standby.port}/`);
    server = await startServer({ STORE, STORE_READ, STORE_TIMEOUT_MS: '2000', ADMIN_API_KEY: KEY });
    client = createContractClient(server.url);
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await standby.stop();
    await primary.stop();
  });
  const add = (id: string, text: string) =>
    client.send({ path: '/api/documents', body: { id, title: id, text }, headers });

  test('what is written is answered from at once, though the standby has not got it, and gone at once when it is deleted', async () => {
    await execute(standby.url, 'SELECT pg_wal_replay_pause()');
    expect((await add('zeppelin', 'The zeppelin treaty of 2031 was signed in Kobe by two ministers.')).status).toBe(
      201,
    );
    const answer = await client.ask({ question: 'Where was the zeppelin treaty signed?' });
    expect(answer.citations[0]?.documentId).toBe('zeppelin');
    const next = await client.ask({ question: 'Who signed it?', conversationId: answer.conversationId });
    expect(next.citations[0]?.documentId).toBe('zeppelin');
    expect((await client.send({ path: '/api/documents/zeppelin', method: 'DELETE', headers })).status).toBe(204);
    expect((await client.send({ path: '/api/documents/zeppelin' })).status).toBe(404);
    await execute(standby.url, 'SELECT pg_wal_replay_resume()');
  });

  test('when it has caught up the standby is read from: searches go on while the primary is gone', async () => {
    const search = () => client.send({ path: '/api/search', body: { query: QUESTION } });
    const before = (await search()).json() as { passages: unknown[] };
    await expect
      .poll(
        async () => {
          // It is turned to while the primary can still say how far it is.
          await search();
          await primary.signal('SIGSTOP');
          const { status } = await search();
          await primary.signal('SIGCONT');
          return status;
        },
        { timeout: 20_000 },
      )
      .toBe(200);
    await primary.kill();
    const alone = await search();
    expect(alone.status).toBe(200);
    expect((alone.json() as { passages: unknown[] }).passages).toEqual(before.passages);
    expect((await client.send({ path: '/api/ask', body: { question: QUESTION } })).status).toBe(503);
    await primary.start();
    await expect
      .poll(async () => (await client.send({ path: '/api/ask', body: { question: QUESTION } })).status)
      .toBe(200);
  });

  test('a version of the corpus is published under the running server, and taken back, each by one command', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'airship.md'), '# Airship\nThe airship accord was signed in Nagoya.');
    const settings = { STORE };
    const run = async (given: Record<string, string>, ...args: string[]): Promise<string> => {
      const { code, out, err } = await runCli({ ...settings, ...given }, ...args);
      if (code !== 0) throw new Error(err);
      return out;
    };
    const sources = async (): Promise<string | undefined> =>
      (await client.ask({ question: 'Where was the airship accord signed?' })).citations[0]?.documentId;
    await run({}, 'versions', 'begin', 'airships');
    await run({ STORE_VERSION: 'airships' }, 'ingest', folder);
    expect(await sources()).not.toBe('airship');
    expect(await run({}, 'versions', 'publish', 'airships')).toContain('publish first');
    await expect.poll(sources).toBe('airship');
    await run({}, 'versions', 'publish', 'first');
    await expect.poll(sources).not.toBe('airship');
    // Four processes are begun for it.
  }, 90_000);

  test('without the standby no question fails', async () => {
    await standby.kill();
    for (let i = 0; i < 3; i++) expect((await client.ask({ question: QUESTION })).outcome).toBe('answered');
    expect(server.stderr()).toContain('is left out');
  });
});
