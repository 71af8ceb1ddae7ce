import { createSqliteCorpusStore } from '../../src/corpus-store/sqlite-corpus-store.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { openSqlite } from '../../src/sqlite.ts';
import { cosine } from '../../src/vector-index/cosine.ts';
import { documentFrom } from '../support/documents.ts';
import { randomVectors } from '../support/vectors.ts';

const SECTIONS = 2000;
const ROUNDS = 9;

/** What it takes to read a vector from the store and compare it: the way of a filter that lets few through. */
export async function measureExactPath(dimensions: number): Promise<{ microsecondsPerVector: number }> {
  const sqlite = openSqlite(':memory:');
  try {
    const store = createSqliteCorpusStore(sqlite);
    const sections = Array.from({ length: SECTIONS }, (_, i) => `## Section ${i}\n${`Text ${i}. `.repeat(60)}`);
    const document = documentFrom(`# A\n\n${sections.join('\n\n')}`);
    await store.publish({ write: [{ document, chunks: chunkDocument(document) }], relocate: [], remove: [] });
    const pending = await store.listPending('bench', SECTIONS * 2);
    const vectors = randomVectors(pending.length, dimensions);
    await store.saveVectors(
      'bench',
      pending.map(({ digest }, i) => ({ digest, vector: vectors[i] ?? [] })),
    );
    const labels = await store.listEmbedded('bench');
    const [query = []] = randomVectors(1, dimensions, 7);
    const durations: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      for (const { vector } of await store.findVectors('bench', labels)) cosine(query, vector);
      durations.push(performance.now() - start);
    }
    const median = durations.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    return { microsecondsPerVector: (1000 * median) / labels.length };
  } finally {
    sqlite.close();
  }
}
