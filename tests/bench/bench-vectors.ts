import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { questionTexts } from '../support/corpus-questions.ts';

import { documentFrom } from '../support/documents.ts';
import { openSentenceEncoder } from '../support/sentence-encoder.ts';
import { measureExactPath } from './exact-path.ts';
import { measureVectors, readArticles, type VectorsResult } from './vectors.ts';

type Embed = (text: string) => Promise<number[]> | number[];

/** The vector index against the exact one on articles of agreements and on the shipped corpus. */
export async function benchVectors(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      embeddings: { type: 'string', default: 'hashing' },
      limit: { type: 'string', default: '50000' },
      json: { type: 'string', default: 'tests/bench/out/vectors.json' },
    },
  });
  const { data, embeddings, limit, json } = values;
  if (data === undefined) throw new Error('--data DIR is missing.');
  const embed = await openEmbed(embeddings);
  const articles = readArticles(resolve(data), Number(limit));
  const corpus = { texts: readCorpusChunks(), questions: questionTexts() };
  const results: Record<string, VectorsResult> = {};
  for (const [name, { texts, questions }] of Object.entries({ corpus, articles })) {
    results[name] = await measureVectors(await embedAll(texts, embed), await embedQueries(questions, embed));
    process.stdout.write(render(`${name} ${embeddings}`, results[name]));
  }
  const exactPath = await measureExactPath(results['articles']?.dimensions ?? 0);
  process.stdout.write(`exact path: ${exactPath.microsecondsPerVector.toFixed(1)} µs a vector read and compared\n`);
  mkdirSync(dirname(resolve(json)), { recursive: true });
  writeFileSync(json, `${JSON.stringify({ ...results, exactPath }, null, 2)}\n`);
}

async function openEmbed(name: string): Promise<Embed> {
  if (name === 'hashing') {
    const hashing = createHashingEmbeddings();
    return (text) => hashing.embedQuery(text);
  }
  const { encode } = await openSentenceEncoder();
  return (text) => Array.from(encode(text));
}

function readCorpusChunks(): string[] {
  const folder = new URL('../../corpus/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'SOURCES.md');
  return files.flatMap((file) =>
    chunkDocument(documentFrom(readFileSync(new URL(file, folder), 'utf8'), file)).map(
      ({ context, text }) => `${context}\n${text}`,
    ),
  );
}

async function embedAll(texts: readonly string[], embed: Embed): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push(Float32Array.from(await embed(text)));
  return vectors;
}

async function embedQueries(texts: readonly string[], embed: Embed): Promise<number[][]> {
  const vectors: number[][] = [];
  for (const text of texts) vectors.push(await embed(text));
  return vectors;
}

function render(name: string, result: VectorsResult): string {
  const { queriesPerSecond: qps } = result;
  return [
    `${name}: ${result.vectors} vectors of ${result.dimensions}, ${result.queries} questions, ef ${result.ef}`,
    `  built in ${result.buildSeconds.toFixed(0)} s, ${result.bytesPerVector.toFixed(0)} bytes a vector`,
    `  recall@10 ${result.recall10.toFixed(4)}, p50 ${result.p50Ms.toFixed(2)} ms, exact in memory ${result.exactP50Ms.toFixed(2)} ms`,
    `  ${qps.ours.toFixed(0)} searches a second, bare hnswlib-node ${qps.bare.toFixed(0)}: ${(qps.ours / qps.bare).toFixed(2)}`,
    ...result.filters.map(
      ({ share, allowed, recall10, p50Ms }) =>
        `  filter ${(100 * share).toFixed(1)} % (${allowed}): recall@10 ${recall10.toFixed(3)}, p50 ${p50Ms.toFixed(2)} ms`,
    ),
    '',
  ].join('\n');
}
