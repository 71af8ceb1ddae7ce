import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError, IndexUnusableError } from './errors.ts';

export type Sqlite = Database.Database;

/** The steps from an empty file to today's tables. A file of an older version takes those that it lacks. */
const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE documents (
  id TEXT PRIMARY KEY, root TEXT NOT NULL, authority TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL,
  date TEXT, digest TEXT NOT NULL, metadata TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE TABLE chunks (
  label INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, headings TEXT NOT NULL, text TEXT NOT NULL, units TEXT NOT NULL,
  context TEXT NOT NULL, digest TEXT NOT NULL
) STRICT;
CREATE INDEX chunks_by_document ON chunks (document_id);
CREATE INDEX chunks_by_digest ON chunks (digest);
CREATE TABLE vectors (
  model TEXT NOT NULL, digest TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, digest)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE chunk_terms USING fts5 (
  title, headings, body, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co' tokenchars '.'"
);
CREATE VIRTUAL TABLE chunk_vocabulary USING fts5vocab (chunk_terms, row);
CREATE TABLE sounding_terms (
  bucket TEXT NOT NULL, script TEXT NOT NULL, sound TEXT NOT NULL, term TEXT NOT NULL,
  PRIMARY KEY (bucket, script, sound, term)
) STRICT, WITHOUT ROWID;
CREATE TABLE conversations (
  id TEXT PRIMARY KEY, token_digest TEXT NOT NULL, turns TEXT NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX conversations_by_age ON conversations (updated_at);
`,
  // Version 2 had the same tables, and other terms: see `renewTerms`.
  '',
  // Vectors apart from their key, which is looked up far more often than they are read; what is known of files and jobs.
  `
ALTER TABLE documents ADD COLUMN origin TEXT NOT NULL DEFAULT 'folder';
ALTER TABLE documents ADD COLUMN text_digest TEXT;
CREATE INDEX documents_by_text ON documents (text_digest);
ALTER TABLE vectors RENAME TO vectors_before;
CREATE TABLE vectors (model TEXT NOT NULL, digest TEXT NOT NULL, vector BLOB NOT NULL) STRICT;
INSERT INTO vectors SELECT model, digest, vector FROM vectors_before;
DROP TABLE vectors_before;
CREATE UNIQUE INDEX vectors_by_digest ON vectors (digest, model);
CREATE TABLE files (
  root TEXT NOT NULL, file TEXT NOT NULL, digest TEXT NOT NULL, document_id TEXT, reason TEXT, PRIMARY KEY (root, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_digest ON files (digest);
CREATE TABLE tombstones (id TEXT PRIMARY KEY, deleted_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE jobs (id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_by_age ON jobs (started_at);
`,
  `
CREATE TABLE sketches (
  document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, hashes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`,
];

/** What readers tell the operator; made in files of any age. */
const FEEDBACK_SCHEMA = `
CREATE TABLE IF NOT EXISTS ratings (
  ask_id TEXT PRIMARY KEY, rating TEXT NOT NULL, comment TEXT, question TEXT, rated_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS unanswered_questions (
  question TEXT PRIMARY KEY, times INTEGER NOT NULL, reason TEXT NOT NULL, last_asked_at TEXT NOT NULL
) STRICT;
`;

/**
 * Opens the one database file, making it when it is missing.
 * @throws IndexUnusableError when the file is damaged or of another version, naming the command that mends it.
 */
export function openSqlite(path: string): Sqlite {
  mkdirSync(dirname(path), { recursive: true });
  try {
    const database = new Database(path);
    database.pragma('journal_mode = WAL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 10000');
    // What is published or deleted is so after a power cut too, and of what is deleted no byte stays in the file.
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    const fault = database.pragma('quick_check(1)', { simple: true });
    if (fault !== 'ok') throw new Error(String(fault));
    migrate(database, path);
    database.exec(FEEDBACK_SCHEMA);
    return database;
  } catch (error) {
    if (error instanceof IndexUnusableError) throw error;
    throw new IndexUnusableError(
      `The store ${path} cannot be read (${error instanceof Error ? error.message : String(error)}). ` +
        'Run `npm run ingest -- --rebuild` to set it aside and build it again from the corpus.',
      error,
    );
  }
}

/** Moves a database out of the way, with the files that belong to it, so that nothing is lost. */
export function setAsideSqlite(path: string): void {
  rmSync(`${path}-wal`, { force: true });
  rmSync(`${path}-shm`, { force: true });
  renameSync(path, `${path}.set-aside`);
}

function migrate(database: Sqlite, path: string): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) {
    database.close();
    throw new IndexUnusableError(
      `The store ${path} has format ${version}; this version reads format ${MIGRATIONS.length}. ` +
        'Run `npm run ingest -- --rebuild` to build it again from the corpus.',
    );
  }
  if (version === MIGRATIONS.length) return;
  database
    .transaction(() => {
      // Read again: another process may have been first.
      const from = Number(database.pragma('user_version', { simple: true }));
      for (const step of MIGRATIONS.slice(from)) database.exec(step);
      database.pragma(`user_version = ${MIGRATIONS.length}`);
    })
    .immediate();
}

/** Another process holds a lock; the message says which. */
export class LockHeldError extends AppError {
  override readonly name = 'LockHeldError';
}

/**
 * Takes a lock on a file that one process at a time can hold, and that the system lets go when the process ends, however
 * it ends: nothing stale is ever left. Returns what releases it.
 * @throws LockHeldError naming the holder.
 */
export function takeLock(path: string, purpose: string): () => void {
  const database = new Database(path, { timeout: 0 });
  try {
    database.exec('CREATE TABLE IF NOT EXISTS holder (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
    database.exec('BEGIN IMMEDIATE');
    const name = `process ${process.pid}, since ${new Date().toISOString()}`;
    database.prepare('INSERT OR REPLACE INTO holder (id, name) VALUES (1, ?)').run(name);
    // Written for others to read; then the lock is taken again to be held.
    database.exec('COMMIT; BEGIN IMMEDIATE');
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    const holder = database.prepare<[], string>('SELECT name FROM holder').pluck().get() ?? 'another process';
    throw new LockHeldError(`${purpose} is under way (${holder}). Wait until it is done.`, {
      status: 409,
      retryable: true,
    });
  } finally {
    if (!database.inTransaction) database.close();
  }
  return () => void database.close();
}
