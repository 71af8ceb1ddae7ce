import { join } from 'node:path';
import type { Config } from './config.ts';
import { ConfigurationError, IndexUnusableError } from './errors.ts';
import { copySqlite, openSqlite, restoreSqlite, setAsideSqlite } from './sqlite.ts';
import { discardManifest } from './vector-index/index-directory.ts';

/** The file of an embedded store, in its folder. */
export const DATABASE = 'concordat.db';

/** The file that holds all that cannot be derived. */
export function databaseOf({ INDEX_DIR }: Config): string {
  return join(INDEX_DIR, DATABASE);
}

/** Forgets the derived index, and sets a store aside that cannot be read: the next ingest builds them again. */
export function discardIndex(config: Config): void {
  if (config.STORE !== undefined) return;
  const database = databaseOf(config);
  discardManifest(config.INDEX_DIR);
  try {
    openSqlite(database).close();
  } catch (error) {
    if (!(error instanceof IndexUnusableError)) throw error;
    setAsideSqlite(database);
  }
}

/** Writes all that the index knows to one file, as it is at one moment. Others may read and write meanwhile. */
export async function backupIndex(config: Config, file: string): Promise<void> {
  refuseDatabase(config);
  await copySqlite(databaseOf(config), file);
}

/**
 * Puts a backup in the place of the index; the vector index is derived from it anew.
 * @throws IndexUnusableError when the file is no backup; then the index stays as it was.
 */
export async function restoreIndex(config: Config, file: string): Promise<void> {
  refuseDatabase(config);
  discardManifest(config.INDEX_DIR);
  await restoreSqlite(file, databaseOf(config));
}

function refuseDatabase({ STORE }: Config): void {
  if (STORE === undefined) return;
  throw new ConfigurationError('STORE is a database: back it up with its own tools (docs/RUNBOOK.md).');
}
