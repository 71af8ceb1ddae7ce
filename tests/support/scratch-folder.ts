import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCRATCH } from './environment.ts';

/* oxlint-disable node/no-process-env -- the workers of the runner inherit it */

/** A folder for what the workers of one run of the tests keep until its end; called by the runner. */
export function setup(): void {
  process.env[SCRATCH] = mkdtempSync(join(tmpdir(), 'concordat-run-'));
}

export function teardown(): void {
  rmSync(process.env[SCRATCH] ?? '', { recursive: true, force: true });
}
