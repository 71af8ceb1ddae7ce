import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pino } from 'pino';
import type { Channel } from '../../../src/channels/channel.ts';
import type { DeskDependencies } from '../../../src/channels/make-outgoing.ts';
import { createWorkers } from '../../../src/channels/workers.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const nextTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test('a store that cannot be read is looked at again, though no request wakes anybody', async () => {
  let looks = 0;
  const store = {
    listDue: async () => {
      if (++looks === 1) throw new Error('The database is away.');
      return [];
    },
    nextDueMs: async () => undefined,
  };
  const deps = { store, log: pino({ level: 'silent' }) } as unknown as DeskDependencies;
  const workers = createWorkers([{ name: 'slack' } as unknown as Channel], deps);
  workers.start();
  await nextTurns();
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  await nextTurns();
  expect(looks).toBe(2);
  await workers.close();
});
