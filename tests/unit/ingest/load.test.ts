import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readSource } from '../../../src/ingest/load.ts';
import { temporaryFolder } from '../../support/documents.ts';

const MIB = 1024 * 1024;

test('a file that changes while it is read is left out, and read once it keeps still', async () => {
  const path = join(await temporaryFolder(), 'growing.txt');
  await writeFile(path, 'x'.repeat(4 * MIB));
  const reading = new AbortController();
  const growing = (async () => {
    while (!reading.signal.aborted) {
      await appendFile(path, 'more ');
      await setImmediate();
    }
  })();
  const source = { path, name: 'growing.txt' };
  expect(await readSource(source, 100 * MIB)).toEqual({ uri: path, reason: 'The file changes while it is read.' });
  reading.abort();
  await growing;
  expect(await readSource(source, 100 * MIB)).toMatchObject({ digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('a sidecar belongs to the digest of its file', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a.txt');
  await writeFile(path, 'Text.');
  const bare = await readSource({ path, name: 'a.txt' }, MIB);
  await writeFile(join(folder, 'a.meta.yaml'), 'title: A');
  const described = await readSource({ path, name: 'a.txt' }, MIB);
  expect(described).toMatchObject({ sidecar: 'title: A' });
  expect('digest' in described && 'digest' in bare && described.digest !== bare.digest).toBe(true);
});
