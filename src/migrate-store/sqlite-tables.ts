import { createSqliteChannelStore } from '../channels/sqlite-channel-store.ts';
import { createSqliteCorpusStore } from '../corpus-store/sqlite-corpus-store.ts';
import { openSqlite, type Sqlite } from '../sqlite.ts';
import type { Kind, Row, StoreTables, Table } from './store-tables.ts';

const BATCH = 500;

/** The tables of an embedded store. */
export function openSqliteTables(path: string): StoreTables {
  const sqlite = openSqlite(path);
  createSqliteChannelStore(sqlite);
  sqlite.exec('BEGIN');
  return {
    isEmpty: async () =>
      sqlite.prepare('SELECT 1 FROM documents UNION ALL SELECT 1 FROM conversations').get() === undefined,
    read: (table) => readRows(sqlite, table),
    async write({ name, columns }, rows) {
      const names = Object.keys(columns);
      const insert = sqlite.prepare(
        `INSERT INTO ${name} (${names.map(quoted).join()}) VALUES (${names.map((column) => `@${column}`).join()})`,
      );
      for (const row of rows) insert.run(decode(row, columns));
    },
    readLastLabel: async () =>
      sqlite.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'chunks'").pluck().get() ?? 0,
    async commit(lastLabel) {
      sqlite.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'chunks'").run(lastLabel);
      sqlite.exec("DELETE FROM meta WHERE key = 'terms-version'; COMMIT");
      // Its search terms are worked out when it is opened, its digest when something is published.
      await createSqliteCorpusStore(sqlite).publish({ write: [], relocate: [], remove: [] });
    },
    async close() {
      if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
      sqlite.close();
    },
  };
}

async function* readRows(sqlite: Sqlite, { name, columns, key }: Table): AsyncGenerator<Row[]> {
  const select = sqlite.prepare<[], Record<string, unknown>>(
    `SELECT ${Object.keys(columns).map(quoted).join()} FROM ${name} ORDER BY ${key.map(quoted).join()}`,
  );
  let batch: Row[] = [];
  for (const row of select.iterate()) {
    if (batch.push(encode(row)) < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function quoted(column: string): string {
  return `"${column}"`;
}

function encode(row: Record<string, unknown>): Row {
  const entries = Object.entries(row).map(([column, value]) => [
    column,
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  ]);
  return Object.fromEntries(entries) as Row;
}

function decode(row: Row, columns: Readonly<Record<string, Kind>>): Record<string, unknown> {
  const isBytes = (column: string): boolean => columns[column] === 'bytes' || columns[column] === 'vector';
  const entries = Object.entries(row).map(([column, value]) => [
    column,
    isBytes(column) ? Buffer.from(String(value), 'base64') : value,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
