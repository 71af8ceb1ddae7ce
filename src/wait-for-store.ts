import { setTimeout } from 'node:timers/promises';
import { AppError } from './errors.ts';
import type { Log } from './telemetry/log.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

/** Does what a store that is down, busy or restarting (503) keeps from being done, again until it can be done. */
export async function waitForStore<T>(
  work: () => Promise<T>,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError && error.status === 503)) throw error;
      log.warn({ againInSeconds: pauseMs / 1000 }, error.message);
      await setTimeout(pauseMs, undefined, { signal });
    }
  }
}
