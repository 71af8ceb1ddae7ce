import { setTimeout } from 'node:timers/promises';
import type { Assistant } from './assistant.ts';
import { AppError, IngestError } from './errors.ts';
import { waitForStore } from './wait-for-store.ts';
import type { Log } from './telemetry/log.ts';

/** How often the index is looked at for what other processes changed. */
const FOLLOW_MS = 1000;
/** Between two attempts to embed, doubling. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 600_000;

interface Background {
  readonly log: Log;
  readonly signal: AbortSignal;
}

interface CorpusState {
  readonly told: string;
  /** Whether another process is still at it. */
  readonly isUnderWay: boolean;
}

/** Level with the corpus folder, told in words. What a folder cannot give, the index may hold already. */
export async function ingestCorpus(
  assistant: Assistant,
  { path, log, signal }: Background & { path: string },
): Promise<CorpusState> {
  try {
    const report = await assistant.ingest(path, { signal });
    for (const rejection of report.rejected) log.warn(rejection, 'A file was left out of the corpus.');
    const { added, changed, removed, kept, rejected } = report;
    const told = `${added.length} added, ${changed.length} changed, ${removed.length} removed, ${kept.length} kept, ${rejected.length} rejected`;
    return { told, isUnderWay: false };
  } catch (error) {
    if (!isHeldByOther(error) && !(error instanceof IngestError)) throw error;
    const { documents } = await assistant.countChunks();
    if (documents === 0) return waitForOther(assistant, { path, log, signal, error });
    log.warn(error.message);
    return { told: `${documents} documents as they were`, isUnderWay: error.retryable };
  }
}

function isHeldByOther(error: unknown): error is AppError {
  return error instanceof AppError && error.status === 409;
}

async function waitForOther(
  assistant: Assistant,
  { path, signal, log, error }: Background & { path: string; error: AppError },
): Promise<CorpusState> {
  if (!isHeldByOther(error) || !error.retryable) throw error;
  log.warn('Another process fills the index; waiting for its first documents.');
  for (;;) {
    await setTimeout(FOLLOW_MS, undefined, { signal });
    const { documents } = await assistant.countChunks();
    if (documents > 0) return { told: `${documents} documents by another process`, isUnderWay: true };
    if (!(await assistant.isIngesting())) return ingestCorpus(assistant, { path, log, signal });
  }
}

/**
 * What another process left undone, should it end before it is through, is done here: each file once, by its digest.
 * Questions are answered meanwhile, so what fails is logged and tried again.
 */
export async function takeOverIngest(
  assistant: Assistant,
  { path, isUnderWay, ...waiting }: Background & { path: string; isUnderWay: boolean },
): Promise<void> {
  const { log, signal } = waiting;
  for (let isLeft = isUnderWay; isLeft;) {
    await setTimeout(FOLLOW_MS, undefined, { signal });
    try {
      if (await waitForStore(() => assistant.isIngesting(), waiting)) continue;
      const state = await waitForStore(() => ingestCorpus(assistant, { path, ...waiting }), waiting);
      log.info(`After another process: ${state.told}.`);
      isLeft = state.isUnderWay;
    } catch (error) {
      signal.throwIfAborted();
      log.error({ err: error, againInSeconds: FIRST_PAUSE_MS / 1000 }, 'What another process left was not taken over.');
      await setTimeout(FIRST_PAUSE_MS, undefined, { signal });
    }
  }
}

/**
 * Vectors follow whatever was published, here or by another process. Embeddings that fail on the way are asked again
 * later, and go on where they stopped: until then the words answer. Being stopped is no failure.
 */
export async function keepVectors(assistant: Assistant, waiting: Background): Promise<void> {
  const { log, signal } = waiting;
  let pauseMs = FIRST_PAUSE_MS;
  for (let isBehind = true; !signal.aborted;) {
    try {
      isBehind ||= await waitForStore(() => assistant.follow(), waiting);
      if (isBehind) await assistant.embed({ signal, onSaved: (done, total) => log.info({ done, total }, 'embedding') });
      isBehind = false;
      pauseMs = FIRST_PAUSE_MS;
    } catch (error) {
      signal.throwIfAborted();
      // While another process makes them they are only taken over.
      if (isHeldByOther(error)) await assistant.follow().catch(() => {});
      else {
        log.error({ err: error, againInSeconds: pauseMs / 1000 }, 'Embedding stopped; words alone find the rest.');
        await setTimeout(pauseMs, undefined, { signal });
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      }
    }
    await setTimeout(FOLLOW_MS, undefined, { signal });
  }
}
