import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/run-cli.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import type { IngestCost } from './measure-ingest.ts';
import { post, readReadiness, searchWhile, timeEach, untilFound, type Latency } from './measure-serving.ts';
import { watchProcess } from './process-cost.ts';
import { megabytesOf, type TreatyFolder } from './treaties.ts';

/** An index of this size is not there in a moment. */
export const START_TIMEOUT_MS = 1_800_000;
/** Questions put to `POST /api/ask`. */
const ASKED = 100;

export interface ServingResult {
  readonly cost: IngestCost;
  /** Searches while the vectors were made. */
  readonly meanwhile: Latency;
  readonly search: Latency;
  readonly ask: Latency;
  readonly unchangedSeconds: number;
  /** From the start of the command until the running server finds the new words. */
  readonly changedSeconds: number;
}

/** A server over an empty index: until it answers, until it has all vectors, how fast it answers then, and changes. */
export async function serveTreaties(
  corpus: TreatyFolder,
  { index, questions }: { index: string; questions: readonly string[] },
): Promise<ServingResult> {
  const settings = { CORPUS_DIR: corpus.folder, INDEX_DIR: index, EMBEDDINGS: 'hashing' };
  const start = performance.now();
  const server = await startServer(settings, { startTimeoutMs: START_TIMEOUT_MS });
  const textSeconds = (performance.now() - start) / 1000;
  const costs = watchProcess(server.pid);
  try {
    const meanwhile = await searchWhile(
      server.url,
      questions,
      async () => (await readReadiness(server.url)).embedded === 1,
    );
    const seconds = (performance.now() - start) / 1000;
    const { cpuSeconds } = costs();
    const { chunks } = await readReadiness(server.url);
    const latencies = await measureAnswers(server, questions);
    const unchangedSeconds = await ingestAgain(settings);
    const changedSeconds = await changeOne(server, { corpus, settings });
    return {
      cost: {
        system: 'concordat',
        corpusMegabytes: corpus.megabytes,
        chunks,
        textSeconds,
        seconds,
        cpuSeconds,
        peakMegabytes: costs().peakMegabytes,
        indexMegabytes: megabytesOf(index),
      },
      meanwhile,
      ...latencies,
      unchangedSeconds,
      changedSeconds,
    };
  } finally {
    costs();
    await server.stop();
  }
}

export async function measureAnswers(
  { url }: TestServer,
  questions: readonly string[],
): Promise<{ search: Latency; ask: Latency }> {
  const step = Math.max(1, Math.floor(questions.length / ASKED));
  const asked = questions.filter((_, i) => i % step === 0);
  return {
    search: await timeEach(questions, (query) => post(url, '/api/search', { query })),
    ask: await timeEach(asked, (question) => post(url, '/api/ask', { question })),
  };
}

async function ingestAgain(settings: Readonly<Record<string, string>>): Promise<number> {
  const start = performance.now();
  const { code, out } = await runCli(settings, 'ingest');
  if (code !== 0 || !out.includes('0 added, 0 changed')) throw new Error(`The corpus was to be unchanged: ${out}`);
  return (performance.now() - start) / 1000;
}

async function changeOne(
  { url }: TestServer,
  { corpus, settings }: { corpus: TreatyFolder; settings: Readonly<Record<string, string>> },
): Promise<number> {
  const file = corpus.files[Math.floor(corpus.files.length / 2)] ?? '';
  appendFileSync(
    join(corpus.folder, file),
    '\n\n### Article Zorblax\n\nThe Parties shall count quorgles every year.\n',
  );
  const start = performance.now();
  const command = runCli(settings, 'ingest');
  await untilFound(url, 'Zorblax quorgles', file.replace(/\.md$/, ''));
  const seconds = (performance.now() - start) / 1000;
  await command;
  return seconds;
}
