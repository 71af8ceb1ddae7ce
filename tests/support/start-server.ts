import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findScratch, serverEnvironment } from './environment.ts';
import { runCli } from './run-cli.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY = /Concordat is ready at (http:\/\/\S+)/;
const START_TIMEOUT_MS = 50_000;
/** The corpus is embedded at some twenty chunks a second. */
const EMBED_TIMEOUT_MS = 300_000;

/** A server process of its own, with an index of its own that is removed when it stops. */
export interface TestServer {
  readonly url: string;
  readonly pid: number;
  /** Sends a signal without waiting. */
  signal(name: NodeJS.Signals): void;
  /** The exit code, once the process has ended; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Stops the server if it still runs, and removes its index. Gives the exit code. */
  stop(): Promise<number | null>;
  /** What it has written to standard error, its log, so far. */
  stderr(): string;
  /** What it has printed so far. */
  stdout(): string;
}

interface StartOptions {
  readonly user?: number | undefined;
  readonly startTimeoutMs?: number;
}

/** Starts the built server (`dist/main.js`) and waits until it is ready. Fast embeddings unless `settings` say else. */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
  { user, startTimeoutMs = START_TIMEOUT_MS }: StartOptions = {},
): Promise<TestServer> {
  const begun = await beginServer(settings, user);
  const failed = Promise.race([
    begun.exited.then((code) => `ended with ${code}`),
    setTimeout(startTimeoutMs, 'is not ready in time', { ref: false }),
  ]);
  const first = await Promise.race([begun.ready, failed]);
  if (!first.startsWith('http')) {
    await begun.stop();
    throw new Error(`The server ${first}.\n${begun.stdout()}\n${begun.stderr()}`);
  }
  return { ...begun, url: first };
}

/** Settings with which the index is another than that of the shipped corpus. */
const OF_AN_INDEX = ['CORPUS_DIR', 'INDEX_DIR', 'EMBEDDINGS', 'STORE', 'VECTOR_STORE'];
let prepared: Promise<string | undefined> | undefined;

/** The index of the shipped corpus, made once for all servers that a worker of the tests starts. */
function prepareIndex(): Promise<string | undefined> {
  prepared ??= (async () => {
    const scratch = findScratch();
    if (scratch === undefined) return undefined;
    const directory = await mkdtemp(join(scratch, 'index-'));
    const { code, err } = await runCli({ INDEX_DIR: directory }, 'ingest', join(ROOT, 'corpus'));
    if (code !== 0) throw new Error(err);
    return directory;
  })();
  return prepared;
}

/** Starts the built server without waiting for it. `ready` gives its address once it is. */
export async function beginServer(
  settings: Readonly<Record<string, string>> = {},
  user?: number,
): Promise<Omit<TestServer, 'url'> & { readonly ready: Promise<string> }> {
  const directory = await mkdtemp(join(tmpdir(), 'concordat-e2e-'));
  const index = OF_AN_INDEX.some((name) => name in settings) ? undefined : await prepareIndex();
  if (index !== undefined) await cp(index, directory, { recursive: true });
  const child = spawn(process.execPath, [join(ROOT, 'dist/main.js')], {
    // Not the repository: a developer's .env must not reach the server under test.
    cwd: user === undefined ? directory : '/',
    ...(user !== undefined && { uid: user }),
    env: serverEnvironment({
      PORT: '0',
      HOST: '127.0.0.1',
      EMBEDDINGS: 'hashing',
      LOG_LEVEL: 'warn',
      CORPUS_DIR: join(ROOT, 'corpus'),
      INDEX_DIR: directory,
      ...settings,
    }),
  });
  const output = { stdout: '', stderr: '' };
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ready = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
      const address = READY.exec(output.stdout)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    const code = await exited;
    await rm(directory, { recursive: true, force: true });
    return code;
  };
  return {
    ready,
    pid: child.pid ?? 0,
    signal: (name) => void child.kill(name),
    exited,
    stop,
    stderr: () => output.stderr,
    stdout: () => output.stdout,
  };
}

/** Like {@link startServer}, but waits until every chunk has its vector: before that, ranks still change. */
export async function startEmbeddedServer(settings: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const server = await startServer(settings);
  const embedded = async (): Promise<number> => {
    const response = await fetch(`${server.url}/readyz`);
    return ((await response.json()) as { embedded: number }).embedded;
  };
  const deadlineMs = Date.now() + EMBED_TIMEOUT_MS;
  while ((await embedded()) < 1) {
    if (Date.now() > deadlineMs) throw new Error(`Vectors are not ready in time.\n${server.stderr()}`);
    await setTimeout(50);
  }
  return server;
}
