import { setTimeout } from 'node:timers/promises';
import { AppError, ConfigurationError, NotFoundError } from './errors.ts';
import { awaitPublishLock } from './postgres-locks.ts';
import type { Queries, Session } from './postgres.ts';

/** What a version of the corpus is made of. Conversations, feedback, jobs and the like belong to all versions. */
const TABLES = [
  'corpus',
  'documents',
  'chunks',
  'terms',
  'postings',
  'sounding_terms',
  'models',
  'vectors',
  'files',
  'tombstones',
  'sketches',
] as const;
/** Those with rows whose numbers the database gives. */
const NUMBERED = { chunks: 'label', terms: 'id', models: 'id' } as const;
const KEYS = [
  'ALTER TABLE %.chunks ADD FOREIGN KEY (document_id) REFERENCES %.documents (id) ON DELETE CASCADE',
  'ALTER TABLE %.sketches ADD FOREIGN KEY (document_id) REFERENCES %.documents (id) ON DELETE CASCADE',
  'ALTER TABLE %.vectors ADD FOREIGN KEY (model) REFERENCES %.models (id)',
] as const;
const PREFIX = 'version_';
/** The name of what was never published by name. */
const UNNAMED = 'first';
/** Labels of one version are not those of another, but for what it was copied with. */
const LABELS_A_VERSION = 1_000_000_000;
/** Shorter than the database takes to call it a deadlock: no reader is ever given up for the switch. */
const LOCK_TIMEOUT = '200ms';
const MOST_TRIES = 50;
const PAUSE_MS = 100;

export interface CorpusVersion {
  readonly name: string;
  readonly isPublished: boolean;
  readonly documents: number;
  readonly chunks: number;
  readonly embedded: number;
  readonly digest: string;
}

/** Where the tables of a version are while it is not published. @throws ConfigurationError for another form of name. */
export function schemaOf(name: string): string {
  if (!/^[a-z\d][a-z\d_]{0,40}$/.test(name))
    throw new ConfigurationError('A version is named by up to 41 lower-case letters, digits and _.');
  return `${PREFIX}${name}`;
}

/** The published one first. */
export async function listVersions(session: Queries): Promise<CorpusVersion[]> {
  const others = await session.query<{ schema: string }>(
    `SELECT nspname AS schema FROM pg_namespace WHERE starts_with(nspname, '${PREFIX}') ORDER BY nspname`,
  );
  const described = others.map(({ schema }) => describe(session, { schema, name: schema.slice(PREFIX.length) }));
  return [await describe(session, { schema: await homeOf(session) }), ...(await Promise.all(described))];
}

async function describe(session: Queries, { schema, name }: { schema: string; name?: string }): Promise<CorpusVersion> {
  const [row] = await session.query<Omit<CorpusVersion, 'name' | 'isPublished'>>(
    `SELECT digest, chunks, (SELECT count(*) FROM ${schema}.documents) AS documents,
       (SELECT count(*) FROM ${schema}.chunks WHERE EXISTS (
          SELECT 1 FROM ${schema}.vectors WHERE vectors.digest = chunks.digest)) AS embedded FROM ${schema}.corpus`,
  );
  const counts = row ?? { documents: 0, chunks: 0, embedded: 0, digest: '' };
  return { ...counts, name: name ?? (await publishedName(session)), isPublished: name === undefined };
}

/** Where the published tables are: where they were made. */
async function homeOf(session: Queries): Promise<string> {
  const [row] = await session.query<{ schema: string }>(
    `SELECT quote_ident(nspname) AS schema FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE pg_class.oid = 'conversations'::regclass`,
  );
  return row?.schema ?? 'public';
}

/** It goes with the table, wherever that is moved. */
async function publishedName(session: Queries): Promise<string> {
  const home = await homeOf(session);
  const [row] = await session.query<{ name: string | null }>(
    `SELECT obj_description('${home}.corpus'::regclass, 'pg_class') AS name`,
  );
  return row?.name ?? UNNAMED;
}

/**
 * A version to be filled beside the published one: a copy of it, or empty.
 * @throws AppError 409 when there is one of that name.
 */
export async function beginVersion(session: Session, name: string, { empty }: { empty: boolean }): Promise<void> {
  const schema = schemaOf(name);
  await inTransaction(session, async () => {
    await awaitPublishLock(session);
    if ((await listVersions(session)).some((version) => version.name === name))
      throw new AppError(`There is a version ${name} already.`, { status: 409 });
    const home = await homeOf(session);
    await session.query(`CREATE SCHEMA ${schema}`);
    await session.query(`COMMENT ON SCHEMA ${schema} IS '${await lastMigration(session)}'`);
    for (const table of TABLES)
      await session.query(`CREATE TABLE ${schema}.${table} (LIKE ${home}.${table} INCLUDING ALL)`);
    for (const key of KEYS) await session.query(key.replaceAll('%', schema));
    await dropVectorIndexes(session, schema);
    await fill(session, { schema, home, empty });
  });
}

/** Made anew, once its vectors are there: their name tells whose they are. */
async function dropVectorIndexes(session: Queries, schema: string): Promise<void> {
  const indexes = await session.query<{ name: string }>(
    'SELECT quote_ident(indexname) AS name FROM pg_indexes WHERE schemaname = $1 AND indexdef LIKE $2',
    [schema, '%USING hnsw%'],
  );
  for (const { name } of indexes) await session.query(`DROP INDEX ${schema}.${name}`);
}

