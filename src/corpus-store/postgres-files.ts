import { sha256 } from '../digest.ts';
import type { SourceDocument } from '../domain.ts';
import type { Queries } from '../postgres.ts';
import type { CorpusChange, CorpusStore, DocumentIdentity, FileRecord } from './corpus-store.ts';
import { encodeRows } from '../postgres-values.ts';

const RECORD = 'root, file, digest, document_id AS "documentId", reason';

/** Where documents came from, and what must not come back. */
export function fileQueries(
  postgres: Queries,
): Pick<CorpusStore, 'listIdentities' | 'findTwins' | 'listSketches' | 'listFiles' | 'listRejected' | 'listBuried'> {
  return {
    listIdentities: () =>
      postgres.query<DocumentIdentity>(
        `SELECT id, root, metadata ->> 'file' AS file, origin, digest FROM documents ORDER BY id`,
      ),
    async findTwins(id, text) {
      const rows = await postgres.query<{ id: string }>(
        `SELECT id FROM documents WHERE id <> $1
           AND text_digest = coalesce($2, (SELECT text_digest FROM documents WHERE id = $1)) ORDER BY id`,
        [id, text === undefined ? null : sha256(text)],
      );
      return rows.map((row) => row.id);
    },
    async listSketches() {
      const rows = await postgres.query<{ id: string; hashes: Buffer }>(
        'SELECT document_id AS id, hashes FROM sketches ORDER BY document_id',
      );
      // Copied, since the bytes need not be aligned.
      return rows.map(({ id, hashes }) => ({ id, hashes: new Uint32Array(Uint8Array.from(hashes).buffer) }));
    },
    listFiles: (root) =>
      postgres.query<FileRecord>(`SELECT ${RECORD} FROM files WHERE root = $1 ORDER BY file`, [root]),
    listRejected: () =>
      postgres.query<FileRecord>(`SELECT ${RECORD} FROM files WHERE reason IS NOT NULL ORDER BY root, file`),
    async listBuried() {
      const rows = await postgres.query<{ id: string }>('SELECT id FROM tombstones ORDER BY id');
      return rows.map(({ id }) => id);
    },
  };
}

/** Ids that a folder may not write: they were deleted, or an upload or page has taken them. */
export async function listClaimed(transaction: Queries, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ id: string }>(
    `SELECT id FROM tombstones WHERE id = ANY($1)
     UNION SELECT id FROM documents WHERE id = ANY($1) AND origin <> 'folder'`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether someone sent or named it, rather than a folder holding it: then it may come back once it was deleted. */
function isSent({ origin }: SourceDocument): boolean {
  return origin !== 'folder';
}

/** What else a change says of files and deletions. */
export async function writeFiles(
  transaction: Queries,
  { write, files = [], forget = [], bury = [], unbury = [] }: CorpusChange,
): Promise<void> {
  const back = [
    ...unbury,
    ...write
      .map(({ document }) => document)
      .filter(isSent)
      .map(({ id }) => id),
  ];
  if (back.length > 0) await transaction.query('DELETE FROM tombstones WHERE id = ANY($1)', [back]);
  await forgetFiles(transaction, forget);
  await recordFiles(transaction, files);
  if (bury.length > 0) await buryDocuments(transaction, bury);
}

async function forgetFiles(transaction: Queries, forget: NonNullable<CorpusChange['forget']>): Promise<void> {
  if (forget.length > 0)
    await transaction.query(
      `DELETE FROM files USING json_to_recordset($1) AS gone (root text, file text)
       WHERE files.root = gone.root AND files.file = gone.file`,
      [encodeRows(forget)],
    );
}

async function recordFiles(transaction: Queries, files: readonly FileRecord[]): Promise<void> {
  if (files.length > 0)
    await transaction.query(
      `INSERT INTO files (root, file, digest, document_id, reason)
       SELECT DISTINCT ON (root, file) root, file, digest, "documentId", reason
       FROM json_to_recordset($1) AS found (root text, file text, digest text, "documentId" text, reason text)
       ON CONFLICT (root, file) DO UPDATE SET digest = excluded.digest, document_id = excluded.document_id, reason = excluded.reason`,
      [encodeRows(files.toReversed())],
    );
}

async function buryDocuments(transaction: Queries, ids: readonly string[]): Promise<void> {
  await transaction.query('INSERT INTO tombstones (id) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [ids]);
  await transaction.query('UPDATE corpus SET to_erase = TRUE');
}
