import { sha256 } from '../digest.ts';
import type { Chunk, DocumentMetadata, SourceDocument, Unit } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';
import type { Sqlite } from '../sqlite.ts';
import type { CorpusChange, CorpusStore, DocumentSummary, PendingText, StoredChunk } from './corpus-store.ts';
import { conditionOf } from './sqlite-filters.ts';
import { soundWriter } from './sqlite-sounds.ts';
import { supersedingQuery } from './sqlite-superseding.ts';

/** The corpus in one SQLite file. FTS5 rows and orphaned vectors follow in the transaction of `publish`. */
export function createSqliteCorpusStore(sqlite: Sqlite): CorpusStore {
  return {
    ...documentQueries(sqlite),
    ...supersedingQuery(sqlite),
    ...chunkQueries(sqlite),
    ...vectorQueries(sqlite),
    publish: publisher(sqlite),
  };
}

interface DocumentRow {
  readonly metadata: string;
  readonly text: string;
  readonly digest: string;
}

function documentQueries(sqlite: Sqlite): Pick<CorpusStore, 'corpusDigest' | 'listDocuments' | 'findDocument'> {
  const digest = sqlite.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'corpus-digest'");
  const find = sqlite.prepare<[string], DocumentRow>('SELECT metadata, text, digest FROM documents WHERE id = ?');
  const list = sqlite.prepare<[string], { metadata: string; digest: string; chunks: number; embedded: number }>(
    `SELECT metadata, documents.digest, count(label) AS chunks, count(vectors.digest) AS embedded FROM documents
     LEFT JOIN chunks ON document_id = documents.id
     LEFT JOIN vectors ON vectors.digest = chunks.digest AND model = ?
     GROUP BY documents.id ORDER BY documents.id`,
  );
  return {
    corpusDigest: async () => digest.get()?.value ?? sha256(''),
    async listDocuments(model) {
      return list.all(model).map(({ metadata, ...counts }): DocumentSummary => ({
        ...(JSON.parse(metadata) as DocumentMetadata),
        ...counts,
      }));
    },
    async findDocument(id) {
      const row = find.get(id);
      if (!row) return undefined;
      return { ...(JSON.parse(row.metadata) as DocumentMetadata), text: row.text, digest: row.digest };
    },
  };
}

interface ChunkRow {
  readonly label: number;
  readonly id: string;
  readonly documentId: string;
  readonly start: number;
  readonly end: number;
  readonly headings: string;
  readonly text: string;
  readonly units: string;
  readonly context: string;
  readonly digest: string;
  readonly metadata: string;
}

function chunkQueries(
  sqlite: Sqlite,
): Pick<CorpusStore, 'findChunks' | 'findChunkDigests' | 'findLabels' | 'countChunks'> {
  const find = sqlite.prepare<[string], ChunkRow>(
    `SELECT label, chunks.id, document_id AS documentId, start, "end", headings, chunks.text, units, context,
       chunks.digest, metadata
     FROM json_each(?) AS wanted JOIN chunks ON label = wanted.value JOIN documents ON documents.id = document_id
     ORDER BY wanted.key`,
  );
  const digests = sqlite.prepare<[string], { id: string; digest: string }>(
    'SELECT id, digest FROM chunks WHERE id IN (SELECT value FROM json_each(?))',
  );
  const count = sqlite.prepare<[string], { documents: number; chunks: number; embedded: number }>(
    `SELECT (SELECT count(*) FROM documents) AS documents, count(*) AS chunks, count(vectors.digest) AS embedded
     FROM chunks LEFT JOIN vectors ON vectors.digest = chunks.digest AND model = ?`,
  );
  return {
    findChunks: async (labels) => find.all(JSON.stringify(labels)).map(storedChunk),
    findChunkDigests: async (ids) => new Map(digests.all(JSON.stringify(ids)).map(({ id, digest }) => [id, digest])),
    async findLabels(filters) {
      const { sql, parameters } = conditionOf(filters);
      const rows = sqlite
        .prepare<unknown[], number>(
          `SELECT label FROM chunks JOIN documents ON documents.id = document_id WHERE ${sql}`,
        )
        .pluck()
        .all(...parameters);
      return new Set(rows);
    },
    countChunks: async (model) => count.get(model) ?? { documents: 0, chunks: 0, embedded: 0 },
  };
}

function storedChunk({ label, metadata, headings, units, ...chunk }: ChunkRow): StoredChunk {
  return {
    label,
    chunk: { ...chunk, headings: JSON.parse(headings) as string[], units: JSON.parse(units) as Unit[] },
    document: JSON.parse(metadata) as DocumentMetadata,
  };
}

