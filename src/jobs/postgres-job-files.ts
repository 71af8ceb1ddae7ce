import type { Queries } from '../postgres.ts';

/** A file goes to and fro in parts, each far below what one value or one statement may take. */
const PART_BYTES = 4 * 1024 * 1024;

/** Keeps the bytes that a job needs where every process reaches them. */
export async function writeJobFile(transaction: Queries, job: string, bytes: Uint8Array): Promise<void> {
  for (let part = 0; part === 0 || part * PART_BYTES < bytes.byteLength; part++) {
    const slice = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    await transaction.query('INSERT INTO job_files (job, part, bytes) VALUES ($1, $2, $3)', [
      job,
      part,
      Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength),
    ]);
  }
}

/** Undefined where the job has no file. */
export async function readJobFile(queries: Queries, job: string): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  for (;;) {
    const [row] = await queries.query<{ bytes: Buffer }>('SELECT bytes FROM job_files WHERE job = $1 AND part = $2', [
      job,
      parts.length,
    ]);
    if (!row) return parts.length === 0 ? undefined : Buffer.concat(parts);
    parts.push(row.bytes);
  }
}
