import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { cosine } from '../../src/vector-index/cosine.ts';

/** The part of Qdrant's REST API that vectors of chunks need: its paths, bodies, envelopes, statuses and messages. */
export interface QdrantServer {
  /** As `VECTOR_STORE` takes it. */
  readonly address: string;
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly key: unknown;
  }[];
  /** From now on every request fails so; undefined: none. */
  misbehave(fault: { status: number } | 'hang' | undefined): void;
  points(collection: string): ReadonlyMap<string, StoredPoint>;
  drop(collection: string): void;
  close(): void;
}

interface StoredPoint {
  readonly vector: readonly number[];
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Collection {
  readonly vectors: { readonly size: number; readonly distance: string };
  readonly points: Map<string, StoredPoint>;
  readonly indexed: Map<string, string>;
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const pointId = z.union([z.int().min(0), z.string().regex(UUID, 'value is not a valid point ID')]);
const condition = z.union([
  z.strictObject({ has_id: z.array(pointId) }),
  z.strictObject({ key: z.string(), match: z.strictObject({ any: z.array(z.string()) }) }),
  z.strictObject({ key: z.string(), match: z.strictObject({ value: z.string() }) }),
  z.strictObject({ key: z.string(), range: z.strictObject({ lte: z.number() }) }),
]);
const filter = z.strictObject({ must: z.array(condition).optional(), must_not: z.array(condition).optional() });
const payload = z.record(z.string(), z.unknown());
const BODIES = {
  create: z.strictObject({
    vectors: z.strictObject({ size: z.int().min(1).max(65_536), distance: z.enum(['Cosine', 'Dot']) }),
  }),
  index: z.strictObject({ field_name: z.string(), field_schema: z.enum(['keyword', 'integer']) }),
  upsert: z.strictObject({
    points: z.array(z.strictObject({ id: pointId, vector: z.array(z.number()), payload: payload.optional() })),
  }),
  delete: z.strictObject({ points: z.array(pointId) }),
  payload: z.strictObject({ payload, filter }),
  count: z.strictObject({ filter: filter.optional(), exact: z.boolean().default(true) }),
  scroll: z.strictObject({
    limit: z.int().min(1).default(10),
    offset: pointId.optional(),
    with_payload: z.array(z.string()),
    with_vector: z.literal(false),
  }),
  query: z.strictObject({
    query: z.array(z.number()),
    limit: z.int().min(1).default(10),
    filter: filter.optional(),
    params: z.strictObject({ exact: z.boolean().optional(), hnsw_ef: z.int().min(1).optional() }).optional(),
    with_payload: z.union([z.boolean(), z.array(z.string())]),
  }),
};

/** Starts one on a free port, in memory. With `apiKey`, whoever asks must have it. */
export async function serveQdrant({ apiKey }: { apiKey?: string } = {}): Promise<QdrantServer> {
  const collections = new Map<string, Collection>();
  const requests: QdrantServer['requests'] = [];
  let fault: Parameters<QdrantServer['misbehave']>[0];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const [path = ''] = (request.url ?? '').split('?');
      requests.push({ method: request.method ?? '', path, body, key: request.headers['api-key'] });
      const wrong = fault;
      if (wrong !== 'hang')
        reply(response, () => {
          if (wrong !== undefined) throw new Refusal(wrong.status, 'Service internal error: on purpose');
          authorise(request, apiKey);
          return answer(collections, { method: request.method ?? '', path, body });
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `qdrant://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    misbehave: (how) => void (fault = how),
    points: (name) => collections.get(name)?.points ?? new Map(),
    drop: (name) => void collections.delete(name),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function reply(response: ServerResponse, work: () => unknown): void {
  const send = (status: number, body: object): void =>
    void response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...body, time: 0.0001 }));
  try {
    send(200, { result: work(), status: 'ok' });
  } catch (error) {
    if (error instanceof Refusal) send(error.status, { status: { error: error.message } });
    else if (error instanceof z.ZodError)
      send(400, { status: { error: `Format error in JSON body: ${z.prettifyError(error)}` } });
    else throw error;
  }
}

function authorise(request: IncomingMessage, apiKey: string | undefined): void {
  if (apiKey === undefined || request.headers['api-key'] === apiKey) return;
  throw new Refusal(401, 'Must provide an API key or an Authorization bearer token');
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

function answer(collections: Map<string, Collection>, { method, path, body }: Asked): unknown {
  const [, , name = '', ...rest] = path.split('/').map(decodeURIComponent);
  const what = `${method} ${rest.join('/')}`;
  if (path === '/collections') return { collections: [...collections.keys()].map((held) => ({ name: held })) };
  if (what === 'GET exists') return { exists: collections.has(name) };
  if (what === 'PUT ') return create(collections, name, BODIES.create.parse(body));
  const collection = collections.get(name);
  if (!collection) throw new Refusal(404, `Not found: Collection \`${name}\` doesn't exist!`);
  const operation = OPERATIONS[what];
  if (!operation) throw new Refusal(404, '');
  return operation(collection, body);
}

function create(collections: Map<string, Collection>, name: string, { vectors }: Pick<Collection, 'vectors'>): boolean {
  if (collections.has(name)) throw new Refusal(409, `Wrong input: Collection \`${name}\` already exists!`);
  collections.set(name, { vectors, points: new Map(), indexed: new Map() });
  return true;
}

const DONE = { operation_id: 1, status: 'completed' };

const OPERATIONS: Readonly<Record<string, (collection: Collection, body: unknown) => unknown>> = {
  'GET ': ({ vectors, points, indexed }) => ({
    status: 'green',
    points_count: points.size,
    config: { params: { vectors } },
    payload_schema: Object.fromEntries([...indexed].map(([field, type]) => [field, { data_type: type }])),
  }),
  'PUT index': ({ indexed }, body) => {
    const { field_name: field, field_schema: schema } = BODIES.index.parse(body);
    indexed.set(field, schema);
    return DONE;
  },
  'PUT points': ({ vectors, points }, body) => {
    const written = BODIES.upsert.parse(body).points;
    for (const { vector } of written) checkWidth(vectors.size, vector);
    for (const { id, vector, payload: own = {} } of written) points.set(String(id), { vector, payload: own });
    return DONE;
  },
  'POST points/delete': ({ points }, body) => {
    for (const id of BODIES.delete.parse(body).points) points.delete(String(id));
    return DONE;
  },
  'POST points/payload': ({ points }, body) => {
    const { payload: fresh, filter: given } = BODIES.payload.parse(body);
    for (const [id, point] of points)
      if (passes(id, point, given)) points.set(id, { ...point, payload: { ...point.payload, ...fresh } });
    return DONE;
  },
  'POST points/count': ({ points }, body) => {
    const { filter: given } = BODIES.count.parse(body);
    return { count: [...points].filter(([id, point]) => passes(id, point, given)).length };
  },
  'POST points/scroll': ({ points }, body) => {
    const { limit, offset } = BODIES.scroll.parse(body);
    const ids = [...points.keys()].toSorted().filter((id) => offset === undefined || id >= String(offset));
    const page = ids.slice(0, limit).map((id) => ({ id, payload: points.get(id)?.payload ?? null }));
    return { points: page, next_page_offset: ids[limit] ?? null };
  },
  'POST points/query': ({ vectors, points }, body) => {
    const { query, limit, filter: given } = BODIES.query.parse(body);
    checkWidth(vectors.size, query);
    const scored = [...points]
      .filter(([id, point]) => passes(id, point, given))
      .map(([id, { vector }]) => ({ id, version: 1, score: cosine(query, vector) }));
    return { points: scored.toSorted((a, b) => b.score - a.score).slice(0, limit) };
  },
};

function checkWidth(size: number, vector: readonly number[]): void {
  if (vector.length !== size)
    throw new Refusal(400, `Wrong input: Vector dimension error: expected dim: ${size}, got ${vector.length}`);
}

function passes(id: string, point: StoredPoint, given: z.infer<typeof filter> | undefined): boolean {
  const meets = (one: z.infer<typeof condition>): boolean => isMet(id, point, one);
  return (given?.must ?? []).every(meets) && !(given?.must_not ?? []).some(meets);
}

/** A field that holds several values meets what any of them meets; one that is missing or null meets nothing. */
function isMet(id: string, { payload: held }: StoredPoint, one: z.infer<typeof condition>): boolean {
  if ('has_id' in one) return one.has_id.map(String).includes(id);
  const value = one.key
    .split('.')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], held);
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.some((single) => {
    if ('range' in one) return typeof single === 'number' && single <= one.range.lte;
    return 'any' in one.match ? one.match.any.includes(single as string) : one.match.value === single;
  });
}