function vectorQueries(
  sqlite: Sqlite,
): Pick<CorpusStore, 'listPending' | 'saveVectors' | 'listEmbedded' | 'findVectors'> {
  const pending = sqlite.prepare<[string, number], PendingText>(
    `SELECT chunks.digest, min(context || char(10) || text) AS text FROM chunks
     LEFT JOIN vectors ON vectors.digest = chunks.digest AND model = ?
     WHERE vectors.digest IS NULL GROUP BY chunks.digest ORDER BY min(label) LIMIT ?`,
  );
  const save = sqlite.prepare('INSERT OR REPLACE INTO vectors (model, digest, vector) VALUES (?, ?, ?)');
  const embedded = sqlite
    .prepare<[string], number>(
      'SELECT label FROM chunks JOIN vectors ON vectors.digest = chunks.digest AND model = ? ORDER BY label',
    )
    .pluck();
  const find = sqlite.prepare<[string, string], { label: number; vector: Buffer }>(
    `SELECT label, vector FROM json_each(?) AS wanted JOIN chunks ON label = wanted.value
     JOIN vectors ON vectors.digest = chunks.digest AND model = ?`,
  );
  return {
    listPending: async (model, limit) => pending.all(model, limit),
    async saveVectors(model, vectors) {
      sqlite.transaction(() => {
        for (const { digest, vector } of vectors)
          save.run(model, digest, Buffer.from(Float32Array.from(vector).buffer));
      })();
    },
    listEmbedded: async (model) => embedded.all(model),
    findVectors: async (model, labels) =>
      find.all(JSON.stringify(labels), model).map(({ label, vector }) => ({ label, vector: toFloats(vector) })),
  };
}

/** Copied, since the bytes SQLite hands out need not be aligned. */
function toFloats(bytes: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

function publisher(sqlite: Sqlite): CorpusStore['publish'] {
  const write = documentWriter(sqlite);
  const writeSounds = soundWriter(sqlite);
  const remove = documentRemover(sqlite);
  const relocate = sqlite.prepare(
    "UPDATE documents SET root = @root, metadata = json_set(metadata, '$.root', @root, '$.file', @file) WHERE id = @id",
  );
  const prune = sqlite.prepare('DELETE FROM vectors WHERE digest NOT IN (SELECT digest FROM chunks)');
  const identities = sqlite.prepare<[], { id: string; digest: string }>('SELECT id, digest FROM documents ORDER BY id');
  const setDigest = sqlite.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('corpus-digest', ?)");
  const apply = sqlite.transaction((change: CorpusChange) => {
    for (const id of change.remove) remove(id);
    for (const { document, chunks } of change.write) {
      remove(document.id);
      write(document, chunks);
    }
    writeSounds(textsOf(change));
    for (const move of change.relocate) relocate.run(move);
    prune.run();
    setDigest.run(
      sha256(
        identities
          .all()
          .map(({ id, digest }) => `${id} ${digest}\n`)
          .join(''),
      ),
    );
  });
  return async (change) => apply.immediate(change);
}

/** What the terms of a change come from. */
function* textsOf({ write }: CorpusChange): Generator<string> {
  for (const { document, chunks } of write) {
    yield document.title;
    for (const { headings, text } of chunks) yield* [...headings, text];
  }
}

function documentRemover(sqlite: Sqlite): (id: string) => void {
  const labels = sqlite.prepare<[string], number>('SELECT label FROM chunks WHERE document_id = ?').pluck();
  const forget = sqlite.prepare('DELETE FROM chunk_terms WHERE rowid = ?');
  const remove = sqlite.prepare('DELETE FROM documents WHERE id = ?');
  return (id) => {
    for (const label of labels.all(id)) forget.run(label);
    remove.run(id);
  };
}

function documentWriter(sqlite: Sqlite): (document: SourceDocument, chunks: readonly Chunk[]) => void {
  const insert = sqlite.prepare(
    `INSERT INTO documents (id, root, authority, kind, language, date, digest, metadata, text)
     VALUES (@id, @root, @authority, @kind, @language, @date, @digest, @metadata, @text)`,
  );
  const insertChunk = sqlite.prepare(
    `INSERT INTO chunks (id, document_id, start, "end", headings, text, units, context, digest)
     VALUES (@id, @documentId, @start, @end, @headings, @text, @units, @context, @digest)`,
  );
  const index = sqlite.prepare('INSERT INTO chunk_terms (rowid, title, headings, body) VALUES (?, ?, ?, ?)');
  const terms = (text: string): string => extractTerms(text).join(' ');
  return (document, chunks) => {
    const { text, digest, ...metadata } = document;
    insert.run({ ...metadata, text, digest, metadata: JSON.stringify(metadata) });
    const title = terms(`${document.title} ${document.date ?? ''}`);
    for (const chunk of chunks) {
      const row = { ...chunk, headings: JSON.stringify(chunk.headings), units: JSON.stringify(chunk.units) };
      const { lastInsertRowid } = insertChunk.run(row);
      index.run(lastInsertRowid, title, terms(chunk.headings.join('\n')), terms(chunk.text));
    }
  };
}
