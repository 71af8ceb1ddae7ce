import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/answer-response.ts';
import type { Verification } from '../../src/ask/verify-answer.ts';
import { channelSettings } from '../support/channels/all-channels.ts';
import { createContractClient, type ContractClient } from '../support/contract-client.ts';
import { faultsOf, listOperations, readDescription, schemaFaultsOf } from '../support/openapi-contract.ts';
import { startEmbeddedServer, type TestServer } from '../support/start-server.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";
const QUESTIONS = [
  CHAIR,
  'What does the joint statement on AI of 2026 say about data centres?',
  'How much will Japan invest in India?',
  'Does the commentary say that the Digital Partnership has a classified annex?',
  'डिजिटल साझेदारी 2.0 क्या है?',
  '日印共同声明はAIについて何を述べていますか',
  'இந்தியா–ஜப்பான் டிஜிட்டல் கூட்டாண்மை 2.0 பற்றி ஆவணங்கள் என்ன சொல்கின்றன?',
  'What is the weather in Paris today?',
];

let server: TestServer;
let client: ContractClient;
beforeAll(async () => {
  server = await startEmbeddedServer(channelSettings());
  client = createContractClient(server.url);
});
afterAll(async () => {
  await server.stop();
});

describe('the description', () => {
  test('is served as it stands in docs/openapi.yaml', async () => {
    const response = await client.send({ path: '/openapi.json' });
    expect(faultsOf(response, 'GET /openapi.json')).toEqual([]);
    expect(response.json()).toEqual(readDescription());
  });

  test.each(listOperations())('%s is there, and its path takes no other method', async (operation) => {
    const [method = '', template = ''] = operation.split(' ');
    const path = template.replace('{id}', 'x');
    const described = await client.send({ method, path });
    expect(faultsOf(described, operation)).toEqual([]);
    const other = await client.send({ method: 'PUT', path });
    expect(other.status).toBe(405);
    expect(faultsOf(other, operation)).toEqual([]);
    expect(other.headers['allow']?.split(', ')).toContain(method);
  });

  test.each(['/healthz', '/readyz', '/metrics'])('%s responds as described', async (path) => {
    const response = await client.send({ path });
    expect(response.status).toBe(200);
    expect(faultsOf(response, `GET ${path}`)).toEqual([]);
  });

  test.each([
    '/nothing',
    '/api',
    '/api/nothing',
    '/api/askx',
    '/v2/models',
    '/channels/irc',
    '/page.ts',
    '/../package.json',
  ])('an unknown path (%s) is a 404 problem', async (path) => {
    const response = await client.send({ path });
    expect(response.status).toBe(404);
    expect(response.mediaType).toBe('application/problem+json');
    expect(schemaFaultsOf(response.json(), 'Problem')).toEqual([]);
  });
});

describe('an answer', () => {
  test.each(QUESTIONS)('to “%s” quotes stored text at its offsets, with dense markers', async (question) => {
    const { answer, sentences, citations } = await client.ask({ question });
    for (const { documentId, start, end, quote, uri } of citations) {
      expect((await client.readText(documentId)).slice(start, end)).toBe(quote);
      expect(uri).toBe(`${server.url}/documents/${documentId}#${start}-${end}`);
    }
    const used = [...new Set([...answer.matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, marker]) => Number(marker)))];
    expect(used).toEqual(citations.map((_citation, index) => index + 1));
    expect(citations.map(({ marker }) => marker)).toEqual(used);
    expect([...new Set(sentences.flatMap(({ markers }) => markers))]).toEqual(used);
  });

  test('on the AI Strategy Headquarters cites the brief of Japan’s AI Promotion Act, with its authority', async () => {
    const { outcome, citations } = await client.ask({ question: CHAIR });
    expect(outcome).toBe('answered');
    expect(citations[0]).toMatchObject({
      documentId: 'japan-ai-promotion-act-2025',
      textKind: 'brief',
      authority: 'official',
    });
  });

  test.each(QUESTIONS)('to “%s” asked twice is the same to the byte', async (question) => {
    const [first, second] = [await client.ask({ question }), await client.ask({ question })];
    const lasting = ({ answer, citations, receipt }: AnswerResponse): string =>
      JSON.stringify([answer, citations, receipt.digest]);
    expect(lasting(second)).toBe(lasting(first));
    expect(second.askId).not.toBe(first.askId);
  });

  test('keeps to the filters', async () => {
    const authority = await client.ask({ question: QUESTIONS[1], filters: { authority: ['news'] } });
    expect(authority.citations.filter((citation) => citation.authority !== 'news')).toEqual([]);
    const documentIds = ['hiroshima-ai-process'];
    const document = await client.ask({ question: 'What is the Hiroshima AI Process?', filters: { documentIds } });
    expect(document.citations.length).toBeGreaterThan(0);
    expect(document.citations.filter(({ documentId }) => documentId !== documentIds[0])).toEqual([]);
    const none = await client.ask({ question: CHAIR, filters: { documentIds: ['no-such-document'] } });
    expect(none).toMatchObject({ outcome: 'abstained', reason: 'no-passages', citations: [], sentences: [] });
  });

  test('knows nothing later than asOf', async () => {
    const { citations } = await client.ask({
      question: 'When was the 15th India–Japan annual summit held?',
      asOf: '2025-12-31',
    });
    expect(citations.length).toBeGreaterThan(0);
    expect(citations.filter(({ date }) => date !== null && date > '2025-12-31')).toEqual([]);
    const before = await client.ask({ question: CHAIR, asOf: '1990-01-01' });
    expect(before).toMatchObject({ outcome: 'abstained', citations: [] });
  });

  test('has its trace when asked to explain, and else none', async () => {
    const { trace } = await client.ask({ question: CHAIR, explain: true });
    expect(trace?.stages.map(({ name }) => name)).toContain('retrieve');
    expect(trace?.passages.map(({ rank }) => rank)).toEqual(trace?.passages.map((_passage, index) => index + 1));
    expect(await client.ask({ question: CHAIR })).not.toHaveProperty('trace');
  });

  test.each(['en', 'hi', 'ja', 'ta'])('is framed in the language asked for (%s)', async (language) => {
    expect((await client.ask({ question: CHAIR, language })).language).toBe(language);
  });

  test('takes the language of the question where none is given', async () => {
    const languages = await Promise.all(
      QUESTIONS.slice(4, 7).map(async (question) => (await client.ask({ question })).language),
    );
    expect(languages).toEqual(['hi', 'ja', 'ta']);
  });
});

describe('a saved answer', () => {
  const verify = async (body: object): Promise<Verification> => {
    const response = await client.send({ path: '/api/verify', body });
    expect(faultsOf(response, 'POST /api/verify')).toEqual([]);
    return response.json() as Verification;
  };

  test.each(QUESTIONS)('to “%s” is verified', async (question) => {
    const saved = await client.ask({ question, explain: true });
    expect(await verify(saved)).toMatchObject({ verdict: 'intact', verified: true, findings: [] });
  });

  test('that was rewritten is not', async () => {
    const saved = await client.ask({ question: CHAIR });
    const forged = { ...saved, answer: saved.answer.replace('Prime Minister', 'Emperor') };
    expect(forged.answer).not.toBe(saved.answer);
    expect(await verify(forged)).toMatchObject({ verdict: 'altered', verified: false });
  });

  test('that is none is a fault of the request', async () => {
    const response = await client.send({ path: '/api/verify', body: { question: CHAIR } });
    expect(response.status).toBe(400);
    expect(faultsOf(response, 'POST /api/verify')).toEqual([]);
  });
});
