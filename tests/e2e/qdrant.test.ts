import { expect, onTestFinished, test } from 'vitest';
import { createContractClient } from '../support/contract-client.ts';
import { serveQdrant } from '../support/qdrant-server.ts';
import { startEmbeddedServer } from '../support/start-server.ts';

const QUESTION = "Who chairs Japan's AI Strategy Headquarters?";
const KEY = 'the-key-of-the-operator';

test('vectors are searched in Qdrant, follow what is added and deleted, and are done without while it is away', async () => {
  const qdrant = await serveQdrant({ apiKey: 'the-key-of-qdrant' });
  onTestFinished(() => qdrant.close());
  const server = await startEmbeddedServer({
    VECTOR_STORE: `${qdrant.address}/corpus`,
    QDRANT_API_KEY: 'the-key-of-qdrant',
    STORE_TIMEOUT_MS: '2000',
    ADMIN_API_KEY: KEY,
  });
  onTestFinished(async () => void (await server.stop()));
  const client = createContractClient(server.url);
  const headers = { authorization: `Bearer ${KEY}` };
  const searches = () => qdrant.requests.filter(({ path }) => path.endsWith('/points/query')).length;
  const held = qdrant.points('corpus').size;
  expect(held).toBeGreaterThan(100);
  const answer = await client.ask({ question: QUESTION });
  expect(answer.outcome).toBe('answered');
  expect(searches()).toBeGreaterThan(0);

  const body = { id: 'zeppelin', title: 'Zeppelin', text: 'The zeppelin treaty was signed in Kobe.' };
  expect((await client.send({ path: '/api/documents', body, headers })).status).toBe(201);
  await expect.poll(() => qdrant.points('corpus').size, { timeout: 20_000 }).toBe(held + 1);
  expect((await client.send({ path: '/api/documents/zeppelin', method: 'DELETE', headers })).status).toBe(204);
  await expect.poll(() => qdrant.points('corpus').size, { timeout: 20_000 }).toBe(held);

  qdrant.misbehave({ status: 500 });
  const byWords = await client.ask({ question: QUESTION, explain: true });
  expect(byWords.citations.map(({ documentId }) => documentId)).toEqual(
    answer.citations.map(({ documentId }) => documentId),
  );
  expect(JSON.stringify(byWords)).toContain('Qdrant cannot be asked');
  expect((await client.send({ path: '/api/documents', body, headers })).status).toBe(201);
  expect((await client.ask({ question: 'Where was the zeppelin treaty signed?' })).citations[0]?.documentId).toBe(
    'zeppelin',
  );
});
