import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_TIMEOUT_MS = 120_000;
const EMBED_TIMEOUT_MS = 900_000;

export interface StartedServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the real server on a free port of the loopback address with an index of its own, and waits until all chunks
 * have their vectors. `environment` is what the process inherits.
 */
export async function startServer(environment: NodeJS.ProcessEnv): Promise<StartedServer> {
  const indexDirectory = await mkdtemp(join(tmpdir(), 'concordat-eval-'));
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: ROOT,
    env: { ...environment, HOST: '127.0.0.1', PORT: '0', INDEX_DIR: indexDirectory, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(indexDirectory, { recursive: true, force: true });
  };
  try {
    const url = await readAddress(child);
    await waitUntilEmbedded(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that the server prints once it can answer. */
async function readAddress(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server did not start in time.')), START_TIMEOUT_MS);
    child.stdout?.on('data', (data: Buffer) => {
      output += data.toString();
      const url = /ready at (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The server stopped with code ${code}. Was it built (npm run build)?`));
    });
  });
}

async function waitUntilEmbedded(url: string): Promise<void> {
  const deadline = Date.now() + EMBED_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/readyz`);
    const { embedded } = (await response.json()) as { embedded?: number };
    if (embedded === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('The server did not embed the corpus in time.');
}
