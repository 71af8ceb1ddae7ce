import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCrossEncoder } from '../../src/reranker/cross-encoder.ts';
import { createHttpReranker } from '../../src/reranker/http.ts';
import type { Reranker } from '../../src/reranker/reranker.ts';
import { serveReranker, type ServedReranker } from '../support/serve-reranker.ts';
import { whyNoTransformers, writeTinyCrossEncoder } from '../support/tiny-models.ts';

const workerFile = new URL('../../dist/transformers-worker.js', import.meta.url);
const PASSAGES = [
  'wet rice fields',
  'the nuclear agreement was signed in tokyo',
  'trade by ship',
  'an agreement on rice',
];

let server: ServedReranker;
let modelsDirectory: string;
beforeAll(async () => {
  server = await serveReranker();
  modelsDirectory = await mkdtemp(join(tmpdir(), 'concordat-models-'));
  await writeTinyCrossEncoder(join(modelsDirectory, 'tiny'));
});
afterAll(async () => {
  server.close();
  await rm(modelsDirectory, { recursive: true, force: true });
});

const http = (spec: string) => async (): Promise<Reranker> => createHttpReranker({ spec, url: `${server.url}/v1` });
const IMPLEMENTATIONS: readonly { name: string; why?: string | undefined; open: () => Promise<Reranker> }[] = [
  { name: 'cohere', open: http('cohere:rerank-v3.5') },
  { name: 'jina', open: http('jina:jina-reranker-v2-base-multilingual') },
  { name: 'voyage', open: http('voyage:rerank-2.5') },
  { name: 'tei', open: http('tei:bge-reranker-v2-m3') },
  {
    name: 'cross-encoder',
    // Where it is not installed, the unit tests say so.
    why: whyNoTransformers(),
    open: () => openCrossEncoder({ model: 'tiny', workerFile, modelsDirectory, offline: true }),
  },
];

describe.each(IMPLEMENTATIONS.filter(({ why }) => why === undefined))('the $name reranker', ({ open }) => {
  let reranker: Reranker;
  const never = new AbortController().signal;
  beforeAll(async () => {
    reranker = await open();
  });
  afterAll(() => reranker.close());

  test('gives one finite score a passage, in their order, the best to the one that answers', async () => {
    const scores = await reranker.score('nuclear agreement signed', PASSAGES, never);
    expect(scores).toHaveLength(PASSAGES.length);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores.indexOf(Math.max(...scores))).toBe(1);
    expect(scores[3]).toBeGreaterThan(scores[0] ?? 0);
  });

  test('gives a passage the same score alone as among others', async () => {
    const together = await reranker.score('rice trade', PASSAGES, never);
    for (const [i, passage] of PASSAGES.entries()) {
      const [alone] = await reranker.score('rice trade', [passage], never);
      expect(alone).toBeCloseTo(together[i] ?? Number.NaN, 5);
    }
  });

  test('scores nothing for nothing, and reads what is empty or long', async () => {
    expect(await reranker.score('rice', ['', 'rice '.repeat(5000)], never)).toHaveLength(2);
  });

  test('gives up when it is told to', async () => {
    await expect(reranker.score('rice', PASSAGES, AbortSignal.abort(new Error('too late')))).rejects.toThrow(
      'too late',
    );
  });

  test('has an id that names the model', () => {
    expect(reranker.id).toMatch(/^\w+:\S+$/);
  });
});
