import pg from 'pg';
import { AppError } from './errors.ts';
import { explainPostgresFault } from './postgres-faults.ts';

/** What reads and writes, within a transaction or on its own. */
export interface Queries {
  /** Values are bound to `$1`, `$2` …; gives the rows. @throws AppError when the database cannot be asked. */
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A connection of its own, without a limit to what it may take. */
export interface Session extends Queries {
  close(): Promise<void>;
}

/** One PostgreSQL database, through a pool of connections. */
export interface Postgres extends Queries {
  /** All or nothing. `settings` hold until its end. */
  transaction<T>(work: (queries: Queries) => Promise<T>, settings?: Readonly<Record<string, string>>): Promise<T>;
  openSession(): Promise<Session>;
  close(): Promise<void>;
}

export interface PostgresSettings {
  readonly url: string;
  readonly connections: number;
  /** What a query may take, and how long one may wait for a connection. */
  readonly timeoutMs: number;
  /** A schema whose tables are taken before all others. */
  readonly schema?: string | undefined;
}

/** A search of a vector index with filters goes on until it has found enough. Short queries gain nothing by compiling. */
const SEARCH_SETTINGS = "SET hnsw.iterative_scan = 'relaxed_order'; SET jit = off";

/** Counts and labels are far below 2⁵³. */
const INT8: number = pg.types.builtins.INT8;
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number): (text: string) => unknown {
    return oid === INT8 ? Number : pg.types.getTypeParser(oid, 'text');
  },
};

/** Connects when it is first asked. */
export function createPostgres({ url, connections, timeoutMs, schema }: PostgresSettings): Postgres {
  const connection = { connectionString: url, connectionTimeoutMillis: timeoutMs, types, keepAlive: true };
  const pool = new pg.Pool({
    ...connection,
    application_name: 'concordat',
    max: connections,
    statement_timeout: timeoutMs,
    // For a server that is gone without a word, which can time nothing out.
    query_timeout: 2 * timeoutMs,
    idle_in_transaction_session_timeout: 6 * timeoutMs,
    onConnect: (client) => prepare(client, schema),
  });
  // A connection that breaks while nobody uses it, or between two queries of a transaction: the next query tells.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return {
    query: (sql, values) => run(pool, sql, values),
    async transaction(work, settings = {}) {
      const client = await pool.connect().catch(rethrow);
      let broken = false;
      try {
        const local = Object.entries(settings).map(([name, value]) => `; SET LOCAL ${name} = ${value}`);
        await run(client, `BEGIN${local.join('')}`);
        const result = await work({ query: (sql, values) => run(client, sql, values) });
        await run(client, 'COMMIT');
        return result;
      } catch (error) {
        // A connection that is lost or late is given up, and its transaction with it.
        broken = error instanceof AppError && error.status === 503;
        if (!broken) await client.query('ROLLBACK').catch(() => (broken = true));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async openSession() {
      const client = new pg.Client({ ...connection, application_name: 'concordat session' });
      client.on('error', () => {});
      await client.connect().catch(rethrow);
      if (schema !== undefined) await prepare(client, schema).catch(rethrow);
      return { query: (sql, values) => run(client, sql, values), close: () => client.end() };
    },
    close: () => pool.end(),
  };
}

async function prepare(client: pg.ClientBase, schema: string | undefined): Promise<void> {
  await client.query(SEARCH_SETTINGS);
  if (schema !== undefined)
    await client.query("SELECT set_config('search_path', $1 || ', ' || current_setting('search_path'), FALSE)", [
      schema,
    ]);
}

async function run<Row>(target: pg.Pool | pg.ClientBase, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  try {
    const result = await target.query(sql, [...values]);
    return result.rows as Row[];
  } catch (error) {
    return rethrow(error);
  }
}

function rethrow(error: unknown): never {
  throw explainPostgresFault(error);
}
