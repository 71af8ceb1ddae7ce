import type { QdrantClient } from '@qdrant/js-client-rest';
import type { QdrantVectorStore } from '@langchain/qdrant';
import type { Embeddings } from '../embeddings/embeddings.ts';
import { AppError, ConfigurationError, IndexUnusableError } from '../errors.ts';
import { isMissingPackage } from '../is-missing-package.ts';
import { INDEXED_FIELDS, labelOf, METADATA, pointIdOf, type PointPayload, type QdrantFilter } from './qdrant-filter.ts';
import type { VectorHit } from './vector-index.ts';

const INSTALL = 'npm install @langchain/qdrant @qdrant/js-client-rest@1.18';
const DEFAULT_PORT = 6333;
const PAGE = 2000;
const RETRY_SECONDS = 5;

export interface QdrantSettings {
  /** `qdrant://host:port/collection?tls=true` */
  readonly address: string;
  readonly apiKey: string | undefined;
  readonly timeoutMs: number;
}

export interface Point {
  readonly label: number;
  readonly vector: number[];
  readonly payload: PointPayload;
}

export interface PointSearch {
  readonly limit: number;
  readonly filter?: QdrantFilter;
  /** Candidates looked at; undefined: every point is scored. */
  readonly ef?: number;
}

/** One collection of a Qdrant server. Everything throws AppError 503 while it cannot be asked. */
export interface QdrantCollection {
  /** Made where it is missing. @throws IndexUnusableError where it holds vectors of another width or measure. */
  ensure(): Promise<void>;
  /** Points that are there are replaced. */
  write(points: readonly Point[]): Promise<void>;
  remove(labels: readonly number[]): Promise<void>;
  /** Another payload for all points that pass. */
  relabel(filter: QdrantFilter, payload: PointPayload): Promise<void>;
  /** Every point, without its vector. */
  list(): Promise<{ label: number; payload: PointPayload }[]>;
  /** None where the collection is gone. */
  count(filter: QdrantFilter): Promise<number>;
  search(vector: readonly number[], search: PointSearch): Promise<VectorHit[]>;
}

type Packages = { readonly Client: typeof QdrantClient; readonly Store: typeof QdrantVectorStore };

/** Loaded when chosen. */
async function loadPackages(): Promise<Packages> {
  const [{ QdrantClient: Client }, { QdrantVectorStore: Store }] = await Promise.all([
    import('@qdrant/js-client-rest'),
    import('@langchain/qdrant'),
  ]);
  return { Client, Store };
}

/**
 * LangChain's class writes and removes points; what it cannot say is asked of the client beneath it (docs/adr/0027).
 * @throws ConfigurationError naming the packages to install, or what is wrong with the address.
 */
export async function openQdrantCollection(
  settings: QdrantSettings,
  embeddings: Embeddings,
  load: () => Promise<Packages> = loadPackages,
): Promise<QdrantCollection> {
  const { url, name } = readAddress(settings.address);
  const { Client, Store } = await load().catch((error: unknown) => {
    if (!isMissingPackage(error)) throw error;
    throw new ConfigurationError(`VECTOR_STORE needs packages that are not installed. Run: ${INSTALL}`, error);
  });
  const client = new Client({
    url,
    timeout: settings.timeoutMs,
    checkCompatibility: false,
    // As a header, since the client complains of keys on the console where there is no TLS.
    ...(settings.apiKey !== undefined && { headers: { 'api-key': settings.apiKey } }),
  });
  const vectors = { size: embeddings.dimensions, distance: 'Cosine' as const };
  const store = new Store(embeddings, { client, collectionName: name, collectionConfig: { vectors } });
  return {
    ensure: () => told(() => ensure(client, { name, vectors })),
    write: (points) => told(() => write(store, points)),
    remove: (labels) => told(() => store.delete({ ids: labels.map(pointIdOf) })),
    relabel: (filter, payload) =>
      told(async () => {
        await client.setPayload(name, { payload: { [METADATA]: payload }, filter });
      }),
    list: () => told(() => list(client, name)),
    count: (filter) => told(() => count(client, name, filter)),
    search: (vector, search) => told(() => searchPoints(client, name, { ...search, vector })),
  };
}

