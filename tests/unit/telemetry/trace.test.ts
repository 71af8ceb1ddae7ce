import { beforeEach, expect, test, vi } from 'vitest';
import { ask, type AskDependencies, type AskOptions } from '../../../src/ask/ask.ts';
import type { Question } from '../../../src/domain.ts';
import { openTracer } from '../../../src/telemetry/trace.ts';
import { serveCollector } from '../../support/collector.ts';
import { storeWith } from '../../support/documents.ts';
import { passagesFrom } from '../../support/passages.ts';
import { createScriptedModel } from '../../support/scripted-model.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

const QUESTION: Question = { text: 'How many experts come to Japan?', language: 'en', filters: {} };
const PASSAGES = passagesFrom('The leaders invite 500 experts to Japan by 2030.');
const CALL = { step: 'answer', inputTokens: 90, outputTokens: 10, costUsd: 0.5, durationMs: 5, firstTokenMs: 2 };
const OPTIONS: AskOptions = { publicUrl: 'http://127.0.0.1:1', signal: new AbortController().signal };

const notices: string[] = [];
beforeEach(() => void notices.splice(0));

async function askTraced(
  endpoint: string,
  { content = false, question = QUESTION, options = OPTIONS, call = CALL } = {},
): Promise<void> {
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint);
  const { conversations } = await storeWith();
  const deps: AskDependencies = {
    conversations,
    vocabulary: evenVocabulary,
    chatModel: createScriptedModel(() => [
      {
        type: 'claim',
        claim: {
          text: 'The leaders invite 500 experts.',
          quotes: [{ passage: 1, quote: 'The leaders invite 500 experts' }],
        },
      },
      { type: 'call', call },
      { type: 'completeness', completeness: 'full' },
    ]),
    retriever: { retrieve: async () => PASSAGES },
    describeIndex: async () => ({ indexDigest: 'i', embeddings: 'e' }),
  };
  const onNotice = (notice: string): void => void notices.push(notice);
  const tracer = await openTracer({ serviceName: 'concordat-test', model: 'openai:some-model', content, onNotice });
  try {
    await tracer.trace(question, options, (traced) => ask(question, deps, traced));
  } finally {
    await tracer.close();
    vi.unstubAllEnvs();
  }
}

test('a question is one span, its stages are within it, and requests to a model within their stage', async () => {
  const { url, requests, spans, text } = await serveCollector();
  await askTraced(url);
  expect(requests[0]).toMatchObject({ path: '/v1/traces', type: 'application/json' });
  expect(text()).toContain('"stringValue":"concordat-test"');
  const whole = spans().find(({ name }) => name === 'ask');
  const ground = spans().find(({ name }) => name === 'ground');
  const call = spans().find(({ name }) => name === 'chat answer');
  const stages = spans().filter(({ parentSpanId }) => parentSpanId === whole?.spanId);
  expect(stages.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['recall', 'rewrite', 'retrieve', 'select', 'ground', 'suggest', 'compose', 'remember']),
  );
  expect(call?.parentSpanId).toBe(ground?.spanId);
  expect(BigInt(call?.endTimeUnixNano ?? 0) - BigInt(call?.startTimeUnixNano ?? 0)).toBe(5_000_000n);
  expect(call?.attributes).toContainEqual({ key: 'gen_ai.usage.input_tokens', value: { intValue: 90 } });
  expect(call?.attributes).toContainEqual({ key: 'gen_ai.request.model', value: { stringValue: 'some-model' } });
  expect(whole?.attributes).toContainEqual({ key: 'concordat.outcome', value: { stringValue: 'answered' } });
});

test('a question joins the trace of the request that brought it', async () => {
  const { url, spans } = await serveCollector();
  const traceParent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  await askTraced(url, { options: { ...OPTIONS, traceParent } });
  expect(new Set(spans().map(({ traceId }) => traceId))).toEqual(new Set(['4bf92f3577b34da6a3ce929d0e0e4736']));
  expect(spans().find(({ name }) => name === 'ask')?.parentSpanId).toBe('00f067aa0ba902b7');
});

test.each(['', 'nonsense', '00-00000000000000000000000000000000-00f067aa0ba902b7-01'])(
  'with the traceparent %j it is a trace of its own',
  async (traceParent) => {
    const { url, spans } = await serveCollector();
    await askTraced(url, { options: { ...OPTIONS, traceParent } });
    expect(spans().find(({ name }) => name === 'ask')?.parentSpanId ?? '').toBe('');
  },
);

test('what is asked and answered is told only where it may be', async () => {
  const { url, text } = await serveCollector();
  await askTraced(url);
  expect(text()).not.toMatch(/experts/);
  await askTraced(url, { content: true });
  expect(text()).toContain('How many experts come to Japan?');
  expect(text()).toContain('The leaders invite 500 experts. [1]');
});

test('what failed is told as such: a request to a model by its status, a question by its problem', async () => {
  const { url, spans } = await serveCollector();
  await askTraced(url, { call: { ...CALL, error: '429' } as typeof CALL });
  const call = spans().find(({ name }) => name === 'chat answer');
  expect(call?.attributes).toContainEqual({ key: 'error.type', value: { stringValue: '429' } });
  await expect(askTraced(url, { question: { ...QUESTION, conversationId: 'unknown' } })).rejects.toThrow(/no such/);
  expect(spans().filter(({ name }) => name === 'ask')[1]?.status).toEqual({
    code: 2,
    message: 'There is no such conversation.',
  });
});

test('a collector that is not there costs no answer, and is told of once', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '300');
  await expect(askTraced('http://127.0.0.1:9')).resolves.toBeUndefined();
  await vi.waitFor(() => expect(notices).toEqual([expect.stringContaining('Traces cannot be sent')]), 10_000);
});
