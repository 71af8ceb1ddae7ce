import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Job } from './channel-store.ts';
import type { Channel, JsonObject } from './channel.ts';
import { createGate, type Gate } from './gate.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { makeApology, makeOutgoing, type DeskDependencies, type Made } from './make-outgoing.ts';
import { VendorError } from './vendor-api.ts';

/** Jobs of one channel at work at once. Each channel has places of its own, so that none waits for another's outage. */
const PLACES = 8;
/** A clock that was set back must not make jobs wait for ever. */
const LONGEST_SLEEP_MS = 60_000;
/** After the store could not be read. */
const STORE_DELAY_MS = 5_000;

/** The waits between attempts: about ten minutes in all. */
export const RETRY_DELAYS_MS: readonly number[] = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000];

/** Works on the jobs of the store: makes answers, sends them, tries again. */
export interface Workers {
  start(): void;
  /** A request has come, and is to be acknowledged before anything else is done. */
  notice(): void;
  /** There may be something to do for a channel. */
  wake(channel: string): void;
  /** What a job has to send, once it is made; then it is not sent. Undefined when it is not made in time. */
  waitFor(job: { channel: string; id: string }, timeoutMs: number): Promise<readonly JsonObject[] | undefined>;
  close(): Promise<void>;
}

interface Bench {
  readonly channel: Channel;
  readonly lanes: Lanes;
  /** Whether a look at the store is on its way. */
  looking: boolean;
  timer?: NodeJS.Timeout;
}

interface State {
  readonly deps: DeskDependencies;
  readonly gate: Gate;
  readonly benches: ReadonlyMap<string, Bench>;
  readonly waiting: Map<string, ((outgoing: readonly JsonObject[]) => void)[]>;
  readonly running: Set<Promise<void>>;
  readonly stopping: AbortController;
  started: boolean;
}

export function createWorkers(channels: readonly Channel[], deps: DeskDependencies): Workers {
  const bench = (channel: Channel): Bench => ({ channel, lanes: createLanes(PLACES), looking: false });
  const state: State = {
    deps,
    gate: createGate(),
    benches: new Map(channels.map((channel) => [channel.name, bench(channel)])),
    waiting: new Map(),
    running: new Set(),
    stopping: new AbortController(),
    started: false,
  };
  return {
    start() {
      state.started = true;
      for (const name of state.benches.keys()) wake(state, name);
    },
    notice: () => state.gate.notice(),
    wake: (name) => wake(state, name),
    waitFor: ({ channel, id }, timeoutMs) => waitFor(state, `${channel} ${id}`, timeoutMs),
    async close() {
      state.stopping.abort();
      for (const { timer } of state.benches.values()) clearTimeout(timer);
      await Promise.all(state.running);
    },
  };
}

/** Looks at the store once the requests that wait have had their replies. */
function wake(state: State, name: string): void {
  const bench = state.benches.get(name);
  if (!bench || bench.looking || !state.started || state.stopping.signal.aborted) return;
  bench.looking = true;
  track(state, look(state, bench));
}

async function look(state: State, bench: Bench): Promise<void> {
  await nextTurn();
  bench.looking = false;
  try {
    await workDue(state, bench);
  } catch (error) {
    wakeIn(state, bench, STORE_DELAY_MS);
    throw error;
  }
}

function track({ running, deps, stopping }: State, task: Promise<void>): void {
  const tracked = task
    .catch((error: unknown) => {
      if (!stopping.signal.aborted) deps.log.error({ err: error }, 'channels');
    })
    .finally(() => running.delete(tracked));
  running.add(tracked);
}

/** Puts to work what is due and finds a free place, and sees to it that the rest is looked at when it is due. */
async function workDue(state: State, bench: Bench): Promise<void> {
  const { deps, stopping } = state;
  const { name } = bench.channel;
  if (stopping.signal.aborted || !bench.lanes.isFree()) return;
  const nowMs = Date.now();
  for (const job of await deps.store.listDue(name, nowMs)) {
    const lane = laneOf(job);
    if (!bench.lanes.isFree(lane)) continue;
    track(
      state,
      bench.lanes.run(lane, () => workOn(state, bench.channel, job)).finally(() => wake(state, name)),
    );
  }
  const nextMs = await deps.store.nextDueMs(name, nowMs);
  if (nextMs !== undefined) wakeIn(state, bench, nextMs - Date.now() + 1);
}

