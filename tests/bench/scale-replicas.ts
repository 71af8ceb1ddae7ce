import { setTimeout } from 'node:timers/promises';
import { startBalancer, type Balancer } from '../support/balancer.ts';
import { questionTexts } from '../support/corpus-questions.ts';
import { startNativePostgres, startStandby, type NativeServer } from '../support/native-postgres.ts';
import { startEmbeddedServer, startServer, type TestServer } from '../support/start-server.ts';
import { askOnce, loadClosed, loadOpen, summarise, type Answer, type LoadResult } from './generate-load.ts';

const CLIENTS = 8;
/** What a process has just begun to do it does slower. */
const WARMING_SECONDS = 5;
/** Questions a second under an open load, by what the closed load was answered. */
const SHARES = [0.5, 0.8, 1.2] as const;

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
    const settings = { STORE, STORE_TIMEOUT_MS: '2000', EMBEDDINGS: 'hashing', ASK_CONCURRENCY: String(CLIENTS) };
    const loads: LoadResult[] = [];
    for (const count of [1, 2, 4]) {
      while (servers.length < count)
        servers.push(await (servers.length === 0 ? startEmbeddedServer : startServer)(settings));
      balancer.route(servers.map(portOf));
      loads.push(...(await measureLoads(url, { count, seconds })));
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

/** Clients that wait for their answers; then questions at the rates of half of what these were answered, and of more. */
async function measureLoads(
  url: string,
  { count, seconds }: { count: number; seconds: number },
): Promise<LoadResult[]> {
  const name = `${count} ${count === 1 ? 'process' : 'processes'}`;
  await loadClosed(url, { seconds: WARMING_SECONDS, clients: CLIENTS });
  const closed = await loadClosed(url, { seconds, clients: CLIENTS });
  const loads: LoadResult[] = [{ what: `${name}, ${CLIENTS} clients`, ...closed }];
  for (const share of SHARES) {
    const perSecond = Math.max(1, share * closed.perSecond);
    const answers = await loadOpen(url, { seconds, perSecond });
    const what = `${name}, ${perSecond.toFixed(1)} a second (${Math.round(share * 100)} %)`;
    loads.push({ what, ...summarise(answers, seconds) });
  }
  return loads;
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
  const what = `${servers.length} processes replaced one by one, 4 clients`;
  return { what, ...summarise(answers, (performance.now() - start) / 1000) };
}

export interface FailoverResult {
  /** From the loss of the primary until the first answer. */
  readonly seconds: number;
  readonly failed: number;
  /** Told when to come again. */
  readonly shed: number;
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
  const loading = loadOpen(url, { seconds: Math.max(seconds, 15), perSecond: 5 });
  await setTimeout(2000);
  const lostAt = performance.now();
  await primary.kill();
  await standby.promote();
  database.route([standby.port]);
  const answers = await loading;
  const firstAt = Math.min(
    ...answers.filter(({ outcome, atMs, ms }) => outcome === 'answered' && atMs - ms > lostAt).map(({ atMs }) => atMs),
  );
  let wrong = 0;
  for (const [i, text] of expected) if ((await askOnce(url, i)).text !== text) wrong++;
  const kept = await Promise.all(begun.map((conversation) => isKept(url, conversation)));
  await standby.stop();
  return {
    seconds: (firstAt - lostAt) / 1000,
    failed: answers.filter(({ outcome }) => outcome === 'failed').length,
    shed: answers.filter(({ outcome }) => outcome === 'shed').length,
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
  const body = JSON.stringify({ question: questionTexts()[0] });
  return (await (await fetch(`${url}/api/ask`, { method: 'POST', headers, body })).json()) as Begun;
}

async function isKept(url: string, { conversationId, conversationToken }: Begun): Promise<boolean> {
  const headers = { 'x-conversation-token': conversationToken, connection: 'close' };
  return (await fetch(`${url}/api/conversations/${conversationId}`, { headers })).ok;
}
