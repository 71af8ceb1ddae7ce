import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callVendor } from '../../../src/channels/vendor-api.ts';

let server: Server;
let url = '';
beforeAll(async () => {
  // Answers what it is asked for by path, and nothing at all to `/silent`.
  server = createServer(({ url: path }, response) => {
    if (path === '/slow') response.writeHead(429, { 'Retry-After': '7' }).end('{}');
    else if (path === '/broken') response.writeHead(400).end('no JSON');
    else if (path === '/well') response.end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('gives the JSON of the reply', async () => {
  expect(await callVendor({ url: `${url}/well`, body: {} })).toEqual({ ok: true });
});

test('says whether it helps to ask again, and when', async () => {
  await expect(callVendor({ url: `${url}/slow`, body: {} })).rejects.toMatchObject({
    message: 'status 429',
    retryable: true,
    retryAfterMs: 7_000,
  });
  await expect(callVendor({ url: `${url}/broken`, body: {} })).rejects.toMatchObject({ retryable: false });
});

test('does not call when it was stopped before', async () => {
  const call = callVendor({ url: `${url}/well`, body: {}, signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ message: 'no answer (AbortError)' });
});

test('a limit of time holds, however often garbage is collected meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const collecting = setInterval(collect, 20);
  try {
    const call = callVendor({ url: `${url}/silent`, body: {}, timeoutMs: 300, signal: new AbortController().signal });
    await expect(call).rejects.toMatchObject({ message: 'no answer (TimeoutError)', retryable: true });
  } finally {
    clearInterval(collecting);
  }
});
