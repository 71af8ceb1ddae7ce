import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverEnvironment } from '../support/environment.ts';
import { watchProcess, type ProcessCost } from './process-cost.ts';
import { megabytesOf, type TreatyFolder } from './treaties.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One corpus from files to an index on disk. */
export interface IngestCost extends ProcessCost {
  readonly system: 'concordat' | 'langchain';
  readonly corpusMegabytes: number;
  readonly chunks: number;
  /** Until words find it all; LangChain's store has no words. */
  readonly textSeconds: number | null;
  /** Until all vectors are on disk. */
  readonly seconds: number;
  readonly indexMegabytes: number;
}

/** `npm run ingest` into a new index. */
export function ingestByCommand(corpus: TreatyFolder): Promise<IngestCost> {
  return measureCommand('concordat', corpus, (index) => ({
    args: ['dist/cli.js', 'ingest', corpus.folder],
    settings: { EMBEDDINGS: 'hashing', INDEX_DIR: index },
    chunks: /Embedded (\d+)/,
    text: /\d+ added/,
  }));
}

/** LangChain's splitter and vector store as they come, with our embeddings. */
export function ingestByLangchain(corpus: TreatyFolder): Promise<IngestCost> {
  return measureCommand('langchain', corpus, (index) => ({
    args: ['--max-old-space-size=8000', '--import', 'tsx', 'tests/bench/langchain-pipeline.ts', corpus.folder, index],
    settings: {},
    chunks: /(\d+)/,
  }));
}

interface Command {
  readonly args: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  /** What it prints of its chunks, and once words find them. */
  readonly chunks: RegExp;
  readonly text?: RegExp;
}

async function measureCommand(
  system: IngestCost['system'],
  corpus: TreatyFolder,
  commandFor: (index: string) => Command,
): Promise<IngestCost> {
  const index = mkdtempSync(join(tmpdir(), 'concordat-bench-index-'));
  const { args, settings, chunks, text } = commandFor(index);
  const start = performance.now();
  const sinceStart = (): number => (performance.now() - start) / 1000;
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: serverEnvironment({ ...settings }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const costs = watchProcess(child.pid ?? 0);
  let [out, textSeconds]: [string, number | null] = ['', null];
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part;
    if (text?.test(out)) textSeconds ??= sinceStart();
  });
  try {
    const [code] = (await once(child, 'exit')) as [number];
    if (code !== 0) throw new Error(`${system} ended with ${code}.`);
    return {
      system,
      corpusMegabytes: corpus.megabytes,
      chunks: Number(chunks.exec(out)?.[1]),
      textSeconds,
      seconds: sinceStart(),
      ...costs(),
      indexMegabytes: megabytesOf(index),
    };
  } finally {
    costs();
    rmSync(index, { recursive: true, force: true });
  }
}
