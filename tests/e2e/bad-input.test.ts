import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, type Exchange, type Outgoing } from '../support/exchange.ts';
import { faultsOf } from '../support/openapi-contract.ts';
import { problemFaultsOf } from '../support/problem-faults.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const LIMIT_BYTES = 64 * 1024;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

const send = (outgoing: Outgoing): Promise<Exchange> => exchange(server.url, outgoing);
const ask = (body: unknown): Promise<Exchange> => send({ path: '/api/ask', body });
const search = (body: unknown): Promise<Exchange> => send({ path: '/api/search', body });

/** Where a 400 says the faults are. */
function pointersOf(response: Exchange): string[] {
  expect(problemFaultsOf(response, 400)).toEqual([]);
  const { errors = [], retryable } = response.json() as { errors?: { pointer: string }[]; retryable: boolean };
  expect(retryable).toBe(false);
  return errors.map(({ pointer }) => pointer);
}

/** A valid body of exactly so many bytes. */
function bodyOf(bytes: number): string {
  const frame = JSON.stringify({ question: '' });
  return JSON.stringify({ question: 'a'.repeat(bytes - frame.length) });
}

describe('a question that is not one', () => {
  test.each<[string, unknown, string]>([
    ['nothing', {}, '/question'],
    ['the empty string', { question: '' }, '/question'],
    ['white space', { question: ' \t\n\u3000' }, '/question'],
    ['2001 characters', { question: 'a'.repeat(2001) }, '/question'],
    ['2001 emoji', { question: '😀'.repeat(2001) }, '/question'],
    ['a NUL', { question: 'who\0ami' }, '/question'],
    ['a number', { question: 1 }, '/question'],
    ['null', { question: null }, '/question'],
    ['a list', { question: ['Who?'] }, '/question'],
    ['an unknown field', { question: 'Who?', qestion: 'Who?' }, '/qestion'],
    ['an unknown field with a slash and a tilde', { question: 'Who?', 'a/b~c': 1 }, '/a~1b~0c'],
    ['an unknown filter', { question: 'Who?', filters: { autority: ['news'] } }, '/filters/autority'],
    [
      'an authority that there is not',
      { question: 'Who?', filters: { authority: ['rumour'] } },
      '/filters/authority/0',
    ],
    ['an empty filter', { question: 'Who?', filters: { kind: [] } }, '/filters/kind'],
    ['a filter that is no list', { question: 'Who?', filters: { kind: 'law' } }, '/filters/kind'],
    ['filters that are a list', { question: 'Who?', filters: [] }, '/filters'],
    [
      'too many filter values',
      { question: 'Who?', filters: { documentIds: Array(1001).fill('x') } },
      '/filters/documentIds',
    ],
    ['a day that there is not', { question: 'Who?', asOf: '2026-02-30' }, '/asOf'],
    ['a month for a day', { question: 'Who?', asOf: '2026-02' }, '/asOf'],
    ['a moment for a day', { question: 'Who?', asOf: '2026-02-01T00:00:00Z' }, '/asOf'],
    ['a language it is not framed in', { question: 'Who?', language: 'fr' }, '/language'],
    ['an empty conversation id', { question: 'Who?', conversationId: '' }, '/conversationId'],
    ['a conversation id of 201 characters', { question: 'Who?', conversationId: 'x'.repeat(201) }, '/conversationId'],
    ['explain as a word', { question: 'Who?', explain: 'yes' }, '/explain'],
  ])('(%s) is a 400 that points at the fault', async (_name, body, pointer) => {
    const response = await ask(body);
    expect(pointersOf(response)).toContain(pointer);
    expect(faultsOf(response, 'POST /api/ask')).toEqual([]);
  });

  test.each([String.raw`{"question":"\ud800"}`, String.raw`{"question":"who \udc00 ami"}`])(
    '(a lone surrogate: %s) is a 400 that points at it',
    async (body) => {
      expect(pointersOf(await ask(body))).toContain('/question');
    },
  );

  test('names every fault at once', async () => {
    const pointers = pointersOf(await ask({ question: '', asOf: 'today', language: 'xx', more: 1 }));
    expect(pointers.toSorted()).toEqual(['/asOf', '/language', '/more', '/question']);
  });

  test.each<[string, string]>([
    ['an empty body', ''],
    ['text', 'Who chairs it?'],
    ['half an object', '{"question": "Who'],
    ['single quotes', "{'question': 'Who?'}"],
    ['a list', '[{"question": "Who?"}]'],
    ['null', 'null'],
    ['a string', '"Who?"'],
    ['a number', '42'],
    ['a byte order mark alone', '\ufeff'],
    ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['deep nesting within', `{"question":"Who?","filters":${'{"kind":'.repeat(5000)}1${'}'.repeat(5000)}}`],
    ['deep nesting, unclosed', '['.repeat(60_000)],
    ['a polluting key', '{"question":"Who?","__proto__":{"explain":true}}'],
    ['another polluting key', '{"question":"Who?","constructor":{"prototype":{}}}'],
  ])('(a body that is %s) is a 400', async (_name, body) => {
    for (const path of ['/api/ask', '/api/search']) {
      expect(problemFaultsOf(await send({ path, body, method: 'POST' }), 400)).toEqual([]);
    }
  });
});

