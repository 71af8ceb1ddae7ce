import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Assistant } from '../../src/assistant.ts';
import type { IngestReport } from '../../src/domain.ts';
import { takeOverIngest } from '../../src/keep-level.ts';
import { createLog } from '../../src/telemetry/log.ts';

vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, value: unknown, { signal }: { signal?: AbortSignal } = {}) => {
    signal?.throwIfAborted();
    return new Promise((resolve) => globalThis.setTimeout(() => resolve(value), ms));
  },
}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const report: IngestReport = {
  added: ['a'],
  changed: [],
  removed: [],
  kept: [],
  rejected: [],
  deleted: [],
  duplicates: [],
};

test('what another process left is taken over, though looking for it fails in a way that nobody foresaw', async () => {
  const isIngesting = vi
    .fn<Assistant['isIngesting']>()
    .mockRejectedValueOnce(new Error('unforeseen'))
    .mockResolvedValue(false);
  const ingest = vi.fn<Assistant['ingest']>().mockRejectedValueOnce(new Error('unforeseen')).mockResolvedValue(report);
  const assistant = { isIngesting, ingest } as unknown as Assistant;
  const { signal } = new AbortController();
  const log = createLog('silent');
  const done = takeOverIngest(assistant, { path: 'corpus', isUnderWay: true, log, signal });
  await vi.advanceTimersByTimeAsync(120_000);
  await done;
  expect(isIngesting).toHaveBeenCalledTimes(3);
  expect(ingest).toHaveBeenCalledTimes(2);
});
