import { conditionOf, createBinder } from '../postgres-filters.ts';
import { readVector, writeVector } from '../postgres-values.ts';
import type { PassageFilters } from '../domain.ts';
import { NO_MEMORY, type RevisionMemory } from '../postgres-memory.ts';
import type { Postgres, Queries } from '../postgres.ts';
import { cosine } from './cosine.ts';
import { isUnfiltered, scoreAllUpTo, type NearestChunks } from './nearest-chunks.ts';
import type { VectorHit } from './vector-index.ts';

/** HNSW indexes of pgvector take no wider vectors: of single precision, and of half. */
const MOST_SINGLE = 2000;
const MOST_HALF = 4000;
/** As in the embedded index. */
const M = 16;
const EF_CONSTRUCTION = 200;
/** Candidates looked at in a search: the more, the larger the index. pgvector looks at no more than a thousand. */
const LEAST_EF = 200;
const EF_PER_ROOT = 4;
const MOST_EF = 1000;
/** Fewer are scored one by one in less time than it takes to walk through a graph. */
const LEAST_INDEXED = 2000;

type Reader = Pick<Postgres, 'query' | 'transaction'>;

interface Model {
  readonly id: number;
  readonly dimensions: number;
  /** How many chunks have a vector of it. */
  readonly size: number;
}

/** Nearest chunks by pgvector: the index of each model is one over its own vectors, at their width. */
export interface PostgresVectors {
  readonly nearest: NearestChunks;
  /** Makes the index once there is enough to be indexed; from then on the database keeps it. */
  ensureIndex(): Promise<void>;
}

/** Searches `reader`, where it is another than the database that is written to. */
export function createPostgresVectors(
  postgres: Postgres,
  modelName: string,
  { reader = postgres, memory = NO_MEMORY }: { reader?: Reader; memory?: RevisionMemory } = {},
): PostgresVectors {
  const findModel = createModelFinder(reader, modelName, memory);
  const nearest: NearestChunks = {
    count: async () => (await findModel())?.size ?? 0,
    async find(vector, { limit, filters }) {
      const model = await findModel();
      if (!model) return [];
      if (isUnfiltered(filters)) return findNearest(reader, { model, vector, limit });
      const few = await listFew(reader, filters, scoreAllUpTo(model.size));
      if (few) return nearest.compare(vector, few);
      return findNearest(reader, { model, vector, limit, filters });
    },
    async compare(vector, labels) {
      const model = await findModel();
      if (!model || labels.length === 0) return [];
      const rows = await reader.query<{ label: number; embedding: string }>(
        `SELECT label, embedding::text FROM unnest($1::bigint[]) AS label JOIN chunks USING (label)
         JOIN vectors USING (digest) WHERE model = ${model.id}`,
        [labels],
      );
      return rows.map(({ label, embedding }) => ({ label, similarity: cosine(vector, readVector(embedding)) }));
    },
  };
  return {
    nearest,
    async ensureIndex() {
      const model = await findModel();
      if (model && model.dimensions <= MOST_HALF && model.size >= LEAST_INDEXED) {
        await createIndex(postgres, model);
      }
    },
  };
}

/** Looked up for each revision, since another version of the corpus may number it otherwise; counted anew when something was written since. */
function createModelFinder(postgres: Queries, name: string, memory: RevisionMemory): () => Promise<Model | undefined> {
  let last: (Model & { readonly revision: number }) | undefined;
  return async () => {
    if (last && memory.isOf(last.revision)) return last;
    const [found] = await postgres.query<Omit<Model, 'size'> & { revision: number }>(
      'SELECT revision, id, dimensions FROM corpus CROSS JOIN models WHERE name = $1',
      [name],
    );
    if (!found) return undefined;
    if (last && last.revision === found.revision) return last;
    const [row] = await postgres.query<{ size: number }>(
      `SELECT count(*) AS size FROM chunks JOIN vectors USING (digest) WHERE model = ${found.id}`,
    );
    last = { ...found, size: row?.size ?? 0 };
    return last;
  };
}

function chooseEf(size: number): number {
  return Math.min(MOST_EF, Math.max(LEAST_EF, Math.ceil(EF_PER_ROOT * Math.sqrt(size))));
}

