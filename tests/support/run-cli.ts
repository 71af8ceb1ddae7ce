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
  return spawn(process.execPath, [CLI, ...args], { ...optionsOf(settings), stdio: 'ignore' });
}

function optionsOf(settings: Readonly<Record<string, string>>) {
  return { env: serverEnvironment({ EMBEDDINGS: 'hashing', ...settings }), cwd: settings['INDEX_DIR'] ?? '.' };
}
