import type { DocumentMetadata } from '../domain.ts';
import { awaitPublishLock } from '../postgres-locks.ts';
import type { Postgres, Queries } from '../postgres.ts';
import type { IndexTerms } from './corpus-store.ts';
import { indexTerms, TERMS_VERSION } from './index-terms.ts';
import { repostChunks } from './postgres-chunks.ts';
import { writeSounds } from './postgres-sounds.ts';

/** Documents whose terms are written at a time. */
const BATCH = 100;

/** Works the terms of all documents out anew where an earlier version wrote them: questions are analysed as today. */
export async function renewPostgresTerms(postgres: Postgres): Promise<void> {
  if (await isCurrent(postgres)) return;
  const session = await postgres.openSession();
  try {
    await session.query('BEGIN');
    await awaitPublishLock(session);
    if (!(await isCurrent(session))) await renewAllTerms(session);
    await session.query('COMMIT');
  } finally {
    await session.close();
  }
}

async function isCurrent(queries: Queries): Promise<boolean> {
  const [row] = await queries.query<{ version: string }>('SELECT terms_version AS version FROM corpus');
  return row?.version === TERMS_VERSION;
}

/** To be called within a transaction, while nobody publishes. */
export async function renewAllTerms(transaction: Queries): Promise<void> {
  await transaction.query('TRUNCATE postings, terms, sounding_terms');
  await transaction.query('UPDATE corpus SET revision = revision + 1, terms = 0, chunks = 0, terms_version = $1', [
    TERMS_VERSION,
  ]);
  for (let last = ''; ;) {
    const documents = await transaction.query<{ id: string; metadata: DocumentMetadata }>(
      'SELECT id, metadata FROM documents WHERE id > $1 ORDER BY id LIMIT $2',
      [last, BATCH],
    );
    const read: { chunks: readonly { label: number }[]; terms: IndexTerms }[] = [];
    for (const { id, metadata } of documents) read.push(await readDocument(transaction, id, metadata));
    await writeSounds(
      transaction,
      read.flatMap(({ terms }) => terms.sounds),
    );
    await repostChunks(transaction, read);
    last = documents.at(-1)?.id ?? '';
    if (documents.length < BATCH) return;
  }
}

async function readDocument(
  transaction: Queries,
  id: string,
  metadata: DocumentMetadata,
): Promise<{ chunks: readonly { label: number }[]; terms: IndexTerms }> {
  const chunks = await transaction.query<{ label: number; headings: string[]; text: string }>(
    'SELECT label, headings, text FROM chunks WHERE document_id = $1 ORDER BY label',
    [id],
  );
  return { chunks, terms: indexTerms(metadata, chunks) };
}
