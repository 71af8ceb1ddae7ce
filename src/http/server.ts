import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import type { Config } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import { problem } from './problem.ts';

/** How long answers under way may take once the server is told to stop. */
const DRAIN_MS = 25_000;

export interface RunningServer {
  readonly url: string;
  /** Answers under way finish; new requests get a 503. Resolves when the last connection is closed. */
  drain(): Promise<void>;
}

/**
 * Listens on the configured address.
 * @throws ConfigurationError when the address cannot be had.
 */
export async function startServer(config: Config, createApp: (url: () => string) => Express): Promise<RunningServer> {
  let url = '';
  const app = createApp(() => config.PUBLIC_URL ?? url);
  const state = { draining: false, active: 0, idle: () => {} };
  const server = createServer((request, response) => {
    if (state.draining) {
      const body = problem(503, `ask_${randomUUID()}`, 'The server is stopping.');
      response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '5', Connection: 'close' });
      response.end(JSON.stringify(body));
      return;
    }
    state.active++;
    response.on('close', () => {
      state.active--;
      if (state.active === 0) state.idle();
    });
    app(request, response);
  });
  url = await listen(server, config);
  return { url, drain: () => drain(server, state) };
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
