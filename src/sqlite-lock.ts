import Database from 'better-sqlite3';
import { LockHeldError } from './errors.ts';
import { explainSqliteFault } from './sqlite.ts';

/**
 * Takes a lock on a file that one process at a time can hold, and that the system lets go when the process ends, however
 * it ends: nothing stale is ever left. Returns what releases it.
 * @throws LockHeldError naming the holder, or saying that the folder is read-only.
 */
export function takeLock(path: string, purpose: string): () => void {
  const database = openLock(path);
  try {
    database.exec('CREATE TABLE IF NOT EXISTS holder (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
    database.exec('BEGIN IMMEDIATE');
    const name = `process ${process.pid}, since ${new Date().toISOString()}`;
    database.prepare('INSERT OR REPLACE INTO holder (id, name) VALUES (1, ?)').run(name);
    // Written for others to read; then the lock is taken again to be held.
    database.exec('COMMIT; BEGIN IMMEDIATE');
  } catch (error) {
    const fault = explainRefusal(error, { database, purpose });
    database.close();
    throw fault;
  }
  return () => void database.close();
}

function openLock(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 });
  } catch (error) {
    throw readOnly(error);
  }
}

function explainRefusal(
  error: unknown,
  { database, purpose }: { database: Database.Database; purpose: string },
): unknown {
  const code = error instanceof Database.SqliteError ? error.code : '';
  if (code.startsWith('SQLITE_READONLY')) return readOnly(error);
  if (code !== 'SQLITE_BUSY') return explainSqliteFault(error);
  const holder = nameHolder(database);
  return new LockHeldError(`${purpose} is under way (${holder}). Wait until it is done.`, { retryable: true });
}

/** In the moment in which the holder writes its name it cannot be read. */
function nameHolder(database: Database.Database): string {
  try {
    return database.prepare<[], string>('SELECT name FROM holder').pluck().get() ?? 'another process';
  } catch {
    return 'another process';
  }
}

function readOnly(cause: unknown): LockHeldError {
  return new LockHeldError('The index cannot be changed: its folder is read-only.', { cause });
}
