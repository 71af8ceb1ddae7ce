import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, type Exchange, type Outgoing } from '../support/exchange.ts';
import { problemFaultsOf } from '../support/problem-faults.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

const send = (outgoing: Outgoing): Promise<Exchange> => exchange(server.url, outgoing);

describe('an address', () => {
  test.each([
    '/api/documents/no-such-document',
    '/api/documents/a/b/c',
    '/api/documents/%00',
    '/api/documents/%F0%9F%98%80',
  ])('of a document that there is not (%s) is a 404', async (path) => {
    expect(problemFaultsOf(await send({ path }), 404)).toEqual([]);
  });

  test.each(['/api/documents/%', '/api/documents/%E0%A4%A', '/api/documents/a/%ff', '/api/conversations/%zz'])(
    'with malformed percent-encoding (%s) is a 400',
    async (path) => {
      const response = await send({ path, headers: { 'x-conversation-token': 'x' } });
      expect(problemFaultsOf(response, 400)).toEqual([]);
      expect(response.json()).not.toMatchObject({ detail: expect.stringContaining('body') });
    },
  );

  test.each([
    '/api/documents/../../package.json',
    '/api/documents/..%2f..%2fpackage.json',
    '/api/documents/%2e%2e/%2e%2e/package.json',
    '/..%2fmain.js',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/../../package.json',
    '/..\\..\\package.json',
    '/.%00/package.json',
    '//etc/passwd',
    '/style.css/../../main.js',
  ])('that climbs out (%s) is a 404', async (path) => {
    const response = await send({ path });
    expect(problemFaultsOf(response, 404)).toEqual([]);
  });

  test.each(['/documents/../../etc/passwd', '/documents/..%2f..%2f..%2fpackage.json', '/documents/../main.js'])(
    'below /documents/ that climbs out (%s) leads nowhere',
    async (path) => {
      const { status, mediaType, text } = await send({ path });
      // The source view itself, which then says in words that there is no such document; or nothing at all.
      expect([200, 404]).toContain(status);
      expect(['text/html', 'application/problem+json']).toContain(mediaType);
      expect(text).not.toMatch(/root:|"dependencies"|openAssistant/);
    },
  );
});

describe('a method', () => {
  test.each<[string, string, string]>([
    ['GET', '/api/ask', 'POST'],
    ['DELETE', '/api/search', 'POST'],
    ['PUT', '/api/documents', 'GET, POST'],
    ['PATCH', '/api/documents/japan-appi', 'GET, DELETE'],
    ['POST', '/api/conversations/x', 'GET, DELETE'],
    ['POST', '/healthz', 'GET'],
    ['PUT', '/readyz', 'GET'],
    ['DELETE', '/metrics', 'GET'],
    ['PUT', '/api/jobs', 'GET, POST'],
    ['GET', '/api/jobs/x/retry', 'POST'],
    ['POST', '/openapi.json', 'GET'],
  ])('%s on %s is a 405 that says what is allowed', async (method, path, allowed) => {
    const response = await send({ method, path });
    expect(problemFaultsOf(response, 405)).toEqual([]);
    expect(response.headers.allow).toBe(allowed);
  });

  test('OPTIONS says what is allowed', async () => {
    const { status, headers } = await send({ method: 'OPTIONS', path: '/api/ask' });
    expect([status, headers.allow]).toEqual([204, 'POST']);
  });
});

describe('what the operator has closed', () => {
  test('asks for a key, and takes it', async () => {
    const closed = await startServer({ API_KEYS: 'first,second' });
    try {
      const at = (headers: Record<string, string>): Promise<Exchange> =>
        exchange(closed.url, { path: '/api/documents', headers });
      for (const response of [await at({}), await at({ authorization: 'Bearer wrong' })]) {
        expect(problemFaultsOf(response, 401)).toEqual([]);
        expect(response.headers['www-authenticate']).toBe('Bearer');
      }
      expect((await at({ authorization: 'Bearer second' })).status).toBe(200);
      expect((await exchange(closed.url, { path: '/healthz' })).status).toBe(200);
    } finally {
      await closed.stop();
    }
  });

  test('is limited in rate, and says when to come back', async () => {
    const limited = await startServer({ RATE_LIMIT: '2' });
    try {
      const at = (): Promise<Exchange> => exchange(limited.url, { path: '/api/documents' });
      expect([(await at()).status, (await at()).status]).toEqual([200, 200]);
      const response = await at();
      expect(problemFaultsOf(response, 429)).toEqual([]);
      expect(response.json()).toMatchObject({ retryable: true });
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await limited.stop();
    }
  });
});

test('none of this was logged as a bug', () => {
  expect(server.stderr()).not.toContain('unexpected error');
});
