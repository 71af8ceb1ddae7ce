import { sha256 } from '../digest.ts';
import type { DocumentMetadata } from '../domain.ts';
import type { Sqlite } from '../sqlite.ts';
import type { CorpusStore, DocumentSummary } from './corpus-store.ts';
import { chunkReader } from './sqlite-chunks.ts';
import { fileQueries } from './sqlite-files.ts';
import { labelFinder } from './sqlite-labels.ts';
import { publisher } from './sqlite-publish.ts';
import { renewTerms } from './sqlite-renew-terms.ts';
import { supersedingQuery } from './sqlite-superseding.ts';
import { vectorQueries } from './sqlite-vectors.ts';

/** The corpus in one SQLite file. FTS5 rows and orphaned vectors follow in the transaction of `publish`. */
export function createSqliteCorpusStore(sqlite: Sqlite): CorpusStore {
  renewTerms(sqlite);
  return {
    ...documentQueries(sqlite),
    ...supersedingQuery(sqlite),
    ...fileQueries(sqlite),
    ...chunkQueries(sqlite),
    ...vectorQueries(sqlite),
    ...publisher(sqlite),
    revision: revisionReader(sqlite),
  };
}

interface DocumentRow {
  readonly metadata: string;
  readonly text: string;
  readonly digest: string;
}

interface SummaryRow {
  readonly metadata: string;
  readonly digest: string;
  readonly chunks: number;
  readonly embedded: number;
}

const SUMMARY = `SELECT metadata, documents.digest, count(label) AS chunks, count(vectors.digest) AS embedded FROM documents
  LEFT JOIN chunks ON document_id = documents.id
  LEFT JOIN vectors ON vectors.digest = chunks.digest AND model = ?`;

function documentQueries(
  sqlite: Sqlite,
): Pick<CorpusStore, 'corpusDigest' | 'listDocuments' | 'findDocument' | 'findSummary'> {
  const digest = sqlite.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'corpus-digest'");
  const find = sqlite.prepare<[string], DocumentRow>('SELECT metadata, text, digest FROM documents WHERE id = ?');
  const list = sqlite.prepare<[string], SummaryRow>(`${SUMMARY} GROUP BY documents.id ORDER BY documents.id`);
  const summarise = sqlite.prepare<[string, string], SummaryRow>(
    `${SUMMARY} WHERE documents.id = ? GROUP BY documents.id`,
  );
  return {
    corpusDigest: async () => digest.get()?.value ?? sha256(''),
    listDocuments: async (model) => list.all(model).map(summaryOf),
    async findSummary(id, model) {
      const row = summarise.get(model, id);
      return row && summaryOf(row);
    },
    async findDocument(id) {
      const row = find.get(id);
      if (!row) return undefined;
      return { ...(JSON.parse(row.metadata) as DocumentMetadata), text: row.text, digest: row.digest };
    },
  };
}

function summaryOf({ metadata, ...counts }: SummaryRow): DocumentSummary {
  return { ...(JSON.parse(metadata) as DocumentMetadata), ...counts };
}

function chunkQueries(
  sqlite: Sqlite,
): Pick<CorpusStore, 'findChunks' | 'findChunkDigests' | 'findLabels' | 'countChunks'> {
  const findLabels = labelFinder(sqlite);
  const digests = sqlite.prepare<[string], { id: string; digest: string }>(
    'SELECT id, digest FROM chunks WHERE id IN (SELECT value FROM json_each(?))',
  );
  const count = sqlite.prepare<[string], { documents: number; chunks: number; embedded: number }>(
    `SELECT (SELECT count(*) FROM documents) AS documents, count(*) AS chunks, count(vectors.digest) AS embedded
     FROM chunks LEFT JOIN vectors ON vectors.digest = chunks.digest AND model = ?`,
  );
  return {
    findChunks: chunkReader(sqlite),
    findChunkDigests: async (ids) => new Map(digests.all(JSON.stringify(ids)).map(({ id, digest }) => [id, digest])),
    findLabels: async (filters) => findLabels(filters),
    countChunks: async (model) => count.get(model) ?? { documents: 0, chunks: 0, embedded: 0 },
  };
}

function revisionReader(sqlite: Sqlite): CorpusStore['revision'] {
  const others = sqlite.prepare<[], number>('SELECT data_version FROM pragma_data_version').pluck();
  return async () => String(others.get());
}
