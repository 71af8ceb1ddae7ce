import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeEmbeddings } from '@langchain/core/utils/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { MAX_DIMENSIONS, type Embeddings } from '../../src/embeddings/embeddings.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { openHuggingFaceEmbeddings } from '../../src/embeddings/huggingface.ts';
import { fromLangchain } from '../../src/embeddings/langchain.ts';
import { createSentenceEmbeddings } from '../../src/embeddings/sentence.ts';
import { cosine } from '../../src/vector-index/cosine.ts';
import { whyNoTransformers, writeTinyEncoder } from '../support/tiny-models.ts';

// The encoder runs in worker threads, which load compiled files.
const workerFile = new URL('../../dist/embeddings/sentence-worker.js', import.meta.url);
if (!existsSync(fileURLToPath(workerFile)))
  throw new Error('Run `npm run build` first: the encoder is tested as built.');

const IMPLEMENTATIONS: readonly { name: string; open: () => Promise<Embeddings> }[] = [
  { name: 'sentence', open: async () => createSentenceEmbeddings({ workerFile, threads: 1 }) },
  { name: 'hashing', open: async () => createHashingEmbeddings() },
  { name: 'langchain', open: () => fromLangchain(new FakeEmbeddings(), 'fake:model') },
  // Where it is not installed, the unit tests say so.
  ...(whyNoTransformers() === undefined ? [{ name: 'huggingface', open: openTiny }] : []),
];

async function openTiny(): Promise<Embeddings> {
  const modelsDirectory = await mkdtemp(join(tmpdir(), 'concordat-models-'));
  await writeTinyEncoder(join(modelsDirectory, 'tiny'));
  const embeddings = await openHuggingFaceEmbeddings({
    model: 'tiny',
    modelsDirectory,
    offline: true,
    workerFile: new URL('../../dist/transformers-worker.js', import.meta.url),
  });
  const close = async (): Promise<void> => {
    await embeddings.close();
    await rm(modelsDirectory, { recursive: true, force: true });
  };
  return { ...embeddings, close };
}

describe.each(IMPLEMENTATIONS)('$name embeddings', ({ open }) => {
  const opened = open();
  afterAll(async () => (await opened).close());

  test('give one vector a text, in order, of the width they declare', async () => {
    const embeddings = await opened;
    const vectors = await embeddings.embedDocuments(['a treaty', '', 'an agreement on trade', '   ']);
    expect(vectors).toHaveLength(4);
    expect(embeddings.dimensions).toBeLessThanOrEqual(MAX_DIMENSIONS);
    for (const vector of vectors) {
      expect(vector).toHaveLength(embeddings.dimensions);
      expect(vector.every(Number.isFinite)).toBe(true);
    }
    expect(await embeddings.embedDocuments([])).toEqual([]);
  });

  test('give the same vector for the same text, as a question and among others', async () => {
    const embeddings = await opened;
    const alone = await embeddings.embedQuery('an agreement on trade');
    const [, among] = await embeddings.embedDocuments([
      'a treaty',
      'an agreement on trade',
      'a much longer text about ships',
    ]);
    expect(cosine(alone, among ?? [])).toBeCloseTo(1, 5);
  });

  test('have an id that names the model', async () => {
    expect((await opened).id).toMatch(/^\w+:\S+$/);
  });
});

describe.each(IMPLEMENTATIONS.slice(0, 2))('$name embeddings', ({ open }) => {
  const opened = open();
  afterAll(async () => (await opened).close());

  test('put a text nearer to one like it than to another', async () => {
    const embeddings = await opened;
    const question = await embeddings.embedQuery('Who signed the nuclear agreement?');
    const [near, far] = await embeddings.embedDocuments([
      'The nuclear agreement was signed by two ministers.',
      'Rice is grown in wet fields.',
    ]);
    expect(cosine(question, near ?? [])).toBeGreaterThan(cosine(question, far ?? []) + 0.1);
  });
});

test('the English encoder says that it covers English only, hashing covers all', async () => {
  const sentence = createSentenceEmbeddings({ workerFile, threads: 1 });
  expect(sentence.covers('Who signed it?')).toBe(true);
  expect(sentence.covers('किसने हस्ताक्षर किए?')).toBe(false);
  expect(createHashingEmbeddings().covers('किसने हस्ताक्षर किए?')).toBe(true);
  await sentence.close();
});
