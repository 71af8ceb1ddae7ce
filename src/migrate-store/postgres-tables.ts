import { refreshDigest } from '../corpus-store/postgres-publish.ts';
import { renewAllTerms } from '../corpus-store/postgres-renew-terms.ts';
import { migratePostgres } from '../postgres-migrations.ts';
import { encodeRows, readVector, writeVector } from '../postgres-values.ts';
import { createPostgres, type Queries, type Session } from '../postgres.ts';
import type { Kind, Row, StoreTables, Table } from './store-tables.ts';

const BATCH = 500;
const TIMEOUT_MS = 600_000;

/** How a column is read, in the form that both engines give. */
const READ: Readonly<Record<Kind, (column: string) => string>> = {
  text: (column) => column,
  integer: (column) => column,
  json: (column) => `${column}::text`,
  bytes: (column) => `translate(encode(${column}, 'base64'), chr(10), '')`,
  vector: () => 'embedding::text',
  seconds: (column) => `floor(extract(epoch FROM ${column}))::bigint`,
  iso: (column) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  stamp: (column) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')`,
};

/** The type in which a value comes, and how it is stored. */
const WRITE: Readonly<Record<Kind, readonly [string, (column: string) => string]>> = {
  text: ['text', (column) => column],
  integer: ['bigint', (column) => column],
  json: ['text', (column) => `${column}::json`],
  bytes: ['text', (column) => `decode(${column}, 'base64')`],
  vector: ['text', (column) => `${column}::vector`],
  seconds: ['bigint', (column) => `to_timestamp(${column})`],
  iso: ['text', (column) => `${column}::timestamptz`],
  stamp: ['text', (column) => `(${column} || 'Z')::timestamptz`],
};

/** What is stored of chunks beside what is copied, until their terms are worked out. */
const UNINDEXED = { columns: ', length, terms', values: ", 0, '{}'" };

/** The tables of a PostgreSQL database. */
export async function openPostgresTables(url: string): Promise<StoreTables> {
  await migratePostgres(url);
  const postgres = createPostgres({ url, connections: 2, timeoutMs: TIMEOUT_MS });
  const session = await postgres.openSession();
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  return {
    async isEmpty() {
      const rows = await session.query(
        '(SELECT 1 FROM documents LIMIT 1) UNION ALL (SELECT 1 FROM conversations LIMIT 1)',
      );
      return rows.length === 0;
    },
    read: (table) => readRows(session, table),
    write: (table, rows) => writeRows(session, table, rows),
    async readLastLabel() {
      const [row] = await session.query<{ last: number }>(
        "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('chunks', 'label')::regclass), 0) AS last",
      );
      return row?.last ?? 0;
    },
    async commit(lastLabel) {
      await session.query("SELECT setval(pg_get_serial_sequence('chunks', 'label'), greatest($1, 1))", [lastLabel]);
      await session.query(
        `SELECT setval(pg_get_serial_sequence('channel_jobs', 'number'), greatest((SELECT max(number) FROM channel_jobs), 1))`,
      );
      await renewAllTerms(session);
      await refreshDigest(session);
      await session.query('COMMIT');
    },
    async close() {
      await session.close();
      await postgres.close();
    },
  };
}

async function* readRows(session: Session, { name, columns, key }: Table): AsyncGenerator<Row[]> {
  const selected = Object.entries(columns).map(
    ([column, kind]) => `${READ[kind](sourceOf(name, column))} AS "${column}"`,
  );
  const source = name === 'vectors' ? 'vectors JOIN models ON models.id = vectors.model' : name;
  // By code point, as SQLite sorts.
  const order = key.map((column) => `${sourceOf(name, column)}${columns[column] === 'text' ? ' COLLATE "C"' : ''}`);
  await session.query(`DECLARE copied CURSOR FOR SELECT ${selected.join()} FROM ${source} ORDER BY ${order.join()}`);
  for (;;) {
    const rows = await session.query<Row>(`FETCH ${BATCH} FROM copied`);
    yield rows.map((row) => (name === 'vectors' ? packVector(row) : row));
    if (rows.length < BATCH) break;
  }
  await session.query('CLOSE copied');
}

function sourceOf(table: string, column: string): string {
  return table === 'vectors' && column === 'model' ? 'models.name' : `"${column}"`;
}

function packVector(row: Row): Row {
  const { buffer } = readVector(String(row['vector']));
  return { ...row, vector: Buffer.from(buffer).toString('base64') };
}

function unpackVector(row: Row): Row {
  const bytes = Uint8Array.from(Buffer.from(String(row['vector']), 'base64'));
  return { ...row, vector: writeVector(new Float32Array(bytes.buffer)) };
}

async function writeRows(queries: Queries, { name, columns }: Table, rows: readonly Row[]): Promise<void> {
  if (name === 'vectors') return writeVectors(queries, rows.map(unpackVector));
  const names = Object.keys(columns).map((column) => `"${column}"`);
  const values = Object.entries(columns).map(([column, kind]) => WRITE[kind][1](`"${column}"`));
  const types = Object.entries(columns).map(([column, kind]) => `"${column}" ${WRITE[kind][0]}`);
  const more = name === 'chunks' ? UNINDEXED : { columns: '', values: '' };
  await queries.query(
    `INSERT INTO ${name} (${names.join()}${more.columns})
     SELECT ${values.join()}${more.values} FROM json_to_recordset($1) AS copied (${types.join()})`,
    [encodeRows(rows)],
  );
}

async function writeVectors(queries: Queries, rows: readonly Row[]): Promise<void> {
  const copied = 'json_to_recordset($1) AS copied (model text, digest text, vector text)';
  const values = [encodeRows(rows)];
  await queries.query(
    `INSERT INTO models (name, dimensions) SELECT DISTINCT model, vector_dims(vector::vector) FROM ${copied}
     ON CONFLICT DO NOTHING`,
    values,
  );
  await queries.query(
    `INSERT INTO vectors (model, digest, embedding)
     SELECT models.id, digest, vector::vector FROM ${copied} JOIN models ON models.name = copied.model`,
    values,
  );
}
