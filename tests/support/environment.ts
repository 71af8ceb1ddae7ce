import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/* oxlint-disable node/no-process-env -- the tests have no config.ts; this is their only reader of the environment */

/** The environment of a server under test: these settings, and nothing of what the developer has set. */
export function serverEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...settings };
}

/** Names the folder that a run of the tests removes at its end. */
export const SCRATCH = 'CONCORDAT_TEST_SCRATCH';

/** Undefined where no run has made one, as in a benchmark. */
export function findScratch(): string | undefined {
  return process.env[SCRATCH];
}

/** Where Chromium is installed, by `CHROMIUM_PATH` or at the usual place; undefined when it is not. */
export function findChromium(): string | undefined {
  const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  return existsSync(path) ? path : undefined;
}

/** The command of MCP's inspector, by `MCP_INSPECTOR` or where npm puts it; undefined where it is not installed. */
export function findInspector(): string | undefined {
  const path =
    process.env['MCP_INSPECTOR'] ?? fileURLToPath(new URL('../../node_modules/.bin/mcp-inspector', import.meta.url));
  return existsSync(path) ? path : undefined;
}

/** A file of the benchmark sets beside the repository, or in `BENCH_DIR`; undefined where there are none. */
export function findBenchFile(name: string): string | undefined {
  const folder = process.env['BENCH_DIR'] ?? fileURLToPath(new URL('../../../shared/bench', import.meta.url));
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
}

/** A GGUF file of a model that is to generate for real, by `LLM_GGUF`; undefined where none is named. */
export function findGguf(): string | undefined {
  return process.env['LLM_GGUF'];
}
