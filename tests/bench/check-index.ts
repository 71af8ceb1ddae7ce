import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSqliteCorpusStore } from '../../src/corpus-store/sqlite-corpus-store.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import type { IndexManifest } from '../../src/vector-index/index-manifest.ts';
import { openSqlite, type Sqlite } from '../../src/sqlite.ts';
import { hnsw } from '../../src/vector-index/hnsw.ts';
import { openIndexDirectory } from '../../src/vector-index/index-directory.ts';

/** What is found in an index that a process was killed over. */
export interface FoundIndex {
  /** Text by document. */
  readonly texts: ReadonlyMap<string, string>;
  readonly chunks: number;
  readonly embedded: number;
  /** Whether the published vectors are those of the store. */
  readonly isPublished: boolean;
  /** Whatever does not hold together, in words. */
  readonly faults: readonly string[];
}

/** Rows that must not be there, by what is wrong with them. */
const FAULTS: Readonly<Record<string, string>> = {
  'chunks without a document': 'SELECT id FROM chunks WHERE document_id NOT IN (SELECT id FROM documents)',
  'documents without chunks': 'SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM chunks)',
  'chunks that words do not find': 'SELECT id FROM chunks WHERE label NOT IN (SELECT rowid FROM chunk_terms)',
  'words of chunks that are gone': 'SELECT rowid FROM chunk_terms WHERE rowid NOT IN (SELECT label FROM chunks)',
  'vectors of nothing': 'SELECT digest FROM vectors WHERE digest NOT IN (SELECT digest FROM chunks)',
  'chunks that are not in their text': `SELECT chunks.id FROM chunks JOIN documents ON documents.id = document_id
     WHERE substr(documents.text, start + 1, "end" - start) <> chunks.text`,
};

/** Opens an index as a server does, and holds its parts against each other. @throws Error when it cannot be opened. */
export async function checkIndex(directory: string): Promise<FoundIndex> {
  const sqlite = openSqlite(join(directory, 'concordat.db'));
  try {
    const faults = [...findFaults(sqlite)];
    const store = createSqliteCorpusStore(sqlite);
    const embeddings = createHashingEmbeddings();
    const onNotice = (notice: string): void => void faults.push(notice);
    const { vectors } = await openIndexDirectory({ directory, store, embeddings, format: hnsw, onNotice });
    const { chunks, embedded } = await store.countChunks(embeddings.id);
    if (vectors.size !== embedded) faults.push(`${vectors.size} vectors are searched, ${embedded} stored`);
    const texts = sqlite.prepare<[], [string, string]>('SELECT id, text FROM documents').raw().all();
    const isPublished = (await store.corpusDigest()) === readManifest(directory)?.corpusDigest && embedded === chunks;
    return { texts: new Map(texts), chunks, embedded, isPublished, faults };
  } finally {
    sqlite.close();
  }
}

function* findFaults(sqlite: Sqlite): Generator<string> {
  const check = sqlite.pragma('integrity_check(1)', { simple: true });
  if (check !== 'ok') yield String(check);
  for (const [name, sql] of Object.entries(FAULTS)) {
    const rows = sqlite.prepare(sql).pluck().all();
    if (rows.length > 0) yield `${name}: ${rows.slice(0, 3).join(', ')}`;
  }
}

function readManifest(directory: string): IndexManifest | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as IndexManifest;
  } catch {
    return undefined;
  }
}
