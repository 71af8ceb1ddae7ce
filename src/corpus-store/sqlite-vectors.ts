import { explainSqliteFault, type Sqlite } from '../sqlite.ts';
import type { CorpusStore, PendingText } from './corpus-store.ts';

/** Vectors by model and by the digest of what was embedded. */
export function vectorQueries(
  sqlite: Sqlite,
): Pick<CorpusStore, 'listPending' | 'saveVectors' | 'listEmbedded' | 'findVectors'> {
  // By the index that holds digests and labels alone: the planner would read the texts of all chunks.
  const pending = sqlite.prepare<[string, number], PendingText>(
    `SELECT digest, context || char(10) || text AS text FROM chunks WHERE label IN (
       SELECT label FROM chunks INDEXED BY chunks_by_digest
       WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE vectors.digest = chunks.digest AND model = ?)
       ORDER BY label LIMIT ?
     ) ORDER BY label`,
  );
  const embedded = sqlite
    .prepare<[string], number>(
      `SELECT label FROM chunks INDEXED BY chunks_by_digest
       WHERE EXISTS (SELECT 1 FROM vectors WHERE vectors.digest = chunks.digest AND model = ?)`,
    )
    .pluck();
  // Of what was deleted while it was embedded nothing is kept.
  const save = sqlite.prepare(
    `INSERT OR REPLACE INTO vectors (model, digest, vector)
     SELECT @model, @digest, @vector WHERE EXISTS (SELECT 1 FROM chunks WHERE digest = @digest)`,
  );
  const find = sqlite.prepare<[string, string], { label: number; vector: Buffer }>(
    // CROSS: from the labels outwards. The planner would read every vector, and look for its label in the list.
    `SELECT label, vector FROM json_each(?) AS wanted CROSS JOIN chunks ON label = wanted.value
     CROSS JOIN vectors ON vectors.digest = chunks.digest AND model = ?`,
  );
  return {
    listPending: async (model, limit) => [
      ...new Map(pending.all(model, limit).map((text) => [text.digest, text])).values(),
    ],
    async saveVectors(model, vectors) {
      const saveAll = sqlite.transaction(() => {
        for (const { digest, vector } of vectors)
          save.run({ model, digest, vector: Buffer.from(Float32Array.from(vector).buffer) });
      });
      try {
        saveAll.immediate();
      } catch (error) {
        throw explainSqliteFault(error);
      }
    },
    listEmbedded: async (model) => embedded.all(model).toSorted((a, b) => a - b),
    findVectors: async (model, labels) =>
      find.all(JSON.stringify(labels), model).map(({ label, vector }) => ({ label, vector: toFloats(vector) })),
  };
}

/** Copied, since the bytes SQLite hands out need not be aligned. */
function toFloats(bytes: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
