import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
  type BulkheadPolicy,
} from 'cockatiel';
import { AppError } from '../errors.ts';
import type { Completion, CompletionEvent, MeteredCompletion } from './completion.ts';
import { failureError, nameFailure, readFailure } from './failure.ts';
import { createBudget, createMeter, createProcessLedger, type Prices, type TokenLedger } from './meter.ts';

const FIRST_DELAY_MS = 300;
/** A provider that asks for more patience than this is not asked again for the same question. */
const LONGEST_DELAY_MS = 10_000;
const FAILURES_TO_BREAK = 5;
const BROKEN_MS = 15_000;

/** What a provider may be asked for. */
export interface CompletionLimits extends Prices {
  /** For one request with its retries. */
  readonly timeoutMs: number;
  readonly retries: number;
  /** Requests at a time, and how many more may wait. */
  readonly concurrency: number;
  readonly queue: number;
  /** Tokens of one request with its reply; narrows the provider's window. */
  readonly requestTokens?: number | undefined;
  /** Tokens of a day (UTC). */
  readonly dayTokens?: number | undefined;
  /** Where they are counted; default: in this process. */
  readonly ledger?: TokenLedger;
}

/**
 * A completion within limits: requests wait for their turn; those that fail before their first word are sent again where
 * that can help, after the time the provider asks for; a provider that keeps failing is left alone for a while.
 */
export function limitCompletion(completion: Completion, limits: CompletionLimits): MeteredCompletion {
  const turns = bulkhead(Math.min(limits.concurrency, completion.atATime ?? Infinity), limits.queue);
  const patience = createPatience(limits.retries);
  const budget = createBudget(limits.dayTokens, limits.ledger ?? createProcessLedger());
  return {
    id: completion.id,
    ...windowOf(completion, limits),
    async *stream(request, signal) {
      await budget.check();
      const meter = createMeter(request, limits);
      const deadline = AbortSignal.timeout(limits.timeoutMs);
      const ended = new AbortController();
      const until = AbortSignal.any([signal, deadline, ended.signal]);
      let leave = (): void => undefined;
      let failure: unknown;
      let stop = (): void => ended.abort();
      try {
        leave = await takeTurn(turns, until);
        for await (const event of await patience(() => begin(completion.stream(request, until)), until)) {
          meter.count(event);
          if (event.type !== 'usage') yield event;
        }
        stop = () => undefined;
      } catch (error) {
        failure = error ?? new Error('unknown');
        meter.fail(deadline.aborted && !signal.aborted ? 'timeout' : nameFailure(failure));
      } finally {
        stop();
        leave();
        await budget.spend(meter);
      }
      yield { type: 'call', call: meter.call() };
      if (failure !== undefined) throw tell(failure, { signal, deadline });
    },
  };
}

function windowOf({ windowTokens }: Completion, { requestTokens }: CompletionLimits): { windowTokens?: number } {
  const windows = [windowTokens, requestTokens].filter((tokens) => tokens !== undefined);
  return windows.length > 0 ? { windowTokens: Math.min(...windows) } : {};
}

/** Waits until there is room. Call what it gives when done. */
function takeTurn(turns: BulkheadPolicy, signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    turns.execute(() => new Promise<void>((leave) => resolve(leave)), signal).catch(reject);
  });
}

type Run = () => Promise<AsyncIterable<CompletionEvent>>;

/** Tries again where that can help, with growing, jittered delays, and not at all while the provider is down. */
function createPatience(retries: number): (run: Run, signal: AbortSignal) => ReturnType<Run> {
  const backoff = new DelegateBackoff<{ attempt: number; result: object }>(({ attempt, result }) => {
    const asked = 'error' in result ? readFailure(result.error).retryAfterSeconds : undefined;
    const growing = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
    return (asked ?? 0) * 1000 + growing * (0.5 + Math.random() / 2);
  });
  const trying = retry(handleWhen(isWorthRetrying), { maxAttempts: retries, backoff });
  const breaking = circuitBreaker(
    handleWhen((error) => readFailure(error).retryable || error.name === 'TimeoutError'),
    { halfOpenAfter: BROKEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_BREAK) },
  );
  const both = wrap(trying, breaking);
  return (run, signal) => both.execute(run, signal);
}

function isWorthRetrying(error: Error): boolean {
  const { retryable, retryAfterSeconds = 0 } = readFailure(error);
  return retryable && retryAfterSeconds * 1000 <= LONGEST_DELAY_MS;
}

/** The reply once its first part has come: what fails before may be tried again unseen. */
async function begin(events: AsyncIterable<CompletionEvent>): Promise<AsyncIterable<CompletionEvent>> {
  const rest = events[Symbol.asyncIterator]();
  const first = await rest.next();
  if (first.done) throw new AppError('The chat model gave an empty reply.', { status: 502, retryable: true });
  let pending: IteratorResult<CompletionEvent> | undefined = first;
  // No generator: each of hundreds of parts would wait for one more.
  const whole: AsyncIterator<CompletionEvent> = {
    next() {
      if (pending === undefined) return rest.next();
      const next = Promise.resolve(pending);
      pending = undefined;
      return next;
    },
    return: async () => (await rest.return?.()) ?? { done: true, value: undefined },
  };
  return { [Symbol.asyncIterator]: () => whole };
}

/** A failure as those who asked are told of it. */
function tell(error: unknown, { signal, deadline }: { signal: AbortSignal; deadline: AbortSignal }): unknown {
  if (signal.aborted) return signal.reason;
  if (deadline.aborted)
    return new AppError('The chat model took too long.', { status: 504, retryable: true, cause: error });
  if (error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError) {
    const retryAfterSeconds = error instanceof BrokenCircuitError ? BROKEN_MS / 1000 : 5;
    const busy = { status: 503, retryable: true, retryAfterSeconds, cause: error };
    return new AppError('The chat model is busy or down; please try again in a moment.', busy);
  }
  return failureError(error);
}
