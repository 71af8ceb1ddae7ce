import { afterAll, describe, expect, test } from 'vitest';
import { createPreparePool } from '../../src/ingest/prepare-pool.ts';
import { HOSTILE_FILES } from '../support/hostile-files.ts';

// The worker has to be compiled: `npm test` builds first.
const pool = createPreparePool(new URL('../../dist/ingest/prepare-worker.js', import.meta.url), 2000);
afterAll(() => pool.close());

describe('a hostile file', () => {
  test.each(HOSTILE_FILES)('$name is a document or left out with a reason, in bounded time', async (file) => {
    const { name, content, isDocument } = file;
    const bytes = Buffer.from(content());
    const result = await pool.prepare({ uri: name, name, bytes, root: '', origin: 'folder' });
    const verdict = 'reason' in result ? result.reason : 'document';
    expect(verdict).toMatch(/^document$|^[A-Z].+/s);
    expect(isDocument || verdict !== 'document').toBe(true);
  });
});
