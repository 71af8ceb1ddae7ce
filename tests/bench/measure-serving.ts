import { setTimeout } from 'node:timers/promises';

/** Milliseconds, of so many requests. */
export interface Latency {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
}

export function describeLatency(durationsMs: readonly number[]): Latency {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), most: at(1) };
}

/** One request after the other. */
export async function timeEach<T>(items: readonly T[], request: (item: T) => Promise<unknown>): Promise<Latency> {
  const durationsMs: number[] = [];
  for (const item of items) {
    const start = performance.now();
    await request(item);
    durationsMs.push(performance.now() - start);
  }
  return describeLatency(durationsMs);
}

export interface Readiness {
  readonly documents: number;
  readonly chunks: number;
  readonly embedded: number;
}

/** Asked again once: a server that is busy for seconds closes connections that were idle. */
export async function readReadiness(url: string): Promise<Readiness> {
  const ask = (): Promise<Response> => fetch(`${url}/readyz`);
  return (await (await ask().catch(ask)).json()) as Readiness;
}

/** A request as readers send it, read to its end. @throws Error unless it is a 200. */
export async function post<T>(url: string, path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const send = (): Promise<Response> => fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const response = await send().catch(send);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Searches again and again, until `isOver` says so: what readers see of a server that is at work. */
export async function searchWhile(
  url: string,
  questions: readonly string[],
  isOver: () => Promise<boolean>,
): Promise<Latency> {
  const durationsMs: number[] = [];
  for (let i = 0; !(await isOver()); i++) {
    const start = performance.now();
    await post(url, '/api/search', { query: questions[i % questions.length] ?? '' });
    durationsMs.push(performance.now() - start);
    await setTimeout(200);
  }
  return describeLatency(durationsMs);
}

/** Waits until a search for these words finds the document first. */
export async function untilFound(url: string, query: string, documentId: string): Promise<void> {
  for (;;) {
    const body = { query, limit: 1 };
    const { passages } = await post<{ passages: { documentId: string }[] }>(url, '/api/search', body);
    if (passages[0]?.documentId === documentId) return;
    await setTimeout(20);
  }
}
