import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createContractClient } from '../support/contract-client.ts';
import { startNativePostgres, whyNoPostgres } from '../support/native-postgres.ts';
import { startServer } from '../support/start-server.ts';
import { waitFor } from '../support/wait-for.ts';

const absent = whyNoPostgres();
if (absent !== undefined) process.stdout.write(`Skipped: ${absent}\n`);
const KEY = 'the-key-of-the-operator';
const QUESTION = "Who chairs Japan's AI Strategy Headquarters?";
const headers = { authorization: `Bearer ${KEY}` };
/** In milliseconds: when the database goes, from the start of a round, and for how long. */
const OUTAGES = [
  { how: 'hangs', after: 0, lasts: 2500 },
  { how: 'dies', after: 150, lasts: 0 },
  { how: 'hangs', after: 40, lasts: 700 },
  { how: 'dies', after: 20, lasts: 1200 },
  { how: 'hangs', after: 250, lasts: 1400 },
] as const;

test.skipIf(absent)(
  'whatever the database does, processes that fill it, answer from it and take work live on, and say no more than that it is away',
  async () => {
    const database = await startNativePostgres();
    onTestFinished(() => database.stop());
    const STORE = await database.createDatabase('outages');
    const settings = { STORE, ADMIN_API_KEY: KEY, STORE_TIMEOUT_MS: '1000', RATE_LIMIT: '' };
    // Begun at once: one of them is still at taking the corpus over from the other when the first outage comes.
    const replicas = await Promise.all([startServer(settings), startServer(settings)]);
    const clients = replicas.map(({ url }) => createContractClient(url));
    const statuses = new Set<number>();
    const send = async (at: number, request: Parameters<(typeof clients)[0]['send']>[0]): Promise<number> => {
      const { status } = (await clients[at % clients.length]?.send(request)) ?? { status: 0 };
      statuses.add(status);
      return status;
    };
    const ask = (at: number) => send(at, { path: '/api/ask', body: { question: QUESTION } });
    const useAll = async (round: number, at: number): Promise<void> => {
      const body = { id: `note-${round}-${at}`, title: 'A note', text: `The note ${round} was written in Nara.` };
      await ask(at);
      await send(at, { path: '/api/documents', body, headers });
      await send(at, { path: '/api/documents' });
      await send(at, { path: '/api/jobs', headers });
      await send(at, { path: '/api/feedback', body: { askId: 'ask_unknown', rating: 'up' } });
      await ask(at + 1);
    };
    for (const [round, { how, after, lasts }] of OUTAGES.entries()) {
      const work = Promise.all([useAll(round, 0), useAll(round, 1)]);
      await setTimeout(after);
      await (how === 'dies' ? database.kill() : database.signal('SIGSTOP'));
      await setTimeout(lasts);
      await (how === 'dies' ? database.start() : database.signal('SIGCONT'));
      await work;
    }
    for (const at of [0, 1]) await waitFor(async () => (await ask(at)) === 200);
    expect([...statuses].filter((status) => status >= 500 && status !== 503)).toEqual([]);
    const ended = [];
    for (const replica of replicas) ended.push({ code: await replica.stop(), log: replica.stderr() });
    expect(ended).toMatchObject([{ code: 0 }, { code: 0 }]);
  },
  120_000,
);
