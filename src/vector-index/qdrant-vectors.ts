import type { CorpusStore } from '../corpus-store/corpus-store.ts';
import type { Embeddings } from '../embeddings/embeddings.ts';
import { IndexUnusableError } from '../errors.ts';
import { chooseEf } from './choose-ef.ts';
import { isUnfiltered, scoreAllUpTo, type NearestChunks } from './nearest-chunks.ts';
import type { Vectors } from '../storage.ts';
import type { Point, QdrantCollection } from './qdrant-collection.ts';
import { filterByDocument, filterByLabels, filterByOtherModels, filterOf, payloadOf } from './qdrant-filter.ts';

/** Points sent at a time: about a megabyte. */
const BATCH = 256;

export interface QdrantVectorsOptions {
  readonly collection: QdrantCollection;
  readonly store: CorpusStore;
  readonly embeddings: Embeddings;
}

/** What is known to be in the collection. */
interface Held {
  readonly labels: Set<number>;
  /** Each document by the digest that its points tell of. */
  readonly digests: Map<string, string>;
}

/**
 * Nearest chunks by Qdrant, held level with the store that its points are derived from: what is missing is added, what is
 * gone removed, and documents whose metadata changed are relabelled. Several processes may do it at once.
 * @throws IndexUnusableError when it holds vectors of another model or width; AppError 503 while it cannot be asked.
 */
export async function openQdrantVectors(options: QdrantVectorsOptions): Promise<Vectors> {
  const { collection, embeddings } = options;
  await collection.ensure();
  const others = await collection.count(filterByOtherModels(embeddings.id));
  if (others > 0) {
    throw new IndexUnusableError(
      `The Qdrant collection holds ${others} points of other EMBEDDINGS than ${embeddings.id}. ` +
        'Name another collection in VECTOR_STORE, or delete this one.',
    );
  }
  const held: Held = { labels: new Set(), digests: new Map() };
  await readHeld(collection, held);
  let last: Promise<void> = Promise.resolve();
  const catchUp = (): Promise<void> => {
    const next = last.then(() => level(options, held));
    last = next.catch(() => {});
    return next;
  };
  await catchUp();
  let isHealing = false;
  const heal = async (): Promise<void> => {
    if (isHealing) return;
    isHealing = true;
    await catchUp().catch(() => {});
    isHealing = false;
  };
  return { nearest: nearestIn(watch(collection, heal), held.labels), catchUp, publish: catchUp };
}

async function readHeld(collection: QdrantCollection, held: Held): Promise<void> {
  held.labels.clear();
  held.digests.clear();
  for (const { label, payload } of await collection.list()) {
    held.labels.add(label);
    held.digests.set(payload.document, payload.digest);
  }
}

/** A search that fails looks in the background whether points were lost. */
function watch(collection: QdrantCollection, heal: () => Promise<void>): QdrantCollection {
  return {
    ...collection,
    async search(vector, search) {
      try {
        return await collection.search(vector, search);
      } catch (error) {
        void heal();
        throw error;
      }
    },
  };
}

async function level({ collection, store, embeddings }: QdrantVectorsOptions, held: Held): Promise<void> {
  // Deleted by someone, or brought back from an older snapshot.
  if ((await collection.count({})) < held.labels.size) {
    await collection.ensure();
    await readHeld(collection, held);
  }
  const wanted = new Set(await store.listEmbedded(embeddings.id));
  const gone = [...held.labels].filter((label) => !wanted.has(label));
  if (gone.length > 0) await collection.remove(gone);
  for (const label of gone) held.labels.delete(label);
  const digests = new Map((await store.listIdentities()).map(({ id, digest }) => [id, digest]));
  await relabel({ collection, store, embeddings }, { held, digests });
  const missing = [...wanted].filter((label) => !held.labels.has(label));
  for (let i = 0; i < missing.length; i += BATCH) {
    const points = await readPoints(store, { labels: missing.slice(i, i + BATCH), digests, model: embeddings.id });
    if (points.length > 0) await collection.write(points);
    for (const { label, payload } of points) {
      held.labels.add(label);
      held.digests.set(payload.document, payload.digest);
    }
  }
}

/** The kind or date of a document may change while its chunks stay. */
async function relabel(
  { collection, store, embeddings }: QdrantVectorsOptions,
  { held, digests }: { held: Held; digests: ReadonlyMap<string, string> },
): Promise<void> {
  for (const [id, known] of held.digests) {
    const digest = digests.get(id);
    if (digest === known) continue;
    const document = digest === undefined ? undefined : await store.findDocument(id);
    if (document) {
      await collection.relabel(
        filterByDocument(id),
        payloadOf(document, { digest: document.digest, model: embeddings.id }),
      );
      held.digests.set(id, document.digest);
    } else held.digests.delete(id);
  }
}

async function readPoints(
  store: CorpusStore,
  { labels, digests, model }: { labels: readonly number[]; digests: ReadonlyMap<string, string>; model: string },
): Promise<Point[]> {
  const documents = new Map((await store.findChunks(labels)).map(({ label, document }) => [label, document]));
  const vectors = await store.findVectors(model, labels);
  return vectors.flatMap(({ label, vector }) => {
    const document = documents.get(label);
    if (!document) return [];
    return [
      { label, vector: [...vector], payload: payloadOf(document, { digest: digests.get(document.id) ?? '', model }) },
    ];
  });
}

function nearestIn(collection: QdrantCollection, labels: ReadonlySet<number>): NearestChunks {
  return {
    count: async () => labels.size,
    async find(vector, { limit, filters }) {
      if (isEmpty(vector) || labels.size === 0) return [];
      if (isUnfiltered(filters)) return collection.search(vector, { limit, ef: chooseEf(labels.size) });
      const filter = filterOf(filters);
      const passing = await collection.count(filter);
      if (passing === 0) return [];
      if (passing <= scoreAllUpTo(labels.size)) return collection.search(vector, { limit: passing, filter });
      return collection.search(vector, { limit, filter, ef: chooseEf(labels.size, true) });
    },
    async compare(vector, wanted) {
      if (isEmpty(vector) || wanted.length === 0) return [];
      return collection.search(vector, { limit: wanted.length, filter: filterByLabels(wanted) });
    },
  };
}

/** The cosine of a vector without length is not defined. */
const isEmpty = (vector: readonly number[]): boolean => vector.every((value) => value === 0);
