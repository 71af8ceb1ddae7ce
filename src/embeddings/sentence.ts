import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Embeddings } from './embeddings.ts';
import { isMostlyLatin } from '../language/is-mostly-latin.ts';

const DIMENSIONS = 512;
/** Texts a task: enough to share a call, few enough to keep every thread busy to the end. */
const BATCH = 4;
/** The encoder reads 128 tokens: never more than this. */
const LONGEST_TEXT = 2000;

export interface SentenceOptions {
  /** The compiled `sentence-worker`. */
  readonly workerFile: URL;
  readonly threads?: number | undefined;
}

/**
 * The English sentence encoder that npm ships (Universal Sentence Encoder lite, 512-d), in worker threads
 * so that the event loop stays free. Loads on first use.
 */
export function createSentenceEmbeddings({ workerFile, threads }: SentenceOptions): Embeddings {
  const filename = workerFile.href;
  const bulkThreads = threads ?? availableParallelism();
  // A question never queues behind an ingest: it has a thread of its own, which stays loaded.
  const questions = new Piscina({ filename, minThreads: 1, maxThreads: 1 });
  const bulk = new Piscina({ filename, minThreads: 0, maxThreads: bulkThreads, idleTimeout: 5000 });
  return {
    id: 'sentence:use-lite-en@0.2.0',
    dimensions: DIMENSIONS,
    covers: isMostlyLatin,
    embedQuery: async (text) => (await encode([text], questions))[0] ?? [],
    embedDocuments: (texts) => encode(texts, bulk),
    async close() {
      await Promise.all([questions.destroy(), bulk.destroy()]);
    },
  };
}

/** Texts that the encoder cannot read (blank ones and other scripts) get a zero vector at no cost. */
async function encode(texts: readonly string[], pool: Piscina): Promise<number[][]> {
  const vectors = texts.map((): number[] => Array.from({ length: DIMENSIONS }, () => 0));
  const spoken = texts.flatMap((text, at) => (isMostlyLatin(text) ? [{ at, text: text.slice(0, LONGEST_TEXT) }] : []));
  const batches = Array.from({ length: Math.ceil(spoken.length / BATCH) }, (_, i) =>
    spoken.slice(i * BATCH, (i + 1) * BATCH),
  );
  await Promise.all(
    batches.map(async (batch) => {
      const encoded = (await pool.run(batch.map(({ text }) => text))) as Float32Array[];
      for (const [i, { at }] of batch.entries()) vectors[at] = Array.from(encoded[i] ?? []);
    }),
  );
  return vectors;
}
