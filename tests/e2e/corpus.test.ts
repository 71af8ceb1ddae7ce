import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContractClient, type ContractClient } from '../support/contract-client.ts';
import { faultsOf } from '../support/openapi-contract.ts';
import { startEmbeddedServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
let client: ContractClient;
beforeAll(async () => {
  server = await startEmbeddedServer();
  client = createContractClient(server.url);
});
afterAll(async () => {
  await server.stop();
});

describe('search', () => {
  test.each([1, 3, 100])('gives at most %i passages, ranked 1…n, each at its offsets', async (limit) => {
    const { passages, total } = await client.search({ query: 'AI cooperation', limit });
    expect(passages.length).toBeGreaterThan(0);
    expect(passages.length).toBeLessThanOrEqual(limit);
    expect(total).toBe(passages.length);
    expect(passages.map(({ rank }) => rank)).toEqual(passages.map((_passage, index) => index + 1));
    for (const { documentId, start, end, text } of passages.slice(0, 10)) {
      expect((await client.readText(documentId)).slice(start, end)).toBe(text);
    }
  });

  test('gives 10 when no limit is named', async () => {
    expect((await client.search({ query: 'AI cooperation' })).total).toBe(10);
  });

  test('keeps to filters and asOf', async () => {
    const filters = { authority: ['commentary'], language: ['en'] };
    const { passages } = await client.search({ query: 'metals and energy', filters });
    expect(passages.length).toBeGreaterThan(0);
    expect(passages.filter(({ authority, language }) => authority !== 'commentary' || language !== 'en')).toEqual([]);
    const dated = await client.search({ query: 'annual summit', limit: 100, asOf: '2024-12-31' });
    expect(dated.passages.length).toBeGreaterThan(0);
    expect(dated.passages.filter(({ date }) => date !== null && date > '2024-12-31')).toEqual([]);
  });

  test('explains its ranks when asked to', async () => {
    const explained = await client.search({ query: 'AI cooperation', explain: true });
    expect(explained.passages.filter(({ signals }) => signals === undefined)).toEqual([]);
    const plain = await client.search({ query: 'AI cooperation' });
    expect(plain.passages.filter(({ signals }) => signals !== undefined)).toEqual([]);
  });
});

test('the list of documents agrees with each document and with readiness', async () => {
  const response = await client.send({ path: '/api/documents' });
  expect(faultsOf(response, 'GET /api/documents')).toEqual([]);
  const { documents, total } = response.json() as { documents: { id: string; chunks: number }[]; total: number };
  expect(documents.length).toBe(total);
  for (const summary of documents) {
    const document = await client.send({ path: `/api/documents/${summary.id}` });
    expect(faultsOf(document, 'GET /api/documents/{id}')).toEqual([]);
    const { embedded: _embedded, ...lasting } = summary as { embedded?: number; id: string };
    expect(document.json()).toMatchObject(lasting);
  }
  const chunks = documents.reduce((sum, document) => sum + document.chunks, 0);
  expect((await client.send({ path: '/readyz' })).json()).toMatchObject({ status: 'ready', documents: total, chunks });
});
