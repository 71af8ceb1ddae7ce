import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createSqliteCorpusStore } from '../../src/corpus-store/sqlite-corpus-store.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { openSqlite } from '../../src/sqlite.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { readReadiness, searchWhile, type Latency } from './measure-serving.ts';
import { measureAnswers, START_TIMEOUT_MS } from './serve-treaties.ts';
import type { TreatyFolder } from './treaties.ts';

const MODEL = { id: 'sentence:use-lite-en@0.2.0', dimensions: 512 };

export interface EncoderResult {
  readonly chunks: number;
  /** Chunks a second, and searches meanwhile. */
  readonly rate: number;
  readonly meanwhile: Latency;
  /** Vectors that were there after a kill -9 and a new start, beside those before. */
  readonly resumed: { readonly before: number; readonly after: number };
  /** With every vector there; of those that time did not suffice for, one of spelling stands in, which takes as long to compare. */
  readonly complete: { readonly standIns: number; readonly search: Latency; readonly ask: Latency };
}

/**
 * The same texts under the sentence encoder: its rate, that it resumes, and how fast it answers once all is embedded. A
 * folder `encoderIndex` is kept between runs, and embedded to its end.
 */
export async function serveWithEncoder(
  database: string,
  { corpus, questions, forSeconds, encoderIndex }: EncoderOptions,
): Promise<EncoderResult> {
  const index = encoderIndex ?? mkdtempSync(join(tmpdir(), 'concordat-bench-encoder-'));
  if (!existsSync(join(index, 'concordat.db'))) cpSync(database, join(index, 'concordat.db'));
  const settings = { CORPUS_DIR: corpus.folder, INDEX_DIR: index, EMBEDDINGS: 'sentence' };
  const open = (): Promise<TestServer> => startServer(settings, { startTimeoutMs: START_TIMEOUT_MS });
  try {
    const first = await open();
    const { rate, meanwhile, chunks } = await measureRate(first.url, { questions, forSeconds });
    const before = await countVectors(first.url);
    first.signal('SIGKILL');
    await first.exited;
    const second = await open();
    const after = await countVectors(second.url);
    if (encoderIndex !== undefined) await untilEmbedded(second);
    await second.stop();
    const standIns = await fillVectors(index);
    const third = await open();
    await untilEmbedded(third);
    const complete = { standIns, ...(await measureAnswers(third, questions)) };
    await third.stop();
    return { chunks, rate, meanwhile, resumed: { before, after }, complete };
  } finally {
    if (encoderIndex === undefined) rmSync(index, { recursive: true, force: true });
  }
}

export interface EncoderOptions {
  readonly corpus: TreatyFolder;
  readonly questions: readonly string[];
  readonly forSeconds: number;
  /** Kept, and gone on with: to embed everything takes a quarter of an hour. */
  readonly encoderIndex?: string | undefined;
}

async function measureRate(
  url: string,
  { questions, forSeconds }: { questions: readonly string[]; forSeconds: number },
): Promise<{ rate: number; meanwhile: Latency; chunks: number }> {
  const [before, start] = [await countVectors(url), performance.now()];
  const elapsed = (): number => (performance.now() - start) / 1000;
  const meanwhile = await searchWhile(url, questions, async () => elapsed() > forSeconds);
  const rate = ((await countVectors(url)) - before) / elapsed();
  return { rate, meanwhile, chunks: (await readReadiness(url)).chunks };
}

async function countVectors(url: string): Promise<number> {
  const { chunks, embedded } = await readReadiness(url);
  return Math.round(chunks * embedded);
}

async function untilEmbedded({ url }: TestServer): Promise<void> {
  while ((await readReadiness(url)).embedded < 1) await setTimeout(1000);
}

/** Gives the chunks that lack a vector one of their spelling, folded to the width of the encoder. Returns how many. */
async function fillVectors(index: string): Promise<number> {
  const sqlite = openSqlite(join(index, 'concordat.db'));
  const store = createSqliteCorpusStore(sqlite);
  const hashing = createHashingEmbeddings();
  let filled = 0;
  for (;;) {
    const pending = await store.listPending(MODEL.id, 4096);
    if (pending.length === 0) break;
    const vectors: { digest: string; vector: number[] }[] = [];
    for (const { digest, text } of pending) vectors.push({ digest, vector: fold(await hashing.embedQuery(text)) });
    await store.saveVectors(MODEL.id, vectors);
    filled += vectors.length;
  }
  sqlite.close();
  return filled;
}

function fold(vector: readonly number[]): number[] {
  return Array.from({ length: MODEL.dimensions }, (_, i) => (vector[i] ?? 0) + (vector[i + MODEL.dimensions] ?? 0));
}