async function fill(
  session: Queries,
  { schema, home, empty }: { schema: string; home: string; empty: boolean },
): Promise<void> {
  for (const table of empty ? (['models'] as const) : TABLES)
    await session.query(`INSERT INTO ${schema}.${table} OVERRIDING SYSTEM VALUE SELECT * FROM ${home}.${table}`);
  if (empty)
    await session.query(
      `INSERT INTO ${schema}.corpus (digest, chunks, terms, revision, terms_version, to_erase)
       SELECT encode(sha256(''), 'hex'), 0, 0, revision, terms_version, FALSE FROM ${home}.corpus`,
    );
  for (const [table, column] of Object.entries(NUMBERED))
    await session.query(
      `SELECT setval(pg_get_serial_sequence('${schema}.${table}', '${column}'),
         (SELECT coalesce(max(${column}), 0) + 1 FROM ${schema}.${table}), FALSE)`,
    );
  const [last] = await session.query<{ label: number }>(
    `SELECT coalesce(max(last_value), 0) AS label FROM pg_sequences WHERE sequencename LIKE 'chunks_label_seq%'`,
  );
  const first = (Math.floor((last?.label ?? 0) / LABELS_A_VERSION) + 1) * LABELS_A_VERSION;
  await session.query(`SELECT setval(pg_get_serial_sequence('${schema}.chunks', 'label'), $1, FALSE)`, [first]);
}

/**
 * Puts a version in the place of the published one, which stays under its name: going back is the same. Every process
 * answers from it with its next question; none fails.
 * @throws NotFoundError, or ConfigurationError when its tables are of another version of this program.
 */
export async function publishVersion(session: Session, name: string): Promise<{ before: string }> {
  await checkVersion(session, name);
  const [home, before] = [await homeOf(session), await publishedName(session)];
  const [from, to] = [schemaOf(name), schemaOf(before)];
  for (let tries = 1; ; tries++) {
    try {
      await inTransaction(session, async () => {
        await awaitPublishLock(session);
        await session.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
        await session.query(`LOCK TABLE ${TABLES.map((table) => `${home}.${table}, ${from}.${table}`).join(', ')}`);
        await swap(session, { home, from, to });
        await session.query(`COMMENT ON TABLE ${home}.corpus IS '${name}'`);
      });
      return { before };
    } catch (error) {
      if (tries === MOST_TRIES || !(error instanceof AppError && error.retryable)) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}

async function swap(session: Queries, { home, from, to }: Record<'home' | 'from' | 'to', string>): Promise<void> {
  await session.query(
    `UPDATE ${from}.corpus SET revision = 1 + greatest(revision, (SELECT revision FROM ${home}.corpus))`,
  );
  await session.query(`CREATE SCHEMA ${to}`);
  await session.query(`COMMENT ON SCHEMA ${to} IS '${await lastMigration(session)}'`);
  for (const table of TABLES) {
    await session.query(`ALTER TABLE ${home}.${table} SET SCHEMA ${to}`);
    await session.query(`ALTER TABLE ${from}.${table} SET SCHEMA ${home}`);
  }
  await session.query(`DROP SCHEMA ${from}`);
}

/** For good; the jobs that waited for it have failed. @throws NotFoundError when there is none that is not published. */
export async function dropVersion(session: Session, name: string): Promise<void> {
  await findSchema(session, name);
  await inTransaction(session, async () => {
    await session.query(`DROP SCHEMA ${schemaOf(name)} CASCADE`);
    const failed = {
      status: 'failed',
      problem: `The version ${name} was dropped.`,
      problemStatus: 409,
      retryable: false,
    };
    await session.query(
      `WITH ended AS (
         UPDATE jobs SET due_at = NULL, claim = NULL, task = NULL, bytes = 0,
           state = (state::jsonb || $2 || jsonb_build_object('finishedAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::json
         WHERE due_at IS NOT NULL AND task ->> 'version' = $1 RETURNING id
       )
       DELETE FROM job_files USING ended WHERE job = ended.id`,
      [name, JSON.stringify(failed)],
    );
  });
}

/** @throws NotFoundError, or ConfigurationError when its tables are of another version of this program. */
export async function checkVersion(session: Queries, name: string): Promise<void> {
  if ((await findSchema(session, name)) !== (await lastMigration(session)))
    throw new ConfigurationError(`The version ${name} was begun by another version of this program: begin it anew.`);
}

/** Gives the migration that its tables were made by. */
async function findSchema(session: Queries, name: string): Promise<string | null> {
  const [row] = await session.query<{ migration: string | null }>(
    `SELECT obj_description(oid, 'pg_namespace') AS migration FROM pg_namespace WHERE nspname = $1`,
    [schemaOf(name)],
  );
  if (!row) throw new NotFoundError(`There is no version ${name} beside the published one.`);
  return row.migration;
}

async function lastMigration(session: Queries): Promise<string> {
  const [row] = await session.query<{ name: string }>(
    `SELECT max(name) AS name FROM ${await homeOf(session)}.kysely_migration`,
  );
  return row?.name ?? '';
}

async function inTransaction(session: Queries, work: () => Promise<void>): Promise<void> {
  await session.query('BEGIN');
  try {
    await work();
    await session.query('COMMIT');
  } catch (error) {
    await session.query('ROLLBACK');
    throw error;
  }
}
