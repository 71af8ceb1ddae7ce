import { setTimeout } from 'node:timers/promises';

/** Looks until it is so; what cannot be asked meanwhile is asked again. */
export async function waitFor(what: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  for (const deadlineMs = Date.now() + timeoutMs; Date.now() < deadlineMs;) {
    if (await what().catch(() => false)) return;
    await setTimeout(100);
  }
  throw new Error('It did not come in time.');
}
