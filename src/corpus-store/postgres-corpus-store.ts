import type { DocumentMetadata } from '../domain.ts';
import { NO_MEMORY, type RevisionMemory } from '../postgres-memory.ts';
import type { Postgres, Queries } from '../postgres.ts';
import type { CorpusReader, CorpusStore, DocumentSummary, StoredChunk } from './corpus-store.ts';
import { fileQueries } from './postgres-files.ts';
import { conditionOf, createBinder } from '../postgres-filters.ts';
import { publisher } from './postgres-publish.ts';
import { vectorQueries } from './postgres-vectors.ts';

/** The corpus in PostgreSQL. Postings and orphaned vectors follow in the transaction of `publish`. */
export function createPostgresCorpusStore(postgres: Postgres): CorpusStore {
  return {
    ...createPostgresCorpusReader(postgres),
    ...fileQueries(postgres),
    ...vectorQueries(postgres),
    ...publisher(postgres),
  };
}

/** Passages of the questions under way: some megabytes. */
const MOST_REMEMBERED = 1000;

/** What is only read, from wherever it can be. */
export function createPostgresCorpusReader(postgres: Queries, memory: RevisionMemory = NO_MEMORY): CorpusReader {
  return { ...documentQueries(postgres, memory), ...chunkQueries(postgres, memory) };
}

interface SummaryRow {
  readonly metadata: DocumentMetadata;
  readonly digest: string;
  readonly chunks: number;
  readonly embedded: number;
}

const SUMMARY = `SELECT metadata, documents.digest, counted.chunks, counted.embedded FROM documents
  CROSS JOIN LATERAL (
    SELECT count(label) AS chunks, count(vectors.digest) AS embedded FROM chunks
    LEFT JOIN vectors ON vectors.digest = chunks.digest AND model = (SELECT id FROM models WHERE name = $1)
    WHERE document_id = documents.id
  ) AS counted`;

function documentQueries(
  postgres: Queries,
  memory: RevisionMemory,
): Pick<
  CorpusStore,
  'corpusDigest' | 'revision' | 'listDocuments' | 'findDocument' | 'findSummary' | 'findSuperseding'
> {
  const state = async (): Promise<{ digest: string; revision: number }> => {
    const [row] = await postgres.query<{ digest: string; revision: number }>('SELECT digest, revision FROM corpus');
    if (row) memory.note(row.revision);
    return row ?? { digest: '', revision: 0 };
  };
  return {
    corpusDigest: async () => (await state()).digest,
    revision: async () => String((await state()).revision),
    listDocuments: async (model) =>
      (await postgres.query<SummaryRow>(`${SUMMARY} ORDER BY documents.id`, [model])).map(summaryOf),
    async findSummary(id, model) {
      const [row] = await postgres.query<SummaryRow>(`${SUMMARY} WHERE documents.id = $2`, [model, id]);
      return row && summaryOf(row);
    },
    async findDocument(id) {
      const [row] = await postgres.query<{ metadata: DocumentMetadata; text: string; digest: string }>(
        'SELECT metadata, text, digest FROM documents WHERE id = $1',
        [id],
      );
      return row && { ...row.metadata, text: row.text, digest: row.digest };
    },
    async findSuperseding(names) {
      const found = new Map<string, DocumentMetadata[]>();
      if (names.length === 0) return found;
      const rows = await postgres.query<{ name: string; metadata: DocumentMetadata }>(
        `SELECT replaced AS name, metadata
         FROM documents CROSS JOIN LATERAL json_array_elements_text(metadata -> 'supersedes') AS replaced
         WHERE json_array_length(metadata -> 'supersedes') > 0 AND replaced = ANY($1)
         ORDER BY date NULLS FIRST, documents.id`,
        [names],
      );
      for (const { name, metadata } of rows) found.set(name, [...(found.get(name) ?? []), metadata]);
      return found;
    },
  };
}

function summaryOf({ metadata, ...counts }: SummaryRow): DocumentSummary {
  return { ...metadata, ...counts };
}

type ChunkRow = StoredChunk['chunk'] & {
  readonly revision: number;
  readonly label: number;
  readonly metadata: DocumentMetadata;
};

function createChunkFinder(postgres: Queries, memory: RevisionMemory): CorpusStore['findChunks'] {
  const known = memory.open<number, StoredChunk>(MOST_REMEMBERED);
  return async (labels) => {
    const found = new Map(labels.map((label) => [label, known.get(label)]));
    const missing = labels.filter((label) => !found.get(label));
    const rows =
      missing.length === 0
        ? []
        : await postgres.query<ChunkRow>(
            `SELECT (SELECT revision FROM corpus) AS revision, label, chunks.id, document_id AS "documentId", start, "end",
               headings, chunks.text, units, context, chunks.digest, metadata
             FROM chunks JOIN documents ON documents.id = document_id WHERE label = ANY($1)`,
            [missing],
          );
    for (const { revision, label, metadata, ...chunk } of rows) {
      const stored = { label, chunk, document: metadata };
      found.set(label, stored);
      if (memory.isOf(revision)) known.set(label, stored);
    }
    return labels.flatMap((label) => found.get(label) ?? []);
  };
}

function chunkQueries(
  postgres: Queries,
  memory: RevisionMemory,
): Pick<CorpusStore, 'findChunks' | 'findChunkDigests' | 'findLabels' | 'countChunks'> {
  return {
    findChunks: createChunkFinder(postgres, memory),
    async findChunkDigests(ids) {
      const rows = await postgres.query<{ id: string; digest: string }>(
        'SELECT id, digest FROM chunks WHERE id = ANY($1)',
        [ids],
      );
      return new Map(rows.map(({ id, digest }) => [id, digest]));
    },
    async findLabels(filters) {
      const { values, bind } = createBinder();
      const rows = await postgres.query<{ label: number }>(
        `SELECT label FROM chunks JOIN documents ON documents.id = document_id
         WHERE ${conditionOf(filters, bind)} ORDER BY label`,
        values,
      );
      return new Set(rows.map(({ label }) => label));
    },
    async countChunks(model) {
      const [row] = await postgres.query<{ documents: number; chunks: number; embedded: number }>(
        `SELECT (SELECT count(*) FROM documents) AS documents, (SELECT chunks FROM corpus) AS chunks,
           (SELECT count(*) FROM chunks JOIN vectors USING (digest)
            WHERE model = (SELECT id FROM models WHERE name = $1)) AS embedded`,
        [model],
      );
      return row ?? { documents: 0, chunks: 0, embedded: 0 };
    },
  };
}
