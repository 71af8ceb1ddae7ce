import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type {
  Completion,
  CompletionEvent,
  MeteredCompletion,
  MeteredEvent,
} from '../../../src/chat-model/completion.ts';
import { limitCompletion, type CompletionLimits } from '../../../src/chat-model/limits.ts';
import { createSqliteTokenLedger } from '../../../src/chat-model/sqlite-token-ledger.ts';
import { openSqlite } from '../../../src/sqlite.ts';
import { temporaryFolder } from '../../support/documents.ts';

const REQUEST = { step: 'answer', system: 'S', user: 'U', schema: {} };
const LIMITS: CompletionLimits = { timeoutMs: 5000, retries: 0, concurrency: 2, queue: 2 };
const SAID: CompletionEvent[] = [
  { type: 'text', text: 'Hello' },
  { type: 'usage', inputTokens: 60, outputTokens: 40 },
];

function completionOf(
  run: (count: number, signal: AbortSignal) => AsyncIterable<CompletionEvent>,
): Completion & { count: number } {
  const completion = {
    id: 'test:model',
    count: 0,
    stream(_request: unknown, signal: AbortSignal) {
      completion.count += 1;
      return run(completion.count, signal);
    },
  };
  return completion;
}

async function* say(events: readonly CompletionEvent[] = SAID): AsyncGenerator<CompletionEvent> {
  yield* events;
}

async function* fail(error: object): AsyncGenerator<CompletionEvent> {
  yield* [];
  throw Object.assign(new Error('secret'), error);
}

async function read(completion: MeteredCompletion, signal = new AbortController().signal): Promise<MeteredEvent[]> {
  const events: MeteredEvent[] = [];
  for await (const event of completion.stream(REQUEST, signal)) events.push(event);
  return events;
}

test('a reply is followed by what it took', async () => {
  const completion = limitCompletion(
    completionOf(() => say()),
    { ...LIMITS, inputPrice: 1, outputPrice: 5 },
  );
  expect(await read(completion)).toEqual([
    { type: 'text', text: 'Hello' },
    {
      type: 'call',
      call: {
        step: 'answer',
        inputTokens: 60,
        outputTokens: 40,
        costUsd: 0.000_26,
        durationMs: expect.any(Number),
        firstTokenMs: expect.any(Number),
      },
    },
  ]);
});

test('what the provider does not count is estimated', async () => {
  const events = await read(
    limitCompletion(
      completionOf(() => say([{ type: 'text', text: 'Twelve chars' }])),
      LIMITS,
    ),
  );
  expect(events.at(-1)).toMatchObject({ call: { inputTokens: 1, outputTokens: 4 } });
});

