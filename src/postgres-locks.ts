import { hostname } from 'node:os';
import { LockHeldError } from './errors.ts';
import type { Postgres, Queries } from './postgres.ts';
import type { LockName } from './storage.ts';

/** Sets the locks of this program apart from those of others in one database. */
const OURS = 0x636f_6e63;
const KEYS: Readonly<Record<LockName | 'publish' | 'queue', number>> = { publish: 1, ingest: 2, embed: 3, queue: 4 };

/** One change of the corpus after the other, until the transaction ends. */
export async function awaitPublishLock(transaction: Queries): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock($1, $2)', [OURS, KEYS.publish]);
}

/** One addition to the queue after the other, until the transaction ends. */
export async function awaitQueueLock(transaction: Queries): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock($1, $2)', [OURS, KEYS.queue]);
}

/**
 * Takes a lock that one process at a time can hold, and that the database lets go when the connection ends, however it
 * ends: nothing stale is ever left.
 * @throws LockHeldError naming the holder.
 */
export async function takePostgresLock(
  postgres: Postgres,
  name: LockName,
  purpose: string,
): Promise<() => Promise<void>> {
  const session = await postgres.openSession();
  try {
    const [taken] = await session.query<{ ok: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS ok', [
      OURS,
      KEYS[name],
    ]);
    if (!taken?.ok) throw new LockHeldError(await describeHolder(session, { name, purpose }), { retryable: true });
    await session.query('DELETE FROM lock_holders WHERE lock = $1', [name]);
    await session.query('INSERT INTO lock_holders (lock, holder) VALUES ($1, $2)', [
      name,
      `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}`,
    ]);
    return () => session.close();
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function describeHolder(
  queries: Queries,
  { name, purpose }: { name: LockName; purpose: string },
): Promise<string> {
  const [row] = await queries.query<{ holder: string }>('SELECT holder FROM lock_holders WHERE lock = $1', [name]);
  return `${purpose} is under way (${row?.holder ?? 'another process'}). Wait until it is done.`;
}
