import { LRUCache } from 'lru-cache';
import type { DocumentMetadata, Unit } from '../domain.ts';
import type { Sqlite } from '../sqlite.ts';
import type { CorpusStore, StoredChunk } from './corpus-store.ts';
import { changeWatcher } from './sqlite-revision.ts';

/** Chunks that are kept as they were read, some 3 KB each: a question reads many of them twice, and the next one again. */
const MOST_REMEMBERED = 5000;

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

/** Chunks by their labels, and their documents; those read last are remembered until the corpus changes. */
export function chunkReader(sqlite: Sqlite): CorpusStore['findChunks'] {
  const find = sqlite.prepare<[string], ChunkRow>(
    `SELECT label, chunks.id, document_id AS documentId, start, "end", headings, chunks.text, units, context,
       chunks.digest, metadata
     FROM json_each(?) AS wanted CROSS JOIN chunks ON label = wanted.value JOIN documents ON documents.id = document_id`,
  );
  const known = new LRUCache<number, StoredChunk>({ max: MOST_REMEMBERED });
  const hasChanged = changeWatcher(sqlite);
  return async (labels) => {
    if (hasChanged()) known.clear();
    const found = new Map<number, StoredChunk>();
    const missing: number[] = [];
    for (const label of labels) {
      const chunk = known.get(label);
      if (chunk) found.set(label, chunk);
      else missing.push(label);
    }
    for (const row of missing.length === 0 ? [] : find.iterate(JSON.stringify(missing))) {
      const chunk = storedChunk(row);
      found.set(row.label, chunk);
      known.set(row.label, chunk);
    }
    return labels.flatMap((label) => found.get(label) ?? []);
  };
}

function storedChunk({ label, metadata, headings, units, ...chunk }: ChunkRow): StoredChunk {
  return {
    label,
    chunk: { ...chunk, headings: JSON.parse(headings) as string[], units: JSON.parse(units) as Unit[] },
    document: JSON.parse(metadata) as DocumentMetadata,
  };
}
