import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from './config.ts';
import { ConfigurationError } from './errors.ts';
import { DATABASE } from './index-files.ts';
import { migrateStore } from './migrate-store/migrate-store.ts';
import { openSqliteTables } from './migrate-store/sqlite-tables.ts';
import type { StoreTables } from './migrate-store/store-tables.ts';

/** `migrate-store`: copies one store into another, each a folder or the address of a database, and tells what. */
export async function runMigrateStore(...places: [from: string, to: string]): Promise<void> {
  // A password does not belong in the arguments of a process, which everyone on the machine can read.
  const [from, to] = places.map((place) => (place === 'STORE' ? (loadConfig().STORE ?? place) : place));
  if (from === undefined || to === undefined) return;
  if (!isDatabase(from) && !existsSync(join(from, DATABASE)))
    throw new ConfigurationError(`There is no store in the folder ${from}.`);
  const source = await openTables(from);
  try {
    const target = await openTables(to);
    try {
      for (const { table, rows, digest } of await migrateStore(source, target))
        process.stdout.write(`${table}: ${rows} rows, sha256 ${digest}\n`);
      process.stdout.write('Every digest is the same in both stores. Search terms and vector indexes are made anew.\n');
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function openTables(place: string): Promise<StoreTables> {
  if (!isDatabase(place)) return openSqliteTables(join(place, DATABASE));
  const { openPostgresTables } = await import('./migrate-store/postgres-tables.ts');
  return openPostgresTables(place);
}

function isDatabase(place: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(place);
}
