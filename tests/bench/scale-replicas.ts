import { setTimeout } from 'node:timers/promises';
import { startBalancer, type Balancer } from '../support/balancer.ts';
import { questionTexts } from '../support/corpus-questions.ts';
import { startNativePostgres, startStandby, type NativeServer } from '../support/native-postgres.ts';
import { startEmbeddedServer, startServer, type TestServer } from '../support/start-server.ts';
import { describeLatency, type Latency } from './measure-serving.ts';

const QUESTIONS = questionTexts();
const TIMEOUT_MS = 30_000;

export interface LoadResult {
  readonly what: string;
  readonly answered: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly latency: Latency;
}

interface Load {
  readonly url: string;
  readonly seconds: number;
  /** Clients that each ask as soon as they are answered; or questions a second, whether answered or not. */
  readonly clients?: number;
  readonly perSecond?: number;
}

type Answer = { readonly ok: boolean; readonly ms: number; readonly atMs: number; readonly text: string };

async function askOnce(url: string, i: number): Promise<Answer> {
  const start = performance.now();
  const body = JSON.stringify({ question: QUESTIONS[i % QUESTIONS.length] });
  try {
    const response = await fetch(`${url}/api/ask`, {
      method: 'POST',
      // Each on a connection of its own, as through a balancer that spreads them.
      headers: { 'content-type': 'application/json', connection: 'close' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = response.ok ? ((await response.json()) as { answer: string }).answer : String(response.status);
    return { ok: response.ok, ms: performance.now() - start, atMs: performance.now(), text };
  } catch (error) {
    return { ok: false, ms: performance.now() - start, atMs: performance.now(), text: String(error) };
  }
}

async function load({ url, seconds, clients, perSecond = 10 }: Load): Promise<Answer[]> {
  const answers: Answer[] = [];
  const end = performance.now() + seconds * 1000;
  let asked = 0;
  const ask = async (): Promise<void> => void answers.push(await askOnce(url, asked++));
  if (clients !== undefined) {
    const client = async (): Promise<void> => {
      while (performance.now() < end) await ask();
    };
    await Promise.all(Array.from({ length: clients }, client));
    return answers;
  }
  const open: Promise<void>[] = [];
  while (performance.now() < end) {
    open.push(ask());
    await setTimeout(1000 / perSecond);
  }
  await Promise.all(open);
  return answers;
}

function summarise(what: string, answers: readonly Answer[], seconds: number): LoadResult {
  const good = answers.filter(({ ok }) => ok);
  return {
    what,
    answered: good.length,
    failed: answers.length - good.length,
    perSecond: good.length / seconds,
    latency: describeLatency(good.map(({ ms }) => ms)),
  };
}

const portOf = ({ url }: TestServer): number => Number(new URL(url).port);

/** 1, 2 and 4 processes on one database; every one replaced under load; its primary lost under load. */
export async function measureReplicas(seconds: number): Promise<{ loads: LoadResult[]; failover: FailoverResult }> {
  const primary = await startNativePostgres({ settings: ['shared_buffers=256MB'] });
  const database = await startBalancer([primary.port]);
  const servers: TestServer[] = [];
  const balancer = await startBalancer([]);
  const url = `http://127.0.0.1:${balancer.port}`;
  try {
    await primary.createDatabase('replicas');
    const STORE = `postgres://postgres@127.0.0.1:${database.port}/replicas`;
    const settings = { STORE, STORE_TIMEOUT_MS: '2000', EMBEDDINGS: 'hashing' };
    const loads: LoadResult[] = [];
    for (const count of [1, 2, 4]) {
      while (servers.length < count)
        servers.push(await (servers.length === 0 ? startEmbeddedServer : startServer)(settings));
      balancer.route(servers.map(portOf));
      await load({ url, seconds: 2, clients: 4 });
      const closed = await load({ url, seconds, clients: 8 });
      loads.push(summarise(`${count} processes, 8 clients`, closed, seconds));
      loads.push(summarise(`${count} processes, 10 a second`, await load({ url, seconds }), seconds));
    }
    loads.push(await replaceAll(servers, { balancer, settings, url }));
    const failover = await failOver(primary, { database, url, seconds });
    return { loads, failover };
  } finally {
    for (const server of servers) await server.stop();
    await balancer.close();
    await database.close();
    await primary.stop();
  }
}

/** Each is taken out of the balancer, told to stop, and replaced, while questions go on. */
async function replaceAll(
  servers: TestServer[],
  { balancer, settings, url }: { balancer: Balancer; settings: Record<string, string>; url: string },
): Promise<LoadResult> {
  const start = performance.now();
  const over = new AbortController();
  const answers: Answer[] = [];
  const asking = Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let i = 0; !over.signal.aborted; i++) answers.push(await askOnce(url, i));
    }),
  );
  for (const [i, old] of [...servers].entries()) {
    balancer.route(servers.filter((server) => server !== old).map(portOf));
    await old.stop();
    servers[i] = await startServer(settings);
    balancer.route(servers.map(portOf));
  }
  over.abort();
  await asking;
  return summarise(
    `${servers.length} processes replaced one by one, 4 clients`,
    answers,
    (performance.now() - start) / 1000,
  );
}

export interface FailoverResult {
  /** From the loss of the primary until the first answer. */
  readonly seconds: number;
  readonly failed: number;
  /** Answers that differ from those before, to the same questions. */
  readonly wrong: number;
  readonly lostConversations: number;
}

async function failOver(
  primary: NativeServer,
  { database, url, seconds }: { database: Balancer; url: string; seconds: number },
): Promise<FailoverResult> {
  const standby = await startStandby(primary);
  await setTimeout(500);
  const expected = new Map<number, string>();
  for (let i = 0; i < 20; i++) expected.set(i, (await askOnce(url, i)).text);
  const begun = await Promise.all(Array.from({ length: 10 }, () => beginConversation(url)));
  const loading = load({ url, seconds: Math.max(seconds, 15), perSecond: 5 });
  await setTimeout(2000);
  const lostAt = performance.now();
  await primary.kill();
  await standby.promote();
  database.route([standby.port]);
  const answers = await loading;
  const firstAt = Math.min(...answers.filter(({ ok, atMs, ms }) => ok && atMs - ms > lostAt).map(({ atMs }) => atMs));
  let wrong = 0;
  for (const [i, text] of expected) if ((await askOnce(url, i)).text !== text) wrong++;
  const kept = await Promise.all(begun.map((conversation) => isKept(url, conversation)));
  await standby.stop();
  return {
    seconds: (firstAt - lostAt) / 1000,
    failed: answers.filter(({ ok }) => !ok).length,
    wrong,
    lostConversations: kept.filter((is) => !is).length,
  };
}

interface Begun {
  readonly conversationId: string;
  readonly conversationToken: string;
}

async function beginConversation(url: string): Promise<Begun> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ question: QUESTIONS[0] });
  return (await (await fetch(`${url}/api/ask`, { method: 'POST', headers, body })).json()) as Begun;
}

async function isKept(url: string, { conversationId, conversationToken }: Begun): Promise<boolean> {
  const headers = { 'x-conversation-token': conversationToken, connection: 'close' };
  return (await fetch(`${url}/api/conversations/${conversationId}`, { headers })).ok;
}
