import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContractClient, type ContractClient } from '../support/contract-client.ts';
import type { Exchange } from '../support/exchange.ts';
import { faultsOf } from '../support/openapi-contract.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const KEY = 'the-key-of-the-operator';
const BRAZIL = 'What is the capital gains tax rate in Brazil?';

let server: TestServer;
let client: ContractClient;
beforeAll(async () => {
  server = await startServer({ ADMIN_API_KEY: KEY });
  client = createContractClient(server.url);
});
afterAll(async () => {
  await server.stop();
});

describe('what readers tell the operator', () => {
  const list = (path: string, key?: string): Promise<Exchange> =>
    client.send({ path, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });

  test('is kept with the question it is about', async () => {
    const { askId } = await client.ask({ question: "Who chairs Japan's AI Strategy Headquarters?" });
    const rated = await client.send({ path: '/api/feedback', body: { askId, rating: 'down', comment: ' Too short ' } });
    expect(rated.status).toBe(204);
    expect(faultsOf(rated, 'POST /api/feedback')).toEqual([]);
    const listed = await list('/api/admin/feedback', KEY);
    expect(faultsOf(listed, 'GET /api/admin/feedback')).toEqual([]);
    expect(listed.json()).toMatchObject({
      ratings: [{ askId, rating: 'down', comment: 'Too short', question: expect.stringContaining('chairs') as string }],
      total: 1,
    });
  });

  test.each([{}, { askId: 'a' }, { askId: 'a', rating: 'good' }, { askId: 'a', rating: 'up', more: 1 }])(
    'has to be of the form described: %j',
    async (body) => {
      const refused = await client.send({ path: '/api/feedback', body });
      expect(refused.status).toBe(400);
      expect(faultsOf(refused, 'POST /api/feedback')).toEqual([]);
    },
  );

  test('says what was asked and not answered, how often, and not what was answered', async () => {
    for (const question of [BRAZIL, BRAZIL.toUpperCase(), 'When was CEPA signed?']) await client.ask({ question });
    const listed = await list('/api/admin/questions', KEY);
    expect(faultsOf(listed, 'GET /api/admin/questions')).toEqual([]);
    expect(listed.json()).toMatchObject({
      questions: [{ question: 'what is the capital gains tax rate in brazil', times: 2 }],
      total: 1,
    });
  });

  test.each(['/api/admin/feedback', '/api/admin/questions'])('%s needs the key', async (path) => {
    for (const response of [await list(path), await list(path, 'another')]) {
      expect(response.status).toBe(401);
      expect(faultsOf(response, `GET ${path}`)).toEqual([]);
    }
  });
});
