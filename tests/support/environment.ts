import { existsSync } from 'node:fs';

/* oxlint-disable node/no-process-env -- the tests have no config.ts; this is their only reader of the environment */

/** The environment of a server under test: these settings, and nothing of what the developer has set. */
export function serverEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...settings };
}

/** Where Chromium is installed, by `CHROMIUM_PATH` or at the usual place; undefined when it is not. */
export function findChromium(): string | undefined {
  const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  return existsSync(path) ? path : undefined;
}
