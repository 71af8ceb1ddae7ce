import { expect, onTestFinished, test } from 'vitest';
import { createHttpReranker } from '../../../src/reranker/http.ts';
import { serveReranker } from '../../support/serve-reranker.ts';

const never = new AbortController().signal;

async function serve() {
  const server = await serveReranker();
  onTestFinished(() => server.close());
  return server;
}

test('a provider is asked in its own shape, with its key', async () => {
  const { url, requests } = await serve();
  const cohere = createHttpReranker({ spec: 'cohere:rerank-v3.5', url: `${url}/v2/`, apiKey: 'key' });
  await cohere.score('rice', ['a', 'b'], never);
  const tei = createHttpReranker({ spec: 'tei:any', url });
  await tei.score('rice', ['a', 'b'], never);
  expect(requests).toEqual([
    {
      path: '/v2/rerank',
      authorization: 'Bearer key',
      body: { model: 'rerank-v3.5', query: 'rice', documents: ['a', 'b'] },
    },
    { path: '/rerank', authorization: undefined, body: { query: 'rice', texts: ['a', 'b'], truncate: true } },
  ]);
});

test('an answer that is refused or lacks a passage is an error that tells neither key nor text', async () => {
  const server = await serve();
  const { url } = server;
  const jina = createHttpReranker({ spec: 'jina:m', url, apiKey: 'secret' });
  server.misbehave({ status: 401 });
  await expect(jina.score('rice', ['a'], never)).rejects.toThrow(/^jina answered 401$/);
  server.misbehave({ forget: true });
  await expect(jina.score('rice', ['rice', 'b'], never)).rejects.toThrow('passage 2 of 2 came back without a score');
});

test.each(['magic', 'cohere:', ':m', 'nobody:m'])('RERANKER=%s is refused with what it can be', (spec) => {
  expect(() => createHttpReranker({ spec })).toThrow(/can be lexical, huggingface:MODEL, cohere:MODEL/);
});

test('a server of one model needs its address', () => {
  expect(() => createHttpReranker({ spec: 'tei:any' })).toThrow('RERANKER_URL');
});
