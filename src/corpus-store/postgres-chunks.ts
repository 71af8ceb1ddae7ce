import type { Chunk } from '../domain.ts';
import type { Queries } from '../postgres.ts';
import type { IndexTerms } from './corpus-store.ts';
import { encodeRows } from '../postgres-values.ts';
import { countPostings, type ChunkPostings } from './posting.ts';

export interface KnownChunk {
  readonly label: number;
  readonly documentId: string;
  readonly digest: string;
}

/** The chunks of one document as they are to be. */
export interface DocumentChunks {
  readonly chunks: readonly Chunk[];
  readonly terms: IndexTerms;
  /** As they were. */
  readonly known: readonly KnownChunk[];
  /** Whether chunks that stay the same may stay as they are indexed. */
  readonly keepsTerms: boolean;
}

export function listKnown(transaction: Queries, documentIds: readonly string[]): Promise<KnownChunk[]> {
  return transaction.query<KnownChunk>(
    'SELECT label, document_id AS "documentId", digest FROM chunks WHERE document_id = ANY($1) ORDER BY label',
    [documentIds],
  );
}

/** Removes chunks with their postings; gives their digests. */
export async function dropChunks(transaction: Queries, gone: readonly KnownChunk[]): Promise<string[]> {
  if (gone.length === 0) return [];
  await transaction.query(
    `WITH gone AS (DELETE FROM chunks WHERE label = ANY($1) RETURNING label, terms, length),
     held AS (SELECT label, unnest(terms) AS term FROM gone),
     unposted AS (DELETE FROM postings USING held WHERE postings.term = held.term AND postings.label = held.label),
     lessened AS (
       UPDATE terms SET chunks = chunks - lost FROM (SELECT term, count(*) AS lost FROM held GROUP BY term) AS less
       WHERE id = less.term
     )
     UPDATE corpus SET chunks = chunks - (SELECT count(*) FROM gone),
       terms = terms - (SELECT coalesce(sum(length), 0) FROM gone)`,
    [gone.map(({ label }) => label)],
  );
  return gone.map(({ digest }) => digest);
}

/** Chunks that stay the same keep their label. Gives the digests of those that went. */
export async function writeChunks(transaction: Queries, documents: readonly DocumentChunks[]): Promise<string[]> {
  const plans = documents.map(planChunks);
  const orphans = await dropChunks(
    transaction,
    plans.flatMap(({ gone }) => gone),
  );
  const moved = plans.flatMap(({ kept }) => kept);
  if (moved.length > 0)
    await transaction.query(
      `UPDATE chunks SET id = moved.id, start = moved.start, "end" = moved."end", units = moved.units
       FROM json_to_recordset($1) AS moved (label bigint, id text, start integer, "end" integer, units json)
       WHERE chunks.label = moved.label`,
      [encodeRows(moved)],
    );
  await insertChunks(
    transaction,
    plans.flatMap(({ fresh }) => fresh),
  );
  return orphans;
}

interface FreshChunk {
  readonly chunk: Chunk;
  readonly postings: ChunkPostings;
}

function planChunks({ chunks, terms, known, keepsTerms }: DocumentChunks): {
  gone: readonly KnownChunk[];
  kept: readonly Record<string, unknown>[];
  fresh: readonly FreshChunk[];
} {
  const left = keepsTerms ? [...known] : [];
  const kept: Record<string, unknown>[] = [];
  const fresh: FreshChunk[] = [];
  for (const [i, chunk] of chunks.entries()) {
    const at = left.findIndex(({ digest }) => digest === chunk.digest);
    if (at === -1) fresh.push({ chunk, postings: countPostings(terms, i) });
    else {
      const { id, start, end, units } = chunk;
      kept.push({ label: left.splice(at, 1)[0]?.label, id, start, end, units });
    }
  }
  return { gone: keepsTerms ? left : known, kept, fresh };
}

