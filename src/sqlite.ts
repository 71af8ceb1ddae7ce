import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError, IndexUnusableError } from './errors.ts';

export type Sqlite = Database.Database;

/** A database beyond this is not read whole when it is opened. */
const LARGE_BYTES = 256 * 1024 * 1024;

/** The steps from an empty file to today's tables. A file of an older version takes those that it lacks. */
export const MIGRATIONS: readonly string[] = [
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

/** What readers tell the operator, and what the model has taken; made in files of any age. */
const SIDE_SCHEMA = `
CREATE TABLE IF NOT EXISTS ratings (
  ask_id TEXT PRIMARY KEY, rating TEXT NOT NULL, comment TEXT, question TEXT, rated_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS unanswered_questions (
  question TEXT PRIMARY KEY, times INTEGER NOT NULL, reason TEXT NOT NULL, last_asked_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS model_tokens (day TEXT PRIMARY KEY, tokens INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Opens the one database file, making it when it is missing. Where its folder cannot be written, it is read into memory:
 * what is changed then is not kept, and `onNotice` is told.
 * @throws IndexUnusableError when the file is damaged or of another version, naming the command that mends it.
 */
export function openSqlite(path: string, onNotice: (notice: string) => void = () => {}): Sqlite {
  try {
    const database = isReadOnly(path) ? openInMemory(path, onNotice) : openWritable(path);
    migrate(database, path);
    database.exec(SIDE_SCHEMA);
    return database;
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Neither a full disk nor a busy file is mended by building the index again.
    if (isPassing(error)) throw explainSqliteFault(error);
    throw new IndexUnusableError(
      `The store ${path} cannot be read (${error instanceof Error ? error.message : String(error)}). ` +
        'Run `npm run ingest -- --rebuild` to set it aside and build it again from the corpus.',
      error,
    );
  }
}

function openWritable(path: string): Sqlite {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 10000');
  // What is published or deleted is so after a power cut too, and of what is deleted no byte stays in the file.
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  checkPages(database);
  return database;
}

/** Reading a large file whole would take longer than all else at a start: its damage is told when it is met. */
function checkPages(database: Sqlite): void {
  const bytes =
    Number(database.pragma('page_count', { simple: true })) * Number(database.pragma('page_size', { simple: true }));
  const fault = bytes > LARGE_BYTES ? 'ok' : database.pragma('quick_check(1)', { simple: true });
  if (fault !== 'ok') throw new Error(String(fault));
}

/** Whether there is a database in a folder that this process may not write to. */
export function isReadOnly(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(dirname(path), constants.W_OK);
    accessSync(path, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

function openInMemory(path: string, onNotice: (notice: string) => void): Sqlite {
  const bytes = readFileSync(path);
  // The header's mark of write-ahead logging, which a database in memory cannot have.
  bytes.fill(1, 18, 20);
  onNotice(
    `The folder of ${path} cannot be written: its documents are served from memory, and nothing can be changed.`,
  );
  const database = new Database(bytes);
  database.pragma('foreign_keys = ON');
  return database;
}

/** Makes a change that a power cut may take back, though no crash: nobody waits for the disk. Not within a transaction. */
export function writeWithoutSync<T>(sqlite: Sqlite, write: () => T): T {
  sqlite.pragma('synchronous = NORMAL');
  try {
    return write();
  } finally {
    sqlite.pragma('synchronous = FULL');
  }
}

/** Copies a database as it is at one moment, while others may use it. */
export async function copySqlite(from: string, to: string): Promise<void> {
  const database = openSqlite(from);
  try {
    await database.backup(to);
  } finally {
    database.close();
  }
}

/**
 * Overwrites a database with a copy, while others may use it. Labels go on from the higher of both, so that none is used
 * for two chunks.
 * @throws IndexUnusableError when the copy is none; then nothing has changed.
 */
export async function restoreSqlite(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new IndexUnusableError(`There is no backup at ${from}.`);
  const copy = openSqlite(from);
  const lastLabel = existsSync(to) ? readLastLabel(to) : 0;
  try {
    await copy.backup(to);
  } finally {
    copy.close();
  }
  const restored = openSqlite(to);
  restored.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'chunks'").run(lastLabel);
  restored.close();
}

/** Of a damaged database, which no process can be using, 0; it is set aside. */
function readLastLabel(path: string): number {
  try {
    const database = openSqlite(path);
    const last = database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'chunks'").pluck().get();
    database.close();
    return last ?? 0;
  } catch {
    setAsideSqlite(path);
    return 0;
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

/**
 * A fault of the database that the operator can mend, told in a sentence; anything else as it is. To be thrown.
 */
export function explainSqliteFault(error: unknown): unknown {
  const code = error instanceof Database.SqliteError ? error.code : '';
  const sentence = Object.entries(FAULTS).find(([start]) => code.startsWith(start))?.[1];
  return sentence === undefined ? error : new AppError(sentence, { status: 503, retryable: true, cause: error });
}

function isPassing(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(?:FULL|BUSY)/.test(error.code);
}

const FAULTS: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'The disk that holds the index is full. What was published stays; make room, and ingest again.',
  SQLITE_IOERR: 'The disk that holds the index does not read or write. What was published stays.',
  SQLITE_READONLY: 'The index cannot be written: its folder is read-only.',
  SQLITE_BUSY: 'Another process keeps the index busy. Try again in a moment.',
  SQLITE_CORRUPT:
    'The index is damaged. Run `npm run ingest -- --rebuild` to set it aside and build it again, or restore a backup.',
};
