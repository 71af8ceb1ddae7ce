import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serverEnvironment } from './environment.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the built terminal door to its end, with fast embeddings unless `settings` say else. */
export function runCli(settings: Readonly<Record<string, string>>, ...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], optionsOf(settings), (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

/** Begins a command, for whoever wants to end it early. */
export function startCli(settings: Readonly<Record<string, string>>, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [CLI, ...args], { ...optionsOf(settings), stdio: ['ignore', 'pipe', 'ignore'] });
}

function optionsOf(settings: Readonly<Record<string, string>>) {
  return { env: serverEnvironment({ EMBEDDINGS: 'hashing', ...settings }), cwd: settings['INDEX_DIR'] ?? '.' };
}

/** What help begins with: it tells where one answer ends in a pipe. */
const HELP = /^Ask in English[^]*?Ctrl-D\)\n/gm;

/** What `chat` prints for each question, each in a conversation of its own. */
export function chatInTerminal(
  settings: Readonly<Record<string, string>>,
  questions: readonly string[],
  ...options: string[]
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [CLI, 'chat', ...options],
      { ...optionsOf(settings), maxBuffer: 2 ** 26 },
      (error, out) => {
        if (error) reject(error);
        else resolve(out.split(HELP).slice(0, -1));
      },
    );
    child.stdin?.end(questions.map((question) => `${question}\n/new\n/help\n`).join(''));
  });
}
