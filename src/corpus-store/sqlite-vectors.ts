import type { Sqlite } from '../sqlite.ts';
import type { CorpusStore, PendingText } from './corpus-store.ts';

/** Vectors by model and by the digest of what was embedded. */
export function vectorQueries(
  sqlite: Sqlite,
): Pick<CorpusStore, 'listPending' | 'saveVectors' | 'listEmbedded' | 'findVectors'> {
  const pending = sqlite.prepare<[string, number], PendingText>(
    `SELECT chunks.digest, context || char(10) || text AS text FROM chunks
     WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE vectors.digest = chunks.digest AND model = ?)
     ORDER BY label LIMIT ?`,
  );
  const save = sqlite.prepare('INSERT OR REPLACE INTO vectors (model, digest, vector) VALUES (?, ?, ?)');
  const embedded = sqlite
    .prepare<[string], number>(
      'SELECT label FROM chunks JOIN vectors ON vectors.digest = chunks.digest AND model = ? ORDER BY label',
    )
    .pluck();
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
  return new Float32Array(new Uint8Array(bytes).buffer);
}
