import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { createReplicatedReader } from '../../src/postgres-replicas.ts';
import type { Postgres } from '../../src/postgres.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());
const wait = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

/** A database that has so many changes, and shows how many to each reading. */
function database(name: string) {
  const state = { name, revision: 0, isDown: false, reads: 0 };
  const query = async (sql: string): Promise<never[]> => {
    if (state.isDown) throw new AppError('The database cannot be reached.', { status: 503, retryable: true });
    if (!sql.includes('revision')) state.reads++;
    return [{ revision: state.revision }] as never[];
  };
  const none = (): Promise<never> => Promise.reject(new Error('not of a reader'));
  const postgres: Postgres = {
    query,
    transaction: (work) => work({ query }),
    openSession: none,
    close: async () => {},
  };
  return Object.assign(state, { postgres });
}

function setUp() {
  const notices: string[] = [];
  const [primary, near, far] = [database('primary'), database('near'), database('far')];
  const reader = createReplicatedReader(primary.postgres, [near, far], (notice) => notices.push(notice));
  const read = async (): Promise<number> => (await reader.query<{ revision: number }>('SELECT 1'))[0]?.revision ?? -1;
  const write = async (): Promise<void> => {
    primary.revision++;
    await reader.noticeWrite();
  };
  return { notices, primary, near, far, reader, read, write };
}

test('readings go to the first standby that is level, none to the primary', async () => {
  const { primary, near, far, reader, read } = setUp();
  for (let i = 0; i < 5; i++) await read();
  await reader.transaction((queries) => queries.query('SELECT 1'));
  expect([primary.reads, near.reads, far.reads]).toEqual([0, 6, 0]);
});

test('what was written is read at once: from the primary until a standby has it', async () => {
  const { primary, near, far, read, write } = setUp();
  await read();
  await write();
  expect(await read()).toBe(1);
  expect(primary.reads).toBe(1);
  far.revision = 1;
  wait(300);
  expect(await read()).toBe(1);
  expect(far.reads).toBe(1);
  near.revision = 1;
  expect(await read()).toBe(1);
  expect([primary.reads, near.reads, far.reads]).toEqual([1, 1, 2]);
});

test('a standby that goes away costs no reading; the operator is told once, and again when it is back', async () => {
  const { notices, near, far, read } = setUp();
  await read();
  near.isDown = true;
  for (let i = 0; i < 4; i++) expect(await read()).toBe(0);
  expect(far.reads).toBe(3);
  expect(notices).toEqual(['The standby near is left out (The database cannot be reached.).']);
  far.isDown = true;
  near.isDown = false;
  wait(6000);
  for (let i = 0; i < 2; i++) expect(await read()).toBe(0);
  expect(notices.at(-1)).toBe('The standby near is read from again.');
});

test('without the primary what is read stays readable, and what is behind is not turned to', async () => {
  const { primary, near, far, read } = setUp();
  [primary.revision, near.revision] = [3, 3];
  await read();
  primary.isDown = true;
  expect(await read()).toBe(3);
  near.isDown = true;
  await expect(read()).rejects.toMatchObject({ status: 503 });
  expect(far.reads).toBe(0);
});

test('a standby that has no tables yet is passed over, as is one that is long behind, and that is told', async () => {
  const { notices, primary, near, far, read, write } = setUp();
  near.postgres.query = () => Promise.reject(Object.assign(new Error('no such table'), { code: '42P01' }));
  await write();
  for (const _ of [1, 2, 3]) {
    expect(await read()).toBe(1);
    wait(20_000);
  }
  expect([primary.reads, far.reads]).toEqual([3, 0]);
  expect(notices.toSorted()).toEqual([
    'The standby far is left out: it is far behind.',
    'The standby near is left out: it is far behind.',
  ]);
});

test('whatever happens, a reading is never older than the one before it, nor than what was written here', async () => {
  const event = fc.oneof(
    fc.constant('read' as const),
    fc.constantFrom(
      ...([
        'write',
        'elsewhere',
        'near catches up',
        'far catches up',
        'near goes',
        'both go',
        'primary goes',
        'all back',
      ] as const),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 30 }), async (events) => {
      const { primary, near, far, read, write } = setUp();
      let last = 0;
      const happen: Record<(typeof events)[number], () => unknown> = {
        read: async () => {
          const revision = await read().catch(() => last);
          expect(revision).toBeGreaterThanOrEqual(last);
          last = revision;
        },
        write: async () => {
          if (primary.isDown) return;
          await write();
          last = primary.revision;
        },
        elsewhere: () => (primary.revision += primary.isDown ? 0 : 1),
        'near catches up': () => (near.revision = primary.revision),
        'far catches up': () => (far.revision = Math.max(far.revision, primary.revision - 1)),
        'near goes': () => (near.isDown = true),
        'both go': () => (near.isDown = far.isDown = true),
        'primary goes': () => (primary.isDown = true),
        'all back': () => {
          primary.isDown = near.isDown = far.isDown = false;
          wait(6000);
        },
      };
      for (const one of events) await happen[one]();
    }),
    { numRuns: 1000 },
  );
});
