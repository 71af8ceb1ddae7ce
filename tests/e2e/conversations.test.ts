import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContractClient, type ContractClient } from '../support/contract-client.ts';
import type { Outgoing } from '../support/exchange.ts';
import { faultsOf } from '../support/openapi-contract.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";

let server: TestServer;
let client: ContractClient;
beforeAll(async () => {
  server = await startServer();
  client = createContractClient(server.url);
});
afterAll(async () => {
  await server.stop();
});

describe('a conversation', () => {
  const at = (id: string, token?: string): Outgoing => ({
    path: `/api/conversations/${id}`,
    headers: token === undefined ? {} : { 'x-conversation-token': token },
  });

  test('continues by its id, is read and deleted with its token, and then is gone', async () => {
    const first = await client.ask({ question: CHAIR });
    const { conversationId, conversationToken = '' } = first;
    const second = await client.ask({ question: 'What does the Act say about fines?', conversationId });
    expect(second.conversationId).toBe(conversationId);
    expect(second).not.toHaveProperty('conversationToken');

    const read = await client.send(at(conversationId, conversationToken));
    expect(faultsOf(read, 'GET /api/conversations/{id}')).toEqual([]);
    const { turns } = read.json() as { turns: { question: string; answer: string }[] };
    expect(turns.map(({ answer }) => answer)).toEqual([first.answer, second.answer]);

    const gone = await client.send({ ...at(conversationId, conversationToken), method: 'DELETE' });
    expect(gone.status).toBe(204);
    expect(faultsOf(gone, 'DELETE /api/conversations/{id}')).toEqual([]);
    expect((await client.send(at(conversationId, conversationToken))).status).toBe(404);
    const continued = await client.send({ path: '/api/ask', body: { question: CHAIR, conversationId } });
    expect(continued.status).toBe(404);
    expect(faultsOf(continued, 'POST /api/ask')).toEqual([]);
  });

  test.each(['GET', 'DELETE'])('%s needs its own token', async (method) => {
    const operation = `${method} /api/conversations/{id}`;
    const { conversationId } = await client.ask({ question: CHAIR });
    const { conversationToken: another } = await client.ask({ question: CHAIR });
    const responses = [
      await client.send({ ...at(conversationId), method }),
      await client.send({ ...at(conversationId, 'wrong'), method }),
      await client.send({ ...at(conversationId, another), method }),
      await client.send({ ...at('unknown', another), method }),
    ];
    expect(responses.map(({ status }) => status)).toEqual([401, 403, 403, 404]);
    expect(responses.flatMap((response) => faultsOf(response, operation))).toEqual([]);
  });

  test('has an id and a token that cannot be guessed', async () => {
    const { conversationId, conversationToken = '' } = await client.ask({ question: CHAIR });
    const bits = [conversationId, conversationToken].map((text) => Buffer.from(text, 'base64url').length * 8);
    expect(Math.min(...bits)).toBeGreaterThanOrEqual(128);
  });
});
