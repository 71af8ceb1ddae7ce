import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Config } from '../config.ts';
import { sha256 } from '../digest.ts';
import { UnavailableError } from '../errors.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { problem, requestId, sendProblem } from './problem.ts';

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

/** With `API_KEYS` set, asks for one of them as a bearer token; compared by digest in constant time. */
export function requireApiKey({ API_KEYS }: Config): RequestHandler {
  const digests = API_KEYS?.map((key) => Buffer.from(sha256(key)));
  return (request, response, next) => {
    const token = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const given = token === undefined ? undefined : Buffer.from(sha256(token));
    if (!digests || (given && digests.filter((digest) => timingSafeEqual(digest, given)).length > 0)) {
      next();
      return;
    }
    response.set('WWW-Authenticate', 'Bearer');
    sendProblem(response, problem(401, requestId(response), 'This server asks for an API key.'));
  };
}

/** `RATE_LIMIT` requests a minute and address; no limit when unset. */
export function limitRate({ RATE_LIMIT }: Config): RequestHandler {
  if (RATE_LIMIT === undefined) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit: RATE_LIMIT,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => {
      sendProblem(response, problem(429, requestId(response), `At most ${RATE_LIMIT} requests a minute.`));
    },
  });
}

/** Turns questions away while the index is not open yet. */
export function requireReady(isReady: () => boolean): RequestHandler {
  return (_request, _response, next) => {
    if (!isReady()) throw new UnavailableError('The corpus is still being read. Try again in a moment.');
    next();
  };
}
