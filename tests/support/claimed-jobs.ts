import { vi } from 'vitest';
import type { CorpusStore } from '../../src/corpus-store/corpus-store.ts';
import type { IngestReport, SourceDocument } from '../../src/domain.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import type { ClaimedJob, Jobs, Task } from '../../src/jobs/jobs.ts';
import { documentFrom } from './documents.ts';

export const NONE = { added: [], changed: [], kept: [], removed: [], rejected: [], deleted: [], duplicates: [] };
export const REPORT: IngestReport = { ...NONE, added: ['a'] };
export const LATE = { message: 'The server of the page is away.', status: 502, retryable: true };
export const BROKEN = { message: 'It is no PDF.', status: 422, retryable: false };

export function upload(name: string, bytes: Uint8Array = new Uint8Array([1, 2, 3])): Task {
  return { kind: 'upload', subject: name, bytes, given: { authority: 'official' }, mediaType: 'text/plain' };
}

export async function mustClaim(jobs: Jobs): Promise<ClaimedJob> {
  const claimed = await jobs.claim();
  if (!claimed) throw new Error('There was no job.');
  return claimed;
}

export function publish(store: CorpusStore, { claim }: ClaimedJob, text: string): Promise<void> {
  const document: SourceDocument = { ...documentFrom(`---\nid: a\n---\n${text}`), origin: 'upload' };
  return store.publish({ write: [{ document, chunks: chunkDocument(document) }], relocate: [], remove: [], claim });
}

/** As a process that is stopped right after: its timers do not run. */
export async function takeSilently(jobs: Jobs): Promise<ClaimedJob> {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  try {
    return await mustClaim(jobs);
  } finally {
    vi.useRealTimers();
  }
}
