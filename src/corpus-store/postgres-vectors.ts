import { readVector, writeVector } from '../postgres-values.ts';
import { awaitPublishLock } from '../postgres-locks.ts';
import type { Postgres, Queries } from '../postgres.ts';
import type { CorpusStore, PendingText, StoredVector } from './corpus-store.ts';

/** Vectors by model and by the digest of what was embedded. */
export function vectorQueries(
  postgres: Postgres,
): Pick<CorpusStore, 'listPending' | 'saveVectors' | 'listEmbedded' | 'findVectors'> {
  return {
    listPending: pendingLister(postgres),
    saveVectors: (model, vectors) =>
      postgres.transaction(async (transaction) => {
        const [first] = vectors;
        // Of what was deleted while it was embedded nothing is kept: its chunks are looked for when nobody publishes.
        await awaitPublishLock(transaction);
        if (!first) return;
        const id = await numberModel(transaction, model, first.vector.length);
        const digests = vectors.map(({ digest }) => digest);
        // Not by ON CONFLICT, which partitions on other servers do not know.
        await transaction.query('DELETE FROM vectors WHERE model = $1 AND digest = ANY($2)', [id, digests]);
        await transaction.query(
          `INSERT INTO vectors (model, digest, embedding)
           SELECT DISTINCT ON (digest) $1::smallint, digest, embedding::vector
           FROM unnest($2::text[], $3::text[]) AS made (digest, embedding)
           WHERE EXISTS (SELECT 1 FROM chunks WHERE chunks.digest = made.digest)`,
          [id, digests, vectors.map(({ vector }) => writeVector(vector))],
        );
        await transaction.query('UPDATE corpus SET revision = revision + 1');
      }),
    async listEmbedded(model) {
      const rows = await postgres.query<{ label: number }>(
        `SELECT label FROM chunks JOIN vectors USING (digest) JOIN models ON models.id = model
         WHERE name = $1 ORDER BY label`,
        [model],
      );
      return rows.map(({ label }) => label);
    },
    async findVectors(model, labels) {
      const rows = await postgres.query<{ label: number; embedding: string }>(
        `SELECT label, embedding::text FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted (label, place)
         JOIN chunks USING (label) JOIN vectors USING (digest) JOIN models ON models.id = model
         WHERE name = $1 ORDER BY place`,
        [model, labels],
      );
      return rows.map(({ label, embedding }): StoredVector => ({ label, vector: readVector(embedding) }));
    },
  };
}

/** Vectors are made in the order of the labels: what has been passed once is looked at again only at the end. */
function pendingLister(postgres: Queries): CorpusStore['listPending'] {
  const passed = new Map<string, number>();
  const list = (model: string, limit: number): Promise<(PendingText & { label: number })[]> =>
    postgres.query<PendingText & { label: number }>(
      `SELECT label, digest, context || chr(10) || text AS text FROM chunks
       WHERE label >= $3 AND NOT EXISTS (
         SELECT 1 FROM vectors JOIN models ON models.id = model WHERE vectors.digest = chunks.digest AND name = $1)
       ORDER BY label LIMIT $2`,
      [model, limit, passed.get(model) ?? 0],
    );
  return async (model, limit) => {
    let rows = await list(model, limit);
    if (rows.length === 0 && passed.delete(model)) rows = await list(model, limit);
    const [first] = rows;
    if (first) passed.set(model, first.label);
    return [...new Map(rows.map(({ digest, text }) => [digest, { digest, text }])).values()];
  };
}

async function numberModel(transaction: Queries, name: string, dimensions: number): Promise<number> {
  await transaction.query('INSERT INTO models (name, dimensions) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    dimensions,
  ]);
  const [row] = await transaction.query<{ id: number }>('SELECT id FROM models WHERE name = $1', [name]);
  return row?.id ?? 0;
}