describe('a strange question', () => {
  test.each<[string, string]>([
    ['2000 characters', 'a'.repeat(2000)],
    ['2000 emoji', '😀'.repeat(2000)],
    ['emoji alone', '🤝🇮🇳🇯🇵'],
    ['one character', 'a'],
    ['one Han character', '印'],
    ['stop words alone', 'what is the of and'],
    ['punctuation alone', '?!… — “”'],
    ['markup', '<script>alert(1)</script> ![x](javascript:alert(1)) **AI**'],
    ['a bidirectional override', 'Who chairs \u202eIA napaJ\u202c?'],
    ['combining marks', `Zalgo${'\u0301'.repeat(500)}`],
    ['numbers alone', '2026 10 67,000,000,000.5'],
    ['an injection', `'; DROP TABLE documents; --`],
  ])('(%s) is answered or abstained from', async (_name, question) => {
    const response = await ask({ question });
    expect(response.status).toBe(200);
    expect(faultsOf(response, 'POST /api/ask')).toEqual([]);
  });

  test.each([
    '"',
    '"AI',
    'AI*',
    '*',
    'AI NEAR Japan',
    'NEAR(AI Japan, 2)',
    'NEAR/2',
    'AI AND',
    'OR',
    'NOT AI',
    '-AI',
    '- -',
    'body:AI',
    'title:',
    '{title} : AI',
    '^AI',
    'AI + Japan',
    '(((AI',
    'a" OR "b',
    '%_\\',
  ])('(full-text syntax: %s) is searched as words', async (query) => {
    for (const response of [await search({ query }), await ask({ question: query })]) expect(response.status).toBe(200);
  });
});

describe('a search that is not one', () => {
  test.each<[string, unknown, string]>([
    ['no query', {}, '/query'],
    ['a limit of 0', { query: 'AI', limit: 0 }, '/limit'],
    ['a limit of 101', { query: 'AI', limit: 101 }, '/limit'],
    ['half a passage', { query: 'AI', limit: 1.5 }, '/limit'],
    ['a limit in words', { query: 'AI', limit: '10' }, '/limit'],
    ['a question', { query: 'AI', question: 'AI?' }, '/question'],
    ['a long query', { query: 'a'.repeat(2001) }, '/query'],
    ['a day that there is not', { query: 'AI', asOf: '2026-13-01' }, '/asOf'],
    ['an empty filter value', { query: 'AI', filters: { language: [''] } }, '/filters/language/0'],
  ])('(%s) is a 400 that points at the fault', async (_name, body, pointer) => {
    const response = await search(body);
    expect(pointersOf(response)).toContain(pointer);
    expect(faultsOf(response, 'POST /api/search')).toEqual([]);
  });
});

describe('a body', () => {
  test('of 64 KiB is read, and found to be too long a question', async () => {
    expect(pointersOf(await ask(bodyOf(LIMIT_BYTES)))).toEqual(['/question']);
  });

  test('of one byte more is a 413', async () => {
    const response = await ask(bodyOf(LIMIT_BYTES + 1));
    expect(problemFaultsOf(response, 413)).toEqual([]);
    expect(response.json()).toMatchObject({ retryable: false });
    expect(faultsOf(response, 'POST /api/ask')).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['nothing', { 'content-type': '' }],
    ['no media type', { 'content-type': 'json' }],
    ['JSON in another encoding', { 'content-type': 'application/json; charset=shift_jis' }],
    ['JSON packed in a way the server does not know', { 'content-encoding': 'zstd-x' }],
  ])('declared as %s is a 415', async (_name, headers) => {
    const response = await send({ path: '/api/ask', headers, body: '{"question":"Who?"}' });
    expect(problemFaultsOf(response, 415)).toEqual([]);
    expect(faultsOf(response, 'POST /api/ask')).toEqual([]);
  });

  test('of no declared type is a 415', async () => {
    const response = await fetch(`${server.url}/api/ask`, { method: 'POST', body: new Uint8Array([123, 125]) });
    expect(response.status).toBe(415);
  });

  test('declared as packed that is not is a 400', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const response = await send({ path: '/api/ask', headers, body: '{"question":"Who?"}' });
    expect(problemFaultsOf(response, 400)).toEqual([]);
  });

  test('in UTF-8 may say so, and may be called JSON of a kind', async () => {
    for (const type of ['application/json; charset=UTF-8', 'application/problem+json', 'APPLICATION/JSON']) {
      const response = await send({ path: '/api/search', headers: { 'content-type': type }, body: { query: 'AI' } });
      expect(response.status).toBe(200);
    }
  });
});

test('any JSON at all is a result or a 4xx problem', async () => {
  const questions = fc.record(
    {
      question: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
      query: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
      asOf: fc.oneof(fc.string(), fc.jsonValue()),
      language: fc.oneof(fc.constantFrom('en', 'hi', 'ja', 'ta'), fc.jsonValue()),
      filters: fc.oneof(fc.record({ documentIds: fc.array(fc.string({ unit: 'binary' })) }), fc.jsonValue()),
      limit: fc.oneof(fc.integer(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('ask', 'search'), fc.oneof(questions, fc.jsonValue()), async (verb, body) => {
      const response = await send({ path: `/api/${verb}`, body: JSON.stringify(body) });
      expect(faultsOf(response, `POST /api/${verb}`)).toEqual([]);
      expect(response.status === 200 ? [] : problemFaultsOf(response, 400)).toEqual([]);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});

test('none of this was logged as a bug', () => {
  expect(server.stderr()).not.toContain('unexpected error');
});
