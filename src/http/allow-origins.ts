import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';

const PREFLIGHT_SECONDS = '600';

/** Lets pages of `WIDGET_ORIGINS` ask, and no other site: what is not named gets no word of CORS. */
export function allowOrigins({ WIDGET_ORIGINS }: Config): RequestHandler {
  const allowed = new Set(WIDGET_ORIGINS?.map((origin) => new URL(origin).origin));
  return (request, response, next) => {
    const origin = request.get('origin');
    response.vary('Origin');
    if (origin === undefined || !allowed.has(origin)) {
      next();
      return;
    }
    response.set('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.set({
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'content-type',
      'Access-Control-Max-Age': PREFLIGHT_SECONDS,
    });
    response.status(204).end();
  };
}
