import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SCRIPT = `
  import { createRequire } from 'node:module';
  await import('./src/assistant.ts');
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  const holds = (name) => loaded.some((file) => file.includes('/node_modules/' + name + '/'));
  process.stdout.write(['better-sqlite3', 'pg', 'kysely'].filter(holds).join());`;

test('without STORE no driver of a database is loaded', async () => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT]);
  expect(stdout).toBe('better-sqlite3');
});
