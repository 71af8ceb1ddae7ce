import { setTimeout } from 'node:timers/promises';
import autocannon from 'autocannon';
import { questionTexts } from '../support/corpus-questions.ts';
import { describeLatency, type Latency } from './measure-serving.ts';

const QUESTIONS = questionTexts();
const TIMEOUT_SECONDS = 30;

export interface LoadResult {
  readonly what: string;
  readonly answered: number;
  /** Turned away with a 503 that says when to come again. */
  readonly shed: number;
  /** Neither: another status, a lost connection, or no answer in time. */
  readonly failed: number;
  /** Answers. */
  readonly perSecond: number;
  /** Of answers, from the moment that each question was due. */
  readonly latency: Latency;
}

export type Outcome = 'answered' | 'shed' | 'failed';

export interface Answer {
  readonly outcome: Outcome;
  readonly ms: number;
  readonly atMs: number;
  /** The answer, or what there was in its place. */
  readonly text: string;
}

/** On a connection of its own, as through a balancer that spreads them. */
export async function askOnce(url: string, i: number, dueMs = performance.now()): Promise<Answer> {
  const since = (outcome: Outcome, text: string): Answer => {
    const atMs = performance.now();
    return { outcome, ms: atMs - dueMs, atMs, text };
  };
  try {
    const response = await fetch(`${url}/api/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: bodyOf(i),
      signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
    });
    const text = await response.text();
    const outcome = judge(response.status, response.headers.has('retry-after'));
    return since(outcome, outcome === 'answered' ? (JSON.parse(text) as { answer: string }).answer : text);
  } catch (error) {
    return since('failed', String(error));
  }
}

function bodyOf(i: number): string {
  return JSON.stringify({ question: QUESTIONS[i % QUESTIONS.length] });
}

function judge(status: number, hasRetryAfter: boolean): Outcome {
  if (status === 200) return 'answered';
  return status === 503 && hasRetryAfter ? 'shed' : 'failed';
}

/** Clients that each ask as soon as they are answered, on connections that stay; each begins with another question. */
export async function loadClosed(
  url: string,
  { seconds, clients }: { seconds: number; clients: number },
): Promise<Omit<LoadResult, 'what'>> {
  const answers: Pick<Answer, 'outcome' | 'ms'>[] = [];
  let last: Outcome = 'failed';
  const requests = QUESTIONS.map((_, i): autocannon.Request => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodyOf(i),
    // Called with the headers, and followed by the event that tells the time.
    onResponse: (...[status, , , headers]) => void (last = judge(status, tellsWhen(headers))),
  }));
  let begun = 0;
  const options: autocannon.Options = {
    url: `${url}/api/ask`,
    connections: clients,
    duration: seconds,
    timeout: TIMEOUT_SECONDS,
    setupClient(client) {
      const from = Math.floor((begun++ * requests.length) / clients) % requests.length;
      client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
    },
  };
  const { errors, timeouts } = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = autocannon(options, (error: unknown, result) => (error ? reject(error) : resolve(result)));
    load.on('response', (...[, , , ms]) => void answers.push({ outcome: last, ms }));
  });
  return summarise(answers, seconds, errors + timeouts);
}

function tellsWhen(headers: unknown): boolean {
  const names = Array.isArray(headers) ? headers : Object.keys(headers ?? {});
  return names.some((name) => String(name).toLowerCase() === 'retry-after');
}

/**
 * So many questions a second at even times, whether those before are answered or not. Not by autocannon: its clients send
 * together at the turn of each second, wait for their answers, and correct for that by intervals of a millisecond.
 */
export async function loadOpen(
  url: string,
  { seconds, perSecond }: { seconds: number; perSecond: number },
): Promise<Answer[]> {
  const startMs = performance.now();
  return Promise.all(
    Array.from({ length: Math.ceil(seconds * perSecond) }, async (_, i) => {
      const dueMs = startMs + (i * 1000) / perSecond;
      await setTimeout(dueMs - performance.now());
      return askOnce(url, i, dueMs);
    }),
  );
}

export function summarise(
  answers: readonly Pick<Answer, 'outcome' | 'ms'>[],
  seconds: number,
  lost = 0,
): Omit<LoadResult, 'what'> {
  const of = (wanted: Outcome): number => answers.filter(({ outcome }) => outcome === wanted).length;
  return {
    answered: of('answered'),
    shed: of('shed'),
    failed: of('failed') + lost,
    perSecond: of('answered') / seconds,
    latency: describeLatency(answers.filter(({ outcome }) => outcome === 'answered').map(({ ms }) => ms)),
  };
}
