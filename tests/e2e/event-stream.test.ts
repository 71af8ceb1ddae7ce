import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/answer-response.ts';
import { createContractClient, type ContractClient } from '../support/contract-client.ts';
import { parseEvents } from '../support/exchange.ts';
import { faultsOf, schemaFaultsOf } from '../support/openapi-contract.ts';
import { startEmbeddedServer, type TestServer } from '../support/start-server.ts';

type SentenceEvent = AnswerResponse['sentences'][number] & Pick<AnswerResponse, 'citations'>;

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";

let server: TestServer;
let client: ContractClient;
beforeAll(async () => {
  server = await startEmbeddedServer();
  client = createContractClient(server.url);
});
afterAll(async () => {
  await server.stop();
});

describe('an answer as events', () => {
  const accept = { accept: 'text/event-stream' };

  test.each([CHAIR, 'What is the price of a ticket on the Bangalore metro?'])(
    'to “%s” tells stages, verified sentences and, last, the answer',
    async (question) => {
      const response = await client.send({ path: '/api/ask', headers: accept, body: { question } });
      expect(response.status).toBe(200);
      expect(faultsOf(response, 'POST /api/ask')).toEqual([]);
      const events = parseEvents(response.text);
      expect(events.map(({ event }) => event).join(' ')).toMatch(/^stage( stage| sentence)* answer$/);
      const faults = { stage: 'StageEvent', sentence: 'SentenceEvent', answer: 'AskResponse' };
      for (const { event, data } of events) {
        expect(schemaFaultsOf(data, faults[event as keyof typeof faults])).toEqual([]);
      }
      const streamed = events.at(-1)?.data as AnswerResponse;
      const { answer, sentences, citations, receipt } = await client.ask({ question });
      expect(streamed).toMatchObject({ answer, sentences, citations, receipt });
      if (streamed.outcome === 'abstained') return;
      const told = events.filter(({ event }) => event === 'sentence').map(({ data }) => data as SentenceEvent);
      expect(told.map(({ text, markers }) => ({ text, markers }))).toEqual(sentences);
      expect(told.flatMap(({ citations: added }) => added)).toEqual(citations);
    },
  );

  test('end with a problem when the conversation is unknown', async () => {
    const body = { question: CHAIR, conversationId: 'unknown-unknown-unknown' };
    const { status, text } = await client.send({ path: '/api/ask', headers: accept, body });
    const last = parseEvents(text).at(-1);
    expect([status, last?.event]).toEqual([200, 'problem']);
    expect(schemaFaultsOf(last?.data, 'Problem')).toEqual([]);
    expect(last?.data).toMatchObject({ status: 404, retryable: false });
  });

  test('are not begun for a request that is not valid', async () => {
    const response = await client.send({ path: '/api/ask', headers: accept, body: { question: '' } });
    expect([response.status, response.mediaType]).toEqual([400, 'application/problem+json']);
  });

  test.each(['*/*', 'application/json', 'application/json, text/event-stream;q=0.5'])(
    'are not sent to who accepts %s',
    async (preferred) => {
      const response = await client.send({
        path: '/api/ask',
        headers: { accept: preferred },
        body: { question: CHAIR },
      });
      expect(response.mediaType).toBe('application/json');
    },
  );
});
