import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { TABLES, type StoreTables, type Table } from './store-tables.ts';

/** One table as it was copied. */
export interface Copied {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 over all rows, equal in both stores. */
  readonly digest: string;
}

/**
 * Copies everything from one store into an empty one, reads it again there, and keeps it when every digest is the same.
 * What is derived is made anew. Labels stay, so that answers do.
 * @throws AppError 409 when the target holds something, and when a digest differs; then nothing was written.
 */
export async function migrateStore(from: StoreTables, to: StoreTables): Promise<readonly Copied[]> {
  if (!(await to.isEmpty()))
    throw new AppError('The store to copy into is not empty. Name an empty one.', { status: 409 });
  const copied: Copied[] = [];
  for (const table of TABLES) {
    const read = createDigest();
    for await (const rows of from.read(table)) {
      read.add(rows);
      await to.write(table, rows);
    }
    const written = await digestOf(to, table);
    const expected = read.end();
    if (written !== expected)
      throw new AppError(`What was written of ${table.name} is not what was read. Nothing was kept.`, { status: 500 });
    copied.push({ table: table.name, rows: read.rows(), digest: expected });
  }
  await to.commit(await from.readLastLabel());
  return copied;
}

async function digestOf(store: StoreTables, table: Table): Promise<string> {
  const digest = createDigest();
  for await (const rows of store.read(table)) digest.add(rows);
  return digest.end();
}

function createDigest(): { add(rows: readonly unknown[]): void; rows(): number; end(): string } {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add(rows) {
      count += rows.length;
      for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
    },
    rows: () => count,
    end: () => hash.digest('hex'),
  };
}
