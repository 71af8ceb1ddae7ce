import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairsOf } from '../support/channel-driver.ts';
import { createContractClient } from '../support/contract-client.ts';
import { temporaryFolder } from '../support/documents.ts';
import { readFiftyQuestions } from '../support/fifty-questions.ts';
import { startEmbeddedServer, type TestServer } from '../support/start-server.ts';
import { listSurfaces } from '../support/surfaces.ts';

const CORPUS_DIR = fileURLToPath(new URL('../../corpus', import.meta.url));
/** A third of the fifty; `npm run bench -- channels` asks all of them. */
const QUESTIONS = readFiftyQuestions().filter((_, i) => i % 3 === 0);

let server: TestServer;
let wanted: string[][];
beforeAll(async () => {
  server = await startEmbeddedServer();
  const client = createContractClient(server.url);
  wanted = [];
  for (const question of QUESTIONS) wanted.push(pairsOf((await client.ask({ question })).citations));
}, 120_000);
afterAll(() => server.stop());

test.each(listSurfaces({ url: 'http://127.0.0.1:9', settings: {} }).map(({ name }) => name))(
  '%s: a client recovers the (document, quote) pairs of its answers, in each way it reads them',
  { timeout: 120_000 },
  async (name) => {
    const settings = { CORPUS_DIR, INDEX_DIR: await temporaryFolder() };
    const surface = listSurfaces({ url: server.url, settings }).find((one) => one.name === name);
    const found = await surface?.readAll(QUESTIONS);
    const expected = found?.map((readings, index) =>
      Object.fromEntries(Object.keys(readings).map((way) => [way, wanted[index]])),
    );
    expect(found).toHaveLength(QUESTIONS.length);
    expect(found).toEqual(expected);
  },
);