/** One timer for a channel: the look that it brings sees to the next. */
function wakeIn(state: State, bench: Bench, delayMs: number): void {
  clearTimeout(bench.timer);
  if (state.stopping.signal.aborted) return;
  bench.timer = setTimeout(() => wake(state, bench.channel.name), Math.min(Math.max(delayMs, 1), LONGEST_SLEEP_MS));
}

/** Questions of one conversation are answered one after another. */
function laneOf({ id, task }: Job): string {
  return task.kind === 'question' ? `thread ${task.thread}` : `job ${id}`;
}

async function workOn(state: State, channel: Channel, listed: Job): Promise<void> {
  const { deps, stopping } = state;
  // Since it was listed, another may have worked on it.
  const job = await deps.store.find(listed.channel, listed.id);
  if (job?.state !== 'open' || job.dueMs > Date.now()) return;
  try {
    if (!job.outgoing) await state.gate.pass();
    stopping.signal.throwIfAborted();
    const { outgoing } = job;
    const made = outgoing ? { ...job, outgoing } : await makeOutgoing(job, channel, { deps, signal: stopping.signal });
    await bring(made, channel, state);
    await deps.store.close(job, 'done');
  } catch (error) {
    if (!stopping.signal.aborted) await tryAgain(deps, { job, channel }, error);
  }
}

/** Gives the answer to the requests that wait for it, or sends it. */
async function bring(job: Made, channel: Channel, state: State): Promise<void> {
  const waiters = state.waiting.get(`${job.channel} ${job.id}`) ?? [];
  for (const resolve of waiters) resolve(job.outgoing);
  if (waiters.length > 0) return;
  if (channel.send) await sendRest(job, channel, state);
  else state.deps.log.warn({ channel: job.channel }, 'an answer came too late to be the reply');
}

/** Sends what has not been sent, one after another, and notes each. */
async function sendRest(
  { channel: name, id, task, sent, ...job }: Made,
  channel: Channel,
  { deps, stopping }: State,
): Promise<void> {
  for (const [index, outgoing] of job.outgoing.entries()) {
    if (index < sent) continue;
    const call = { index, key: `${name}-${id}-${index}`, signal: stopping.signal };
    const sentId = await channel.send?.(outgoing, task.target, call);
    await deps.store.saveSent({ channel: name, id }, sentId);
  }
}

async function tryAgain(
  deps: DeskDependencies,
  { job, channel }: { job: Job; channel: Channel },
  error: unknown,
): Promise<void> {
  const { store, log, retryDelaysMs } = deps;
  const { attempts, sent, outgoing } = (await store.find(job.channel, job.id)) ?? job;
  const { retryable, retryAfterMs } = describeFailure(error);
  const delayMs = retryDelaysMs[attempts];
  const about = { channel: job.channel, attempts, sent, error: String(error) };
  if (retryable && delayMs !== undefined) {
    log.warn(about, 'an answer could not be brought; it is tried again');
    await store.postpone(job, Date.now() + Math.max(delayMs, retryAfterMs));
    return;
  }
  log.error({ ...about, ...(!(error instanceof VendorError) && { err: error }) }, 'an answer could not be brought');
  // The tool may well work where answering did not.
  if (outgoing === undefined) await makeApology(job, channel, deps).catch(() => store.close(job, 'failed'));
  else await store.close(job, 'failed');
}

function describeFailure(error: unknown): { retryable: boolean; retryAfterMs: number } {
  const { retryable, retryAfterMs } = error as { retryable?: unknown; retryAfterMs?: unknown };
  return { retryable: retryable === true, retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 0 };
}

function waitFor({ waiting }: State, key: string, timeoutMs: number): Promise<readonly JsonObject[] | undefined> {
  return new Promise((resolve) => {
    const finish = (outgoing: readonly JsonObject[] | undefined): void => {
      clearTimeout(timer);
      waiting.delete(key);
      resolve(outgoing);
    };
    const timer = setTimeout(() => finish(undefined), timeoutMs);
    waiting.set(key, [...(waiting.get(key) ?? []), finish]);
  });
}
