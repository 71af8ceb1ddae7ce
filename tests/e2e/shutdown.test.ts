import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { exchange } from '../support/exchange.ts';
import { schemaFaultsOf } from '../support/openapi-contract.ts';
import { startEmbeddedServer, startServer, type TestServer } from '../support/start-server.ts';

const BODY = JSON.stringify({ question: "Who chairs Japan's AI Strategy Headquarters?" });

interface Begun {
  readonly sent: ClientRequest;
  readonly response: Promise<{ status: number; text: string }>;
}

/** A question whose last byte is held back, so that its answer is under way for as long as the test likes. */
async function beginQuestion({ url }: TestServer, headers: Record<string, string> = {}): Promise<Begun> {
  const sent = request(`${url}/api/ask`, {
    agent: false,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': String(BODY.length), ...headers },
  });
  sent.write(BODY.slice(0, -1));
  const response = once(sent, 'response').then(async ([incoming]) => {
    let text = '';
    for await (const part of (incoming as IncomingMessage).setEncoding('utf8')) text += String(part);
    return { status: (incoming as IncomingMessage).statusCode ?? 0, text };
  });
  await once(sent, 'socket').then(([socket]) => once(socket as NodeJS.EventEmitter, 'connect'));
  // A request made after it on another connection is answered after it was seen.
  await fetch(`${url}/healthz`);
  return { sent, response };
}

/** Waits until the server turns requests away. */
async function untilDraining({ url }: TestServer): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await exchange(url, { path: '/healthz' })).status === 503) return;
  }
  throw new Error('The server does not stop taking requests.');
}

test('a server told to stop finishes the answer under way, turns new questions away, and ends with 0', async () => {
  const server = await startEmbeddedServer();
  const { sent, response } = await beginQuestion(server);
  server.signal('SIGTERM');
  await untilDraining(server);

  for (const path of ['/api/documents', '/readyz', '/']) {
    const refused = await exchange(server.url, { path });
    expect([refused.status, refused.mediaType]).toEqual([503, 'application/problem+json']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(schemaFaultsOf(refused.json(), 'Problem')).toEqual([]);
    expect(refused.json()).toMatchObject({ retryable: true });
  }

  sent.end(BODY.slice(-1));
  const { status, text } = await response;
  expect(status).toBe(200);
  expect(schemaFaultsOf(JSON.parse(text), 'AskResponse')).toEqual([]);
  expect(await server.exited).toBe(0);
  await expect(exchange(server.url, { path: '/healthz' })).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
  expect(server.stderr()).toBe('');
  await server.stop();
});

test('a stream under way ends with its answer', async () => {
  const server = await startEmbeddedServer();
  const { sent, response } = await beginQuestion(server, { accept: 'text/event-stream' });
  server.signal('SIGTERM');
  await untilDraining(server);
  sent.end(BODY.slice(-1));
  const { text } = await response;
  expect(text).toMatch(/\n\nevent: answer\ndata: \{.+\}\n\n$/);
  expect(await server.exited).toBe(0);
  await server.stop();
});

test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('%s ends a server that nobody asks anything with 0', async (name) => {
  const server = await startEmbeddedServer();
  await fetch(`${server.url}/healthz`); // leaves an idle connection open
  server.signal(name);
  server.signal(name);
  expect(await server.exited).toBe(0);
  expect(server.stderr()).toBe('');
  await server.stop();
});

test.each([
  ['hashing', 0],
  ['sentence', 0],
  ['sentence', 300],
  ['sentence', 1000],
])('a server told to stop while %s vectors are still being made (after %i ms) ends with 0', async (name, afterMs) => {
  const server = await startServer({ EMBEDDINGS: name });
  await setTimeout(afterMs);
  expect(await server.stop()).toBe(0);
  expect(server.stderr()).toBe('');
});

test('a client that leaves does not keep the server from stopping', async () => {
  const server = await startEmbeddedServer();
  const { sent, response } = await beginQuestion(server);
  const left = response.catch((error: Error) => error.message);
  server.signal('SIGTERM');
  await untilDraining(server);
  sent.destroy();
  expect(await server.exited).toBe(0);
  expect(await left).toMatch(/hang up|reset/);
  await server.stop();
});
