import { isIP } from 'node:net';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import type { AnsweringDependencies } from '../answer-question.ts';
import { createMcpHttp } from '../channels/mcp.ts';
import { AppError } from '../errors.ts';
import { methodNotAllowed } from './problem.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const LARGEST = '1mb';

/** `POST /mcp`, the streamable HTTP transport. */
export function mcpRoute(deps: AnsweringDependencies): Router {
  const mcp = createMcpHttp(deps);
  const router = Router();
  router
    .route('/')
    .post(guardOrigin(deps.publicUrl), express.raw({ limit: LARGEST, type: () => true }), exchangeMessages(mcp))
    .all(methodNotAllowed('POST'));
  return router;
}

function exchangeMessages(mcp: ReturnType<typeof createMcpHttp>): RequestHandler {
  return async (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    await sendReply(response, await mcp.fetch(requestOf(request, gone.signal)));
  };
}

/**
 * A page of another site must not reach a server in the reader's network: by its `Origin`, nor by a name of its own
 * that it lets point here, which the `Host` then shows. Addresses in digits cannot be pointed elsewhere.
 */
function guardOrigin(publicUrl: () => string): RequestHandler {
  return (request, _response, next) => {
    const names = new Set([...LOOPBACK, new URL(publicUrl()).hostname]);
    const host = hostnameOf(`http://${request.get('host') ?? ''}`);
    const origin = request.get('origin');
    if (host === undefined || !(names.has(host) || isIP(host.replaceAll(/[[\]]/g, '')) > 0))
      throw new AppError('This server does not go by that name; set PUBLIC_URL to the address it is reached at.', {
        status: 403,
      });
    if (origin !== undefined && !names.has(hostnameOf(origin) ?? ''))
      throw new AppError('Pages of that origin may not use this server.', { status: 403 });
    next();
  };
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

function requestOf(request: Request, signal: AbortSignal): globalThis.Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : '';
  return new globalThis.Request(`http://mcp.local${request.originalUrl}`, { method: 'POST', headers, body, signal });
}

async function sendReply(response: Response, reply: globalThis.Response): Promise<void> {
  response.status(reply.status);
  reply.headers.forEach((value, name) => response.set(name, value));
  for await (const part of reply.body ?? []) response.write(part);
  response.end();
}
