import { expect, test } from 'vitest';
import { createContractClient } from '../support/contract-client.ts';
import { serveCollector } from '../support/collector.ts';
import { exchange } from '../support/exchange.ts';
import { tokenOf, type Asked, type Reply } from '../support/open-provider.ts';
import { serveProvider } from '../support/provider-server.ts';
import { startServer } from '../support/start-server.ts';

const QUESTION = 'When did the India–Japan civil nuclear agreement enter into force?';

/** The first passage's first sentence, as a claim of itself. */
function firstClaim(asked: Asked): string {
  const token = tokenOf(asked);
  const passage = asked.user.split('</passage>')[0]?.split('\n').slice(3).join('\n') ?? '';
  const quote = /[A-Z][^.|*\n]{30,}\./.exec(passage)?.[0] ?? passage.slice(0, 60);
  return JSON.stringify({ text: quote, quotes: [{ token, quote }] });
}

async function serve(reply: (asked: Asked, count: number) => Reply, settings: Record<string, string> = {}) {
  const provider = await serveProvider('openaiChat', reply);
  const server = await startServer({
    LLM: 'openai:some-model',
    LLM_BASE_URL: `${provider.url}/v1`,
    LLM_RETRIES: '0',
    LLM_INPUT_PRICE: '1',
    ...settings,
  });
  return { provider, server, client: createContractClient(server.url) };
}

test('an answer of a model is cited, counted and described by the contract', async () => {
  const reply = (asked: Asked): Reply => ({
    parts: [`{"claims": [${firstClaim(asked)}], "completeness": "partial"}`],
  });
  const { server, client } = await serve(reply, { LOG_LEVEL: 'info' });
  const answer = await client.ask({ question: QUESTION, explain: true });
  expect(answer).toMatchObject({
    outcome: 'answered',
    completeness: 'partial',
    receipt: { chatModel: 'openai:some-model' },
  });
  expect(Object.keys(answer.receipt.promptDigests).toSorted()).toEqual(['answer', 'repair']);
  expect(answer.trace?.model?.calls).toMatchObject([{ step: 'answer', inputTokens: 100, costUsd: 0.0001 }]);
  for (const { documentId, start, end, quote } of answer.citations) {
    expect((await client.readText(documentId)).slice(start, end)).toBe(quote);
  }
  const metrics = (await exchange(server.url, { path: '/metrics' })).text;
  expect(metrics).toContain('concordat_model_tokens_total{step="answer",direction="input"} 100');
  expect(metrics).toContain('concordat_model_cost_usd_total{step="answer"} 0.0001');
  await server.stop();
  const lines = server
    .stderr()
    .split('\n')
    .filter((line) => line.includes('"msg":"answered"'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      askId: answer.askId,
      completeness: 'partial',
      model: { calls: [{ step: 'answer', inputTokens: 100, outputTokens: expect.any(Number), costUsd: 0.0001 }] },
    },
  ]);
});

test('that an answer is one to a part of the question, every door says in words, once', async () => {
  const { server, client } = await serve((asked) => ({
    parts: [`{"claims": [${firstClaim(asked)}], "completeness": "partial"}`],
  }));
  const partial = 'This answers a part of the question.';
  const completion = await client.send({
    path: '/v1/chat/completions',
    body: { model: 'concordat', messages: [{ role: 'user', content: QUESTION }] },
  });
  expect(completion.json()).toMatchObject({ choices: [{ message: { content: expect.stringContaining(partial) } }] });
  expect(completion.text.split(partial)).toHaveLength(2);
  const tool = await exchange(server.url, {
    method: 'POST',
    path: '/mcp',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'ask', arguments: { question: QUESTION } },
    }),
  });
  expect(tool.text).toContain(partial);
  await server.stop();
});

test('a verified sentence reaches the reader while the model still writes, and a reader who leaves ends its request', async () => {
  const { provider, server } = await serve((asked) => ({ parts: [`{"claims": [${firstClaim(asked)},`], hang: true }));
  const gone = new AbortController();
  const response = await fetch(`${server.url}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ question: QUESTION }),
    signal: gone.signal,
  });
  let text = '';
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (text.includes('event: sentence')) break;
  }
  expect(text).not.toContain('event: answer');
  gone.abort();
  await provider.left;
  await server.stop();
});

test('spans of a question go to the collector, in the trace of its request, without its words', async () => {
  const collector = await serveCollector();
  const { server } = await serve(
    (asked) => ({ parts: [`{"claims": [${firstClaim(asked)}], "completeness": "full"}`] }),
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      LOG_LEVEL: 'info',
    },
  );
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const response = await fetch(`${server.url}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    body: JSON.stringify({ question: QUESTION }),
  });
  expect(response.status).toBe(200);
  await server.stop();
  const asked = collector.spans().filter((span) => span.traceId === traceId);
  expect(asked.map(({ name }) => name)).toEqual(expect.arrayContaining(['ask', 'retrieve', 'ground', 'chat answer']));
  const call = asked.find(({ name }) => name === 'chat answer');
  expect(call?.attributes).toContainEqual({ key: 'gen_ai.usage.input_tokens', value: { intValue: 100 } });
  expect(call?.attributes).toContainEqual({ key: 'concordat.cost_usd', value: { doubleValue: 0.0001 } });
  expect(`${collector.text()}${server.stderr()}`).not.toContain('civil nuclear');
});

test('questions and answers are in the log where that is asked for', async () => {
  const { server, client } = await serve(() => ({ parts: ['{"claims": [], "completeness": "none"}'] }), {
    LOG_LEVEL: 'info',
    LOG_CONTENT: 'true',
  });
  await client.ask({ question: QUESTION });
  await server.stop();
  expect(server.stderr()).toContain(QUESTION);
});

test('a model that is down is a problem that may be tried again, or an answer of quotes alone that says so', async () => {
  const down = await serve(() => ({ status: 500 }));
  const problem = await down.client.send({ path: '/api/ask', body: { question: QUESTION } });
  expect(problem).toMatchObject({ status: 502, mediaType: 'application/problem+json' });
  expect(problem.json()).toMatchObject({ retryable: true });
  await down.server.stop();

  const { server, client } = await serve(() => ({ status: 500 }), { LLM_FALLBACK: 'extractive' });
  const answer = await client.ask({ question: QUESTION, explain: true });
  expect(answer.outcome).toBe('answered');
  expect(answer.answer).toMatch(/^The language model could not be reached; this answer is made of quotes alone\.\n\n/);
  expect(answer.trace?.model?.fallback).toContain('did not give an answer');
  await server.stop();
});
