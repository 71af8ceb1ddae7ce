import { sha256 } from '../digest.ts';
import type { SourceDocument } from '../domain.ts';
import type { Sqlite } from '../sqlite.ts';
import type { CorpusChange, CorpusStore, DocumentIdentity, FileRecord } from './corpus-store.ts';

const RECORD = 'root, file, digest, document_id AS documentId, reason';

/** Where documents came from, and what must not come back. */
export function fileQueries(
  sqlite: Sqlite,
): Pick<CorpusStore, 'listIdentities' | 'findTwins' | 'listSketches' | 'listFiles' | 'listRejected' | 'listBuried'> {
  const identities = sqlite.prepare<[], DocumentIdentity>(
    "SELECT id, root, json_extract(metadata, '$.file') AS file, origin, digest FROM documents ORDER BY id",
  );
  const twins = sqlite
    .prepare<[string, string], string>('SELECT id FROM documents WHERE text_digest = ? AND id <> ? ORDER BY id')
    .pluck();
  const digestOf = sqlite.prepare<[string], string | null>('SELECT text_digest FROM documents WHERE id = ?').pluck();
  const sketches = sqlite.prepare<[], { id: string; hashes: Buffer }>(
    'SELECT document_id AS id, hashes FROM sketches ORDER BY document_id',
  );
  const files = sqlite.prepare<[string], FileRecord>(`SELECT ${RECORD} FROM files WHERE root = ? ORDER BY file`);
  const rejected = sqlite.prepare<[], FileRecord>(
    `SELECT ${RECORD} FROM files WHERE reason IS NOT NULL ORDER BY root, file`,
  );
  const buried = sqlite.prepare<[], string>('SELECT id FROM tombstones ORDER BY id').pluck();
  return {
    listIdentities: async () => identities.all(),
    findTwins: async (id, text) => twins.all(text === undefined ? (digestOf.get(id) ?? '') : sha256(text), id),
    // Copied, since the bytes SQLite hands out need not be aligned.
    listSketches: async () =>
      sketches.all().map(({ id, hashes }) => ({ id, hashes: new Uint32Array(Uint8Array.from(hashes).buffer) })),
    listFiles: async (root) => files.all(root),
    listRejected: async () => rejected.all(),
    listBuried: async () => buried.all(),
  };
}

interface FileWriter {
  /** False for a folder's document that was deleted, or whose id an upload or page has taken. */
  mayWrite(document: SourceDocument): boolean;
  write(change: CorpusChange): void;
}

/** To be called within a transaction. */
export function fileWriter(sqlite: Sqlite): FileWriter {
  const claimed = sqlite
    .prepare<[string, string], number>(
      "SELECT 1 FROM tombstones WHERE id = ? UNION SELECT 1 FROM documents WHERE id = ? AND origin <> 'folder'",
    )
    .pluck();
  const record = sqlite.prepare(
    `INSERT OR REPLACE INTO files (root, file, digest, document_id, reason)
     VALUES (@root, @file, @digest, @documentId, @reason)`,
  );
  const forget = sqlite.prepare('DELETE FROM files WHERE root = @root AND file = @file');
  const bury = sqlite.prepare("INSERT OR IGNORE INTO tombstones (id, deleted_at) VALUES (?, datetime('now'))");
  const toErase = sqlite.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('to-erase', hex(randomblob(8)))");
  const unbury = sqlite.prepare('DELETE FROM tombstones WHERE id = ?');
  return {
    mayWrite({ id, origin }) {
      if (origin === 'folder') return claimed.get(id, id) === undefined;
      unbury.run(id);
      return true;
    },
    write(change) {
      change.forget?.forEach((file) => forget.run(file));
      change.files?.forEach((file) => record.run(file));
      change.bury?.forEach((id) => bury.run(id));
      if (change.bury?.length) toErase.run();
      change.unbury?.forEach((id) => unbury.run(id));
    },
  };
}
