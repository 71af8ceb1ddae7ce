import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import type { Config } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import { problem } from './problem.ts';

/** How long answers under way may take once the server is told to stop. */
const DRAIN_MS = 25_000;
/** Longer than load balancers keep an idle connection, 60 s as a rule: one that is closed under a request fails it. */
const KEEP_ALIVE_MS = 65_000;

export interface RunningServer {
  readonly url: string;
  /** Until then, questions are turned away, and `/readyz` is red. `url`: the absolute base of links. */
  serve(createApp: (url: () => string) => Express): void;
  /** Answers under way finish; new requests get a 503. Resolves when the last connection is closed. */
  drain(): Promise<void>;
}

/**
 * Listens on the configured address, alive before it has anything to serve.
 * @throws ConfigurationError when the address cannot be had.
 */
export async function startServer(config: Config): Promise<RunningServer> {
  let url = '';
  let app: Express | undefined;
  const state = { draining: false, active: 0, idle: () => {} };
  const server = createServer((request, response) => {
    if (state.draining) return turnAway(response, 'The server is stopping.');
    if (!app) return request.url === '/healthz' ? sendAlive(response) : turnAway(response, 'The server is starting.');
    state.active++;
    response.on('close', () => {
      state.active--;
      if (state.active === 0) state.idle();
    });
    app(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  url = await listen(server, config);
  return {
    url,
    serve: (createApp) => void (app = createApp(() => config.PUBLIC_URL ?? url)),
    drain: () => drain(server, state),
  };
}

function sendAlive(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end('{"status":"ok"}');
}

function turnAway(response: ServerResponse, detail: string): void {
  response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '5', Connection: 'close' });
  response.end(JSON.stringify(problem(503, `ask_${randomUUID()}`, detail)));
}

async function listen(server: Server, { HOST, PORT }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new ConfigurationError(`The server cannot listen on ${HOST}:${PORT} (${error.code ?? error.message}).`, error),
      );
    });
    server.listen(PORT, HOST, resolve);
  });
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function drain(server: Server, state: { draining: boolean; active: number; idle: () => void }): Promise<void> {
  state.draining = true;
  server.closeIdleConnections();
  if (state.active > 0) {
    await Promise.race([
      new Promise<void>((resolve) => (state.idle = resolve)),
      new Promise<void>((resolve) => setTimeout(resolve, DRAIN_MS).unref()),
    ]);
  }
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
