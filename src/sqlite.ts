import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { IndexUnusableError } from './errors.ts';

export type Sqlite = Database.Database;

/** Raised when a table changes in a way that older files do not have. */
const SCHEMA_VERSION = 2;

const SCHEMA = `
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
`;

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
  const version = database.pragma('user_version', { simple: true });
  if (version === SCHEMA_VERSION) return;
  if (version !== 0) {
    database.close();
    throw new IndexUnusableError(
      `The store ${path} has format ${String(version)}; this version reads format ${SCHEMA_VERSION}. ` +
        'Run `npm run ingest -- --rebuild` to build it again from the corpus.',
    );
  }
  database.transaction(() => {
    database.exec(SCHEMA);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  })();
}