test('the time that a provider asks for is waited before another try', async () => {
  const times: number[] = [];
  const completion = completionOf((count) => {
    times.push(performance.now());
    return count === 1 ? fail({ status: 429, headers: new Headers({ 'retry-after': '1' }) }) : say();
  });
  expect((await read(limitCompletion(completion, { ...LIMITS, retries: 1 })))[0]).toMatchObject({ text: 'Hello' });
  const [first = 0, second = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(1000);
});

test('a provider that asks for too long a wait is not waited for', async () => {
  const completion = completionOf(() => fail({ status: 429, headers: { 'retry-after': '60' } }));
  const reading = read(limitCompletion(completion, { ...LIMITS, retries: 3 }));
  await expect(reading).rejects.toMatchObject({ status: 502, retryable: true, retryAfterSeconds: 60 });
  expect(completion.count).toBe(1);
});

test.each([
  ['a wrong key', { status: 401 }],
  ['a quota that is used up', { status: 429, message: 'insufficient_quota' }],
  ['a bug', {}],
])('%s is not tried again', async (_name, error) => {
  const completion = completionOf(() => fail(error));
  await expect(read(limitCompletion(completion, { ...LIMITS, retries: 3 }))).rejects.toMatchObject({
    retryable: false,
  });
  expect(completion.count).toBe(1);
});

test.each([[{ code: 'ECONNREFUSED' }], [{ statusCode: 503 }], [{ cause: { $metadata: { httpStatusCode: 500 } } }]])(
  'a failure like %j is tried again',
  async (error) => {
    const completion = completionOf(() => fail(error));
    await expect(read(limitCompletion(completion, { ...LIMITS, retries: 1 }))).rejects.toMatchObject({
      retryable: true,
    });
    expect(completion.count).toBe(2);
  },
);

test('what fails after its first word is not begun again', async () => {
  const completion = completionOf(async function* () {
    yield { type: 'text', text: 'Hel' };
    yield* fail({ status: 500 });
  });
  await expect(read(limitCompletion(completion, { ...LIMITS, retries: 3 }))).rejects.toMatchObject({ status: 502 });
  expect(completion.count).toBe(1);
});

test('a provider that keeps failing is left alone for a while', async () => {
  const completion = completionOf(() => fail({ status: 500 }));
  const limited = limitCompletion(completion, LIMITS);
  for (let i = 0; i < 5; i++) await expect(read(limited)).rejects.toMatchObject({ status: 502 });
  await expect(read(limited)).rejects.toMatchObject({ status: 503, retryable: true, retryAfterSeconds: 15 });
  expect(completion.count).toBe(5);
});

/** A completion whose requests end when told to. */
function holding(): { completion: Completion; running: () => number; release: () => void } {
  const waiting: (() => void)[] = [];
  const completion = completionOf(async function* () {
    await new Promise<void>((resolve) => waiting.push(resolve));
    yield* say();
  });
  return { completion, running: () => waiting.length, release: () => waiting.shift()?.() };
}

test('so many requests run at a time, some wait, and the rest are turned away', async () => {
  const { completion, running, release } = holding();
  const limited = limitCompletion(completion, { ...LIMITS, concurrency: 1, queue: 1 });
  const first = read(limited);
  const second = read(limited);
  await vi.waitFor(() => expect(running()).toBe(1));
  await expect(read(limited)).rejects.toMatchObject({ status: 503, retryAfterSeconds: 5 });
  release();
  expect(await first).toHaveLength(2);
  await vi.waitFor(() => expect(running()).toBe(1));
  release();
  expect(await second).toHaveLength(2);
});

test('who leaves while waiting, or while reading, gives up the place', async () => {
  const { completion, running, release } = holding();
  const limited = limitCompletion(completion, { ...LIMITS, concurrency: 1, queue: 1 });
  const first = read(limited);
  await vi.waitFor(() => expect(running()).toBe(1));
  const gone = new AbortController();
  const waiting = read(limited, gone.signal);
  gone.abort();
  await expect(waiting).rejects.toThrow(/abort/i);
  release();
  await first;
  const leaving = limited.stream(REQUEST, new AbortController().signal)[Symbol.asyncIterator]();
  const reading = leaving.next();
  await vi.waitFor(() => expect(running()).toBe(1));
  release();
  await reading;
  await leaving.return?.();
  const next = read(limited);
  await vi.waitFor(() => expect(running()).toBe(1));
  release();
  expect(await next).toHaveLength(2);
});

test('the request ends at the provider when its reader stops reading', async () => {
  let signal: AbortSignal | undefined;
  const completion = completionOf((_count, given) => {
    signal = given;
    return say([...SAID, ...SAID]);
  });
  for await (const event of limitCompletion(completion, LIMITS).stream(REQUEST, new AbortController().signal)) {
    expect(event.type).toBe('text');
    break;
  }
  expect(signal?.aborted).toBe(true);
});

test('a request that takes too long ends', async () => {
  const completion = completionOf(async function* (_count, signal) {
    await setTimeout(60_000, undefined, { signal });
    yield* say();
  });
  const reading = read(limitCompletion(completion, { ...LIMITS, timeoutMs: 20 }));
  await expect(reading).rejects.toMatchObject({ status: 504, retryable: true });
});

test("a day's tokens end, and begin again at midnight", async () => {
  vi.useFakeTimers({ now: Date.parse('2026-03-01T23:59:00Z'), toFake: ['Date'] });
  try {
    const limited = limitCompletion(
      completionOf(() => say()),
      { ...LIMITS, dayTokens: 150 },
    );
    await read(limited);
    await read(limited);
    await expect(read(limited)).rejects.toMatchObject({ status: 503, retryable: true, retryAfterSeconds: 60 });
    vi.setSystemTime(Date.parse('2026-03-02T00:00:01Z'));
    expect(await read(limited)).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

test("the tokens of a request narrow the model's window", () => {
  const wide = { ...completionOf(() => say()), windowTokens: 100_000 };
  expect(limitCompletion(wide, { ...LIMITS, requestTokens: 5000 }).windowTokens).toBe(5000);
  expect(limitCompletion(wide, LIMITS).windowTokens).toBe(100_000);
});

test("a restart does not give the day's tokens anew, and two processes share them", async () => {
  const file = `${await temporaryFolder()}/store.sqlite`;
  const open = (): { limited: MeteredCompletion; close: () => void } => {
    const sqlite = openSqlite(file);
    const ledger = createSqliteTokenLedger(sqlite);
    const completion = completionOf(() => say());
    return { limited: limitCompletion(completion, { ...LIMITS, dayTokens: 150, ledger }), close: () => sqlite.close() };
  };
  const before = open();
  await read(before.limited);
  before.close();
  const [one, other] = [open(), open()];
  await read(one.limited);
  await expect(read(other.limited)).rejects.toMatchObject({ status: 503, retryable: true });
  await expect(read(one.limited)).rejects.toMatchObject({ status: 503 });
  one.close();
  other.close();
});

test('what was spent on days before is forgotten', async () => {
  const sqlite = openSqlite(`${await temporaryFolder()}/store.sqlite`);
  const ledger = createSqliteTokenLedger(sqlite);
  await ledger.add('2026-03-01', 5);
  await ledger.add('2026-03-02', 7);
  expect([await ledger.spentOn('2026-03-01'), await ledger.spentOn('2026-03-02')]).toEqual([0, 7]);
  sqlite.close();
});
