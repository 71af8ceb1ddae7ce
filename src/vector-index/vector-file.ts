import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IndexManifest } from './index-manifest.ts';
import type { VectorIndexFile } from './vector-index.ts';

/** Read at a time: with the usual 64 KiB, the calls take longer than the digest. */
const READ_BYTES = 1024 * 1024;

/** Writes the vectors under a name of their digest, synced before they get it; a part of a file is left by none. */
export async function saveVectors(directory: string, vectors: VectorIndexFile): Promise<IndexManifest['vectorIndex']> {
  const temporary = join(directory, `vectors.${process.pid}.tmp`);
  try {
    await vectors.save(temporary);
    const bytes = await syncFile(temporary);
    const digest = await digestFile(temporary);
    const file = `vectors-${digest.slice(0, 16)}.hnsw`;
    await rename(temporary, join(directory, file));
    return { file, bytes, sha256: digest };
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Gives its size. */
async function syncFile(path: string): Promise<number> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** SHA-256, in hex. */
export async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: READ_BYTES }), hash);
  return hash.digest('hex');
}
