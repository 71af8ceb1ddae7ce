import { execFile, execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/documents.ts';
import { serverEnvironment } from '../support/environment.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Only an administrator of Linux may make a small disk; it is gone with the process. */
function mayMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('full-disk: skipped, as no disk of a few megabytes can be mounted here.\n');
    return false;
  }
}

describe.skipIf(!mayMount())('a disk that is full', () => {
  // From too small for the tables to too small for the last file.
  test.each(['96k', '1m', '4m', '8m'])(
    'of %s costs a sentence; with room the next ingest completes it',
    async (size) => {
      const [CORPUS_DIR, INDEX_DIR] = [await temporaryFolder(), await temporaryFolder()];
      for (let i = 0; i < 24; i++) await writeFile(join(CORPUS_DIR, `d${i}.md`), treaty(i));
      const { out, err } = await runOnSmallDisk({ CORPUS_DIR, INDEX_DIR, EMBEDDINGS: 'hashing' }, size);
      const [first = '', second = ''] = out.split('=== more room\n');
      expect(first).toContain('ended with 1');
      expect(err).toMatch(/[Dd]isk .*full/);
      expect(err).not.toMatch(/^\s+at |SqliteError|--rebuild/m);
      expect(second).toMatch(/ 0 changed, .* 0 removed, 0 rejected/);
      expect(second).toContain('7 licences');
      expect(second).toContain('ended with 0\n');
      expect(second).not.toContain('ended with 1');
    },
    120_000,
  );
});

function treaty(number: number): string {
  const articles = Array.from({ length: 30 }, (_, i) => {
    return `## Article ${i}\n\n${`The parties of treaty ${number} grant ${number * 100 + i} licences under article ${i}. `.repeat(8)}`;
  });
  return `# Treaty ${number}\n\n${articles.join('\n\n')}`;
}

/** Ingests where there is too little room, then with room enough, and asks. */
function runOnSmallDisk(
  settings: Readonly<Record<string, string>>,
  size: string,
): Promise<{ out: string; err: string }> {
  const script = `mount -t tmpfs -o size=${size} tmpfs "$INDEX_DIR"
    "$NODE" "$CLI" ingest; echo "ended with $?"; echo "=== more room"; mount -o remount,size=500m "$INDEX_DIR"
    "$NODE" "$CLI" ingest 2>&1; echo "ended with $?"
    "$NODE" "$CLI" ask "How many licences does treaty 0 grant under article 7?" 2>&1; echo "ended with $?"`;
  const env = serverEnvironment({ ...settings, NODE: process.execPath, CLI });
  return new Promise((resolve) => {
    execFile('unshare', ['-m', 'sh', '-c', script], { env, cwd: '/' }, (_error, out, err) => resolve({ out, err }));
  });
}