/** The chunks that pass the filters, where they are no more than `most`. */
async function listFew(postgres: Queries, filters: PassageFilters, most: number): Promise<number[] | undefined> {
  const { values, bind } = createBinder(Math.floor(most) + 1);
  const rows = await postgres.query<{ label: number }>(
    `SELECT label FROM chunks JOIN documents ON documents.id = document_id WHERE ${conditionOf(filters, bind)} LIMIT $1`,
    values,
  );
  return rows.length > most ? undefined : rows.map(({ label }) => label);
}

/**
 * The expression that the index of a model is made of. A search has to use the same, or the database reads every vector.
 * Numbers and widths come from the table of models.
 */
function indexedExpression({ dimensions }: Model): string {
  return `(embedding::${dimensions > MOST_SINGLE ? 'halfvec' : 'vector'}(${dimensions}))`;
}

/**
 * Ordered by the index; then scored at full precision. Chunks of one text share a vector; one without length, of a text
 * that its encoder does not cover, is similar to nothing.
 */
function findNearest(
  reader: Reader,
  {
    model,
    vector,
    limit,
    filters,
  }: { model: Model; vector: readonly number[]; limit: number; filters?: PassageFilters },
): Promise<VectorHit[]> {
  const { values, bind } = createBinder(writeVector(vector), limit);
  const type = model.dimensions > MOST_SINGLE ? 'halfvec' : 'vector';
  const condition = filters ? conditionOf(filters, bind) : 'TRUE';
  const passes = (digest: string): string =>
    condition === 'TRUE'
      ? ''
      : `AND EXISTS (SELECT 1 FROM chunks JOIN documents ON documents.id = document_id
           WHERE chunks.digest = ${digest} AND ${condition})`;
  // The planner takes comparing vectors for cheap, and would compare and sort them all where it could ask the index.
  const settings = { enable_sort: 'off', 'hnsw.ef_search': String(chooseEf(model.size)) };
  return reader.transaction(
    (transaction) =>
      transaction.query<VectorHit>(
        `WITH nearest AS MATERIALIZED (
       SELECT digest, embedding FROM vectors WHERE model = ${model.id} ${passes('vectors.digest')}
       ORDER BY ${indexedExpression(model)} <=> $1::${type} LIMIT $2
     )
     SELECT label, coalesce(nullif(1 - (embedding <=> $1::vector), 'NaN'), 0) AS similarity FROM nearest JOIN chunks USING (digest)
     ${condition === 'TRUE' ? '' : `JOIN documents ON documents.id = document_id WHERE ${condition}`}
     ORDER BY similarity DESC, label LIMIT $2`,
        values,
      ),
    settings,
  );
}

/** Then each server has an index of its own (deploy/partitions). */
async function isPartitioned(postgres: Queries): Promise<boolean> {
  const rows = await postgres.query("SELECT 1 FROM pg_class WHERE oid = 'vectors'::regclass AND relkind = 'p'");
  return rows.length > 0;
}

/** While others read and write. What an earlier attempt left unfinished is begun anew. @throws when it cannot be made. */
async function createIndex(postgres: Postgres, model: Model): Promise<void> {
  const name = `vectors_nearest_${model.id}`;
  const [found] = await postgres.query<{ valid: boolean }>(
    'SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)',
    [name],
  );
  if (found?.valid || (await isPartitioned(postgres))) return;
  const operators = model.dimensions > MOST_SINGLE ? 'halfvec_cosine_ops' : 'vector_cosine_ops';
  const session = await postgres.openSession();
  try {
    if (found) await session.query(`DROP INDEX IF EXISTS ${name}`);
    await session.query("SET maintenance_work_mem = '1GB'");
    await session.query(
      `CREATE INDEX CONCURRENTLY ${name} ON vectors USING hnsw (${indexedExpression(model)} ${operators})
       WITH (m = ${M}, ef_construction = ${EF_CONSTRUCTION}) WHERE model = ${model.id}`,
    );
    await session.query('ANALYZE vectors');
  } finally {
    await session.close();
  }
}