function readAddress(address: string): { url: string; name: string } {
  const { hostname, port, pathname, searchParams } = new URL(address);
  const name = decodeURIComponent(pathname.slice(1));
  if (hostname === '' || !/^[^/\s]{1,255}$/.test(name)) {
    throw new ConfigurationError('VECTOR_STORE is not of the form qdrant://HOST:PORT/COLLECTION.');
  }
  const scheme = searchParams.get('tls') === 'true' ? 'https' : 'http';
  return { url: `${scheme}://${hostname}:${port || DEFAULT_PORT}`, name };
}

interface Wanted {
  readonly name: string;
  readonly vectors: { readonly size: number; readonly distance: 'Cosine' };
}

async function ensure(client: QdrantClient, { name, vectors }: Wanted): Promise<void> {
  if (!(await client.collectionExists(name)).exists) {
    await client.createCollection(name, { vectors }).catch((error: unknown) => {
      // Another process was faster.
      if (statusOf(error) !== 409) throw error;
    });
  }
  for (const [field, schema] of Object.entries(INDEXED_FIELDS))
    await client.createPayloadIndex(name, { field_name: `${METADATA}.${field}`, field_schema: schema, wait: true });
  const held = (await client.getCollection(name)).config.params.vectors;
  if (held?.size === vectors.size && held.distance === vectors.distance) return;
  throw new IndexUnusableError(
    `The Qdrant collection ${name} holds other vectors (${JSON.stringify(held)}) than EMBEDDINGS gives ` +
      `(${vectors.size} dimensions, ${vectors.distance}). Name another collection in VECTOR_STORE, or delete this one.`,
  );
}

async function write(store: QdrantVectorStore, points: readonly Point[]): Promise<void> {
  await store.addVectors(
    points.map(({ vector }) => vector),
    points.map(({ payload }) => ({ pageContent: '', metadata: payload })),
    { ids: points.map(({ label }) => pointIdOf(label)) },
  );
}

async function list(client: QdrantClient, name: string): Promise<{ label: number; payload: PointPayload }[]> {
  const points: { label: number; payload: PointPayload }[] = [];
  let offset: string | number | undefined;
  do {
    const page = await client.scroll(name, {
      limit: PAGE,
      with_payload: [METADATA],
      ...(offset !== undefined && { offset }),
    });
    for (const { id, payload } of page.points)
      points.push({ label: labelOf(id), payload: payload?.[METADATA] as PointPayload });
    const next = page.next_page_offset;
    offset = typeof next === 'string' || typeof next === 'number' ? next : undefined;
  } while (offset !== undefined);
  return points;
}

async function count(client: QdrantClient, name: string, filter: QdrantFilter): Promise<number> {
  try {
    return (await client.count(name, { filter, exact: true })).count;
  } catch (error) {
    if (statusOf(error) === 404) return 0;
    throw error;
  }
}

async function searchPoints(
  client: QdrantClient,
  name: string,
  { vector, limit, filter, ef }: PointSearch & { vector: readonly number[] },
): Promise<VectorHit[]> {
  const params = ef === undefined ? { exact: true } : { hnsw_ef: Math.max(ef, limit) };
  const { points } = await client.query(name, {
    query: [...vector],
    limit,
    params,
    with_payload: false,
    ...(filter && { filter }),
  });
  return points.map(({ id, score }) => ({ label: labelOf(id), similarity: score }));
}

/** Whoever asks can go on without vectors, or later. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(`Qdrant cannot be asked (${describe(error)}).`, {
      status: 503,
      retryable: true,
      retryAfterSeconds: RETRY_SECONDS,
      cause: error,
    });
  }
}

function describe(error: unknown): string {
  const status = statusOf(error);
  if (status === 401 || status === 403) return 'it refuses the key: see QDRANT_API_KEY';
  const { data, message } = error as { data?: { status?: { error?: string } }; message?: string };
  return data?.status?.error ?? message ?? String(error);
}

/** LangChain's class puts it at the start of the message. */
function statusOf(error: unknown): number {
  const { status, message = '' } = error as { status?: number; message?: string };
  return status ?? Number(/^\d{3}\b/.exec(message)?.[0]);
}
