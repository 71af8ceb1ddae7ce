import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createContractClient } from '../support/contract-client.ts';
import { temporaryFolder } from '../support/documents.ts';
import { serveReranker } from '../support/serve-reranker.ts';
import { startEmbeddedServer } from '../support/start-server.ts';
import { whyNoTransformers, writeTinyCrossEncoder, writeTinyEncoder } from '../support/tiny-models.ts';

async function start(settings: Readonly<Record<string, string>>) {
  const server = await startEmbeddedServer(settings);
  onTestFinished(async () => void (await server.stop()));
  return { server, client: createContractClient(server.url) };
}

test('a reranker orders what is found and says so; when it fails, the answer comes in the order of the search', async () => {
  const reranker = await serveReranker();
  onTestFinished(() => reranker.close());
  const settings = { RERANKER: 'cohere:rerank-v3.5', RERANKER_URL: reranker.url, RERANKER_API_KEY: 'secret-key' };
  const { server, client } = await start(settings);
  const question = { question: 'When was the civil nuclear agreement signed?', explain: true };

  const { trace } = await client.ask(question);
  const scores = (trace?.passages ?? []).slice(0, 20).map(({ rerank }) => rerank ?? Number.NaN);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(trace?.notices).toEqual([]);
  expect(reranker.requests[0]?.authorization).toBe('Bearer secret-key');

  reranker.misbehave({ status: 503 });
  const fallen = await client.ask(question);
  expect(fallen.outcome).toBe('answered');
  expect(fallen.trace?.notices).toEqual([expect.stringContaining('cohere answered 503')]);
  const fused = (fallen.trace?.passages ?? []).map((passage) => passage.fused);
  expect(fused).toEqual(fused.toSorted((a, b) => b - a));
  expect(server.stderr()).toContain('cohere answered 503');
  expect(server.stderr()).not.toContain('secret-key');
});

const missing = whyNoTransformers();
test.skipIf(missing)(
  `embeddings and a cross-encoder from local folders serve a whole question, offline ${missing ?? ''}`,
  async () => {
    const models = await temporaryFolder();
    const encoder = await writeTinyEncoder(join(models, 'multilingual-e5-tiny'));
    const reranker = await writeTinyCrossEncoder(join(models, 'reranker'));
    const { client } = await start({
      EMBEDDINGS: `huggingface:${encoder}`,
      RERANKER: `huggingface:${reranker}`,
      OFFLINE: 'true',
    });
    const { outcome, trace } = await client.ask({ question: 'Who signed the nuclear agreement?', explain: true });
    expect(outcome).toBe('answered');
    expect(trace?.notices).toEqual([]);
    expect(trace?.passages[0]?.rerank).toBeGreaterThan(0);
    expect(trace?.passages.some(({ cosine }) => cosine !== undefined)).toBe(true);
  },
);
