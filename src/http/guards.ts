import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { rateLimit, type Store } from 'express-rate-limit';
import type { Config } from '../config.ts';
import { sha256 } from '../digest.ts';
import { UnavailableError } from '../errors.ts';
import type { RateLimits } from '../storage.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { problem, requestId, sendProblem } from './problem.ts';

const WINDOW_MS = 60_000;

/** Gives each request an id, and logs and counts it when it ends. */
export function observeRequests(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const id = `ask_${randomUUID()}`;
    response.locals['requestId'] = id;
    const start = performance.now();
    response.on('close', () => {
      const seconds = (performance.now() - start) / 1000;
      // The route's pattern, not the address: ids and searches do not belong in logs or labels.
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      const { method } = request;
      const status = response.statusCode;
      metrics.countRequest({ route, method, status, seconds });
      log.info({ requestId: id, method, route, status, seconds, complete: response.writableFinished }, 'request');
    });
    next();
  };
}

/** With `API_KEYS` set, asks for one of them, or for the admin's, as a bearer token; compared by digest in constant time. */
export function requireApiKey({ API_KEYS, ADMIN_API_KEY }: Config): RequestHandler {
  if (!API_KEYS) return (_request, _response, next) => next();
  return requireOneOf(
    [...API_KEYS, ...(ADMIN_API_KEY === undefined ? [] : [ADMIN_API_KEY])],
    'This server asks for an API key.',
  );
}

/** Asks for `ADMIN_API_KEY`; where it is not set, writing is off. */
export function requireAdmin({ ADMIN_API_KEY }: Config): RequestHandler {
  if (ADMIN_API_KEY !== undefined) return requireOneOf([ADMIN_API_KEY], 'This asks for the admin’s API key.');
  return (_request, response) => {
    const detail = 'Changing the corpus over HTTP is off on this server: its operator has not set ADMIN_API_KEY.';
    sendProblem(response, problem(403, requestId(response), detail));
  };
}

function requireOneOf(keys: readonly string[], detail: string): RequestHandler {
  const digests = keys.map((key) => Buffer.from(sha256(key)));
  return (request, response, next) => {
    const token = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const given = token === undefined ? undefined : Buffer.from(sha256(token));
    if (given && digests.filter((digest) => timingSafeEqual(digest, given)).length > 0) {
      next();
      return;
    }
    response.set('WWW-Authenticate', 'Bearer');
    sendProblem(response, problem(401, requestId(response), detail));
  };
}

/** `RATE_LIMIT` requests a minute and address; no limit when unset. */
export function limitRate({ RATE_LIMIT }: Config, shared?: RateLimits): RequestHandler {
  if (RATE_LIMIT === undefined) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: RATE_LIMIT,
    ...(shared && { store: storeOf(shared), passOnStoreError: true }),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => {
      sendProblem(response, problem(429, requestId(response), `At most ${RATE_LIMIT} requests a minute.`));
    },
  });
}

/** What counts for all processes, as the library asks for it. */
function storeOf(shared: RateLimits): Store {
  return {
    async increment(key) {
      const { hits, endsAt } = await shared.hit(key, WINDOW_MS);
      return { totalHits: hits, resetTime: endsAt };
    },
    decrement: () => {},
    resetKey: () => {},
  };
}

/** Turns questions away while the index is not open yet. */
export function requireReady(isReady: () => boolean): RequestHandler {
  return (_request, _response, next) => {
    if (!isReady()) throw new UnavailableError('The corpus is still being read. Try again in a moment.');
    next();
  };
}

/** Turns questions away while as many as there may be are under way: who is told at once can go elsewhere, or come again. */
export function limitUnderWay({ ASK_CONCURRENCY }: Config): RequestHandler {
  let underWay = 0;
  return (request, response, next) => {
    if (request.method !== 'POST') return next();
    if (underWay >= ASK_CONCURRENCY)
      throw new UnavailableError(
        'As many questions as this server takes at a time are under way. Try again in a moment.',
      );
    underWay++;
    response.once('close', () => underWay--);
    next();
  };
}
