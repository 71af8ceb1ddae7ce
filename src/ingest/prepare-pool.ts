import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { PreparedDocument } from '../corpus-store/corpus-store.ts';
import type { Rejection } from '../domain.ts';
import { PREPARE_HEAP_MB, PREPARE_TIMEOUT_MS } from './limits.ts';
import { prepareDocument, type Prepare, type RawDocument } from './prepare.ts';

/** Text of up to this many bytes is prepared at once: starting a thread would take longer. */
const SMALL_BYTES = 16 * 1024;
const PLAIN = /\.(?:md|markdown|txt|text)$/i;

export interface PreparePool {
  readonly prepare: Prepare;
  close(): Promise<void>;
}

/** Prepares documents in threads that a broken or hostile file can neither hold up for long nor fill. */
export function createPreparePool(workerFile: URL, timeoutMs = PREPARE_TIMEOUT_MS): PreparePool {
  const pool = new Piscina({
    filename: workerFile.href,
    minThreads: 0,
    maxThreads: availableParallelism(),
    idleTimeout: 5000,
    resourceLimits: { maxOldGenerationSizeMb: PREPARE_HEAP_MB },
  });
  return {
    prepare: (raw) =>
      raw.bytes.length <= SMALL_BYTES && PLAIN.test(raw.name)
        ? prepareDocument(raw)
        : prepareInThread(raw, { pool, timeoutMs }),
    close: () => pool.destroy(),
  };
}

async function prepareInThread(
  raw: RawDocument,
  { pool, timeoutMs }: { pool: Piscina; timeoutMs: number },
): Promise<PreparedDocument | Rejection> {
  const begun = new AbortController();
  const timer = setTimeout(() => begun.abort(), timeoutMs);
  try {
    return (await pool.run(raw, { signal: begun.signal })) as PreparedDocument | Rejection;
  } catch (error) {
    if (begun.signal.aborted)
      return { uri: raw.uri, reason: `Reading it took longer than ${timeoutMs / 1000} seconds.` };
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return { uri: raw.uri, reason: `Reading it needs more than ${PREPARE_HEAP_MB} MB of memory.` };
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