async function insertChunks(transaction: Queries, fresh: readonly FreshChunk[]): Promise<void> {
  if (fresh.length === 0) return;
  const labels = await transaction.query<{ label: number }>(
    "SELECT nextval(pg_get_serial_sequence('chunks', 'label')) AS label FROM generate_series(1, $1)",
    [fresh.length],
  );
  const labelled = fresh.map(({ chunk, postings }, i) => ({ label: labels[i]?.label ?? 0, chunk, postings }));
  const termIds = await post(transaction, labelled);
  await transaction.query(
    `INSERT INTO chunks (label, id, document_id, start, "end", headings, text, units, context, digest, length, terms)
     SELECT label, id, "documentId", start, "end", headings, text, units, context, digest, length,
       ARRAY(SELECT json_array_elements_text(terms)::integer)
     FROM json_to_recordset($1) AS fresh (label bigint, id text, "documentId" text, start integer, "end" integer,
       headings json, text text, units json, context text, digest text, length integer, terms json)`,
    [
      encodeRows(
        labelled.map(({ label, chunk, postings }) => ({
          ...chunk,
          label,
          length: postings.length,
          terms: numbersOf(postings, termIds),
        })),
      ),
    ],
  );
}

/** Writes the postings of chunks that stand in the table and have none: of many documents at once, since each call counts every term. */
export async function repostChunks(
  transaction: Queries,
  documents: readonly { readonly chunks: readonly { readonly label: number }[]; readonly terms: IndexTerms }[],
): Promise<void> {
  const labelled = documents.flatMap(({ chunks, terms }) =>
    chunks.map(({ label }, i) => ({ label, postings: countPostings(terms, i) })),
  );
  const termIds = await post(transaction, labelled);
  for (const { label, postings } of labelled) {
    await transaction.query('UPDATE chunks SET length = $2, terms = $3 WHERE label = $1', [
      label,
      postings.length,
      numbersOf(postings, termIds),
    ]);
  }
}

interface Labelled {
  readonly label: number;
  readonly postings: ChunkPostings;
}

/** Counts the chunks and their terms, and gives the numbers of the terms. */
async function post(transaction: Queries, labelled: readonly Labelled[]): Promise<ReadonlyMap<string, number>> {
  const termIds = await countTerms(transaction, labelled);
  await insertPostings(transaction, labelled, termIds);
  await transaction.query('UPDATE corpus SET chunks = chunks + $1, terms = terms + $2', [
    labelled.length,
    labelled.reduce((sum, { postings }) => sum + postings.length, 0),
  ]);
  return termIds;
}

const numbersOf = ({ frequencies }: ChunkPostings, termIds: ReadonlyMap<string, number>): number[] =>
  [...frequencies.keys()].map((term) => termIds.get(term) ?? 0);

/** Counts each term for every chunk that holds it now; gives their numbers. */
async function countTerms(transaction: Queries, labelled: readonly Labelled[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { postings } of labelled)
    for (const term of postings.frequencies.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  const rows = await transaction.query<{ id: number; term: string }>(
    `INSERT INTO terms (term, chunks) SELECT * FROM unnest($1::text[], $2::integer[])
     ON CONFLICT (term) DO UPDATE SET chunks = terms.chunks + excluded.chunks RETURNING id, term`,
    [[...counts.keys()], [...counts.values()]],
  );
  return new Map(rows.map(({ id, term }) => [term, id]));
}

async function insertPostings(
  transaction: Queries,
  labelled: readonly Labelled[],
  termIds: ReadonlyMap<string, number>,
): Promise<void> {
  const columns: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const { label, postings } of labelled) {
    for (const [term, frequency] of postings.frequencies) {
      columns[0].push(termIds.get(term) ?? 0);
      columns[1].push(label);
      columns[2].push(frequency);
      columns[3].push(postings.length);
    }
  }
  await transaction.query(
    `INSERT INTO postings (term, label, frequency, length)
     SELECT * FROM unnest($1::integer[], $2::bigint[], $3::real[], $4::integer[])`,
    columns,
  );
}
