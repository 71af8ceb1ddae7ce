import { sha256 } from '../digest.ts';
import { holdClaim } from '../postgres-claims.ts';
import { awaitPublishLock } from '../postgres-locks.ts';
import type { Postgres, Queries } from '../postgres.ts';
import type { CorpusChange, CorpusStore, PreparedDocument } from './corpus-store.ts';
import { indexTerms } from './index-terms.ts';
import { dropChunks, listKnown, writeChunks } from './postgres-chunks.ts';
import { listClaimed, writeFiles } from './postgres-files.ts';
import { encodeRows } from '../postgres-values.ts';
import { writeSounds } from './postgres-sounds.ts';

/** Each line is an id and its digest, as in every store: equal corpora have equal digests. */
const CORPUS_DIGEST = `encode(sha256(convert_to(coalesce(
  (SELECT string_agg(id || ' ' || digest || chr(10), '' ORDER BY id) FROM documents), ''), 'UTF8')), 'hex')`;

/** Writes documents; postings and orphaned vectors follow in the same transaction. */
export function publisher(postgres: Postgres): Pick<CorpusStore, 'publish' | 'erase'> {
  return {
    publish: (change) =>
      postgres.transaction(async (transaction) => {
        await awaitPublishLock(transaction);
        await apply(transaction, await dropOutdated(transaction, change));
      }),
    erase: () => erase(postgres),
  };
}

async function dropOutdated(transaction: Queries, change: CorpusChange): Promise<CorpusChange> {
  const { claim, write } = change;
  if (!claim) return change;
  const outdated = await holdClaim(
    transaction,
    claim,
    write.map(({ document }) => document.id),
  );
  return { ...change, write: write.filter(({ document }) => !outdated.has(document.id)) };
}

async function apply(transaction: Queries, change: CorpusChange): Promise<void> {
  const { remove, relocate } = change;
  const orphans: string[] = [];
  if (remove.length > 0) {
    orphans.push(...(await dropChunks(transaction, await listKnown(transaction, remove))));
    await transaction.query('DELETE FROM documents WHERE id = ANY($1)', [remove]);
  }
  orphans.push(...(await writeDocuments(transaction, change.write)));
  for (const { id, root, file } of relocate) {
    await transaction.query(
      `UPDATE documents SET root = $2, metadata =
         (metadata::jsonb || jsonb_build_object('root', $2::text, 'file', $3::text))::json WHERE id = $1`,
      [id, root, file],
    );
  }
  await writeFiles(transaction, change);
  if (orphans.length > 0)
    await transaction.query(
      'DELETE FROM vectors WHERE digest = ANY($1) AND NOT EXISTS (SELECT 1 FROM chunks WHERE chunks.digest = vectors.digest)',
      [orphans],
    );
  const moved = change.write.length + remove.length > 0;
  await transaction.query(`UPDATE corpus SET revision = revision + 1 ${moved ? `, digest = ${CORPUS_DIGEST}` : ''}`);
}

/** For documents that came by another way than `publish`. */
export async function refreshDigest(transaction: Queries): Promise<void> {
  await transaction.query(`UPDATE corpus SET revision = revision + 1, digest = ${CORPUS_DIGEST}`);
}

/** Gives the digests of chunks that went. */
async function writeDocuments(transaction: Queries, write: readonly PreparedDocument[]): Promise<string[]> {
  // Of one id that is written twice, the last stays.
  const byId = new Map(write.map((prepared) => [prepared.document.id, prepared]));
  const claimed = await listClaimed(transaction, [...byId.keys()]);
  const mayWrite = ({ document }: PreparedDocument): boolean =>
    document.origin !== 'folder' || !claimed.has(document.id);
  const documents = [...byId.values()].filter(mayWrite);
  if (documents.length === 0) return [];
  const ids = documents.map(({ document }) => document.id);
  const known = await listKnown(transaction, ids);
  const headed = await listHeads(transaction, ids);
  await transaction.query(
    `INSERT INTO documents (id, root, origin, authority, kind, language, date, digest, metadata, text, text_digest)
     SELECT * FROM json_to_recordset($1) AS fresh (id text, root text, origin text, authority text, kind text,
       language text, date text, digest text, metadata json, text text, text_digest text)
     ON CONFLICT (id) DO UPDATE SET root = excluded.root, origin = excluded.origin, authority = excluded.authority,
       kind = excluded.kind, language = excluded.language, date = excluded.date, digest = excluded.digest,
       metadata = excluded.metadata, text = excluded.text, text_digest = excluded.text_digest`,
    [encodeRows(documents.map(rowOf))],
  );
  await writeSketches(transaction, documents);
  const prepared = documents.map(({ document, chunks, terms = indexTerms(document, chunks) }) => ({
    chunks,
    terms,
    // With another title or date every chunk has other terms.
    known: known.filter(({ documentId }) => documentId === document.id),
    keepsTerms: headed.get(document.id) === headOf(document),
  }));
  await writeSounds(
    transaction,
    prepared.flatMap(({ terms }) => terms.sounds),
  );
  return writeChunks(transaction, prepared);
}

const headOf = ({ title, date }: { title: string | null; date: string | null }): string =>
  JSON.stringify([title, date]);

/** What every chunk of a document is indexed by beside its own text. */
async function listHeads(transaction: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.query<{ id: string; title: string; date: string | null }>(
    `SELECT id, metadata ->> 'title' AS title, date FROM documents WHERE id = ANY($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, ...head }) => [id, headOf(head)]));
}

function rowOf({ document }: PreparedDocument): Record<string, unknown> {
  const { text, digest, ...metadata } = document;
  const { id, root, origin, authority, kind, language, date } = metadata;
  const columns = { id, root, origin, authority, kind, language, date, digest };
  return { ...columns, metadata, text, text_digest: sha256(text) };
}

async function writeSketches(transaction: Queries, documents: readonly PreparedDocument[]): Promise<void> {
  for (const { document, sketch } of documents) {
    if (!sketch) continue;
    await transaction.query(
      'INSERT INTO sketches VALUES ($1, $2) ON CONFLICT (document_id) DO UPDATE SET hashes = excluded.hashes',
      [document.id, Buffer.from(sketch.buffer, sketch.byteOffset, sketch.byteLength)],
    );
  }
}

/** Deleted rows stay in their pages until a VACUUM; the sounds of terms that left go with them. */
async function erase(postgres: Postgres): Promise<void> {
  const [pending] = await postgres.query('SELECT 1 FROM corpus WHERE to_erase');
  if (!pending) return;
  const session = await postgres.openSession();
  try {
    await session.query('UPDATE corpus SET to_erase = FALSE');
    await session.query(
      `DELETE FROM sounding_terms WHERE NOT EXISTS (
         SELECT 1 FROM terms WHERE terms.term = sounding_terms.term AND chunks > 0)`,
    );
    await session.query(
      'VACUUM (ANALYZE) documents, chunks, postings, sounding_terms, vectors, conversations, sketches, job_files',
    );
  } catch (error) {
    await session.query('UPDATE corpus SET to_erase = TRUE').catch(() => {});
    throw error;
  } finally {
    await session.close();
  }
}
