import { awaitQueueLock } from '../postgres-locks.ts';
import type { Postgres, Queries } from '../postgres.ts';
import { encodeRows } from '../postgres-values.ts';
import {
  beginAgain,
  beginJob,
  described,
  describeFailure,
  followJob,
  OUTLIVED,
  readJob,
  refuseBeyond,
  refuseRetry,
} from './follow-job.ts';
import { MAX_JOBS, MAX_TRIES, type ClaimedJob, type Job, type Jobs, type QueueLimits, type Task } from './jobs.ts';
import { readJobFile, writeJobFile } from './postgres-job-files.ts';

/** A lease is renewed so many times before it would run out. */
const RENEWALS = 3;

export interface PostgresQueueOptions {
  readonly limits: QueueLimits;
  /** A process that has not said anything of its job for so long is gone. */
  readonly leaseMs: number;
  /** The version of the corpus that this process works on, where it is not the published one: each does its own jobs. */
  readonly version?: string | undefined;
}

/** The part of a row that says what is to be done. */
interface Taken {
  readonly id: string;
  readonly state: Job;
  readonly task: Omit<Task, 'bytes'>;
  readonly token: string;
  /** The table of the corpus that this process works on. */
  readonly corpus: number;
}

interface PostgresQueue extends Pick<Jobs, 'accept' | 'claim' | 'countOpen'> {
  retry(job: Job): Promise<Job>;
}

/**
 * The rows of `jobs` that have a time from which they may be taken (`due_at`). Who takes one moves that time on, again
 * and again while the work lasts: when the process is gone the time comes, and another takes the job.
 */
export function openPostgresQueue(
  postgres: Postgres,
  { limits, leaseMs, version }: PostgresQueueOptions,
): PostgresQueue {
  return {
    accept: (task) =>
      postgres.transaction(async (transaction) => {
        const { bytes, ...rest } = task;
        await refuseWhenFull(transaction, { limits, task });
        const job = beginJob(task, 'queued');
        await transaction.query(
          'INSERT INTO jobs (id, started_at, said_at, state, task) VALUES ($1, $2, now(), $3, $4)',
          [job.id, job.startedAt, encodeRows(job), encodeRows({ ...rest, version })],
        );
        if (bytes) await writeJobFile(transaction, job.id, bytes);
        // Counted again where no two can count at once: what was written meanwhile counts, too.
        await awaitQueueLock(transaction);
        await refuseWhenFull(transaction, { limits, task });
        await transaction.query('UPDATE jobs SET due_at = now(), bytes = $2 WHERE id = $1', [
          job.id,
          bytes?.byteLength ?? 0,
        ]);
        await pruneJobs(transaction);
        return job;
      }),
    async claim() {
      for (;;) {
        const taken = await take(postgres, { leaseMs, version });
        if (!taken) return undefined;
        const claimed = claimJob(postgres, taken, { limits, leaseMs });
        if (claimed.tries <= MAX_TRIES) return completeTask(postgres, claimed);
        await claimed.fail(OUTLIVED);
      }
    },
    countOpen: async () => (await countWaiting(postgres)).jobs,
    async retry(job) {
      const again = beginAgain(job);
      const [row] = await postgres.query(
        'UPDATE jobs SET state = $2, due_at = now() WHERE id = $1 AND due_at IS NULL AND task IS NOT NULL RETURNING id',
        [job.id, encodeRows(again)],
      );
      if (!row) throw refuseRetry(job);
      return again;
    },
  };
}

async function refuseWhenFull(queries: Queries, { limits, task }: { limits: QueueLimits; task: Task }): Promise<void> {
  refuseBeyond(limits, await countWaiting(queries), task);
}

async function countWaiting(queries: Queries): Promise<QueueLimits> {
  const [waiting] = await queries.query<QueueLimits>(
    'SELECT count(*) AS jobs, coalesce(sum(bytes), 0)::bigint AS bytes FROM jobs WHERE due_at IS NOT NULL',
  );
  return waiting ?? { jobs: 0, bytes: 0 };
}

/** What was sent to a version by name is also done by those who answer from it once it is published. */
const PUBLISHED_TOO = "CASE WHEN $2 = '' THEN obj_description('corpus'::regclass, 'pg_class') ELSE $2 END";

async function take(
  postgres: Queries,
  { leaseMs, version = '' }: Pick<PostgresQueueOptions, 'leaseMs' | 'version'>,
): Promise<Taken | undefined> {
  const [taken] = await postgres.query<Taken>(
    `UPDATE jobs SET claim = gen_random_uuid(), due_at = now() + $1 * interval '1 millisecond', said_at = now(),
       state = (state::jsonb || jsonb_build_object('status', 'running', 'tries', (state ->> 'tries')::integer + 1))::json
     WHERE id = (SELECT id FROM jobs WHERE due_at <= now() AND coalesce(task ->> 'version', '') IN ($2, ${PUBLISHED_TOO})
       ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, state, task, claim AS token, 'corpus'::regclass::oid AS corpus`,
    [leaseMs, version],
  );
  return taken;
}

/** @throws AppError 503 when its file cannot be read; then it goes back. */
async function completeTask(postgres: Queries, claimed: ClaimedJob): Promise<ClaimedJob> {
  try {
    const bytes = await readJobFile(postgres, claimed.id);
    return bytes ? { ...claimed, task: { ...claimed.task, bytes } } : claimed;
  } catch (error) {
    await claimed.postpone(describeFailure(error), { delayMs: 0, counts: false }).catch(() => {});
    throw error;
  }
}

function claimJob(
  postgres: Postgres,
  { id, state, task, token, corpus }: Taken,
  { limits, leaseMs }: PostgresQueueOptions,
): ClaimedJob {
  const lost = new AbortController();
  const { tries } = readJob(state);
  let latest = readJob(state);
  let last: Promise<void> = Promise.resolve();
  const save = async (job: Job, dueMs: number | null): Promise<void> => {
    if (job.status === 'running') latest = job;
    else clearInterval(renewal);
    const saved = await postgres.transaction(async (transaction) => {
      const held = await writeState(transaction, { job, token, dueMs });
      if (held && dueMs === null) await forgetTask(transaction, job, limits);
      return held;
    });
    if (saved) return;
    clearInterval(renewal);
    lost.abort();
  };
  /** One after the other, so that no earlier state replaces a later one. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const written = last.then(work);
    last = written.catch(() => {});
    return written;
  };
  const renew = (): void => void inTurn(() => save(latest, leaseMs)).catch(() => {});
  const renewal = setInterval(renew, leaseMs / RENEWALS).unref();
  const running = followJob(latest, (job) => inTurn(() => save(job, job.status === 'running' ? leaseMs : null)));
  return {
    ...running,
    task,
    tries,
    claim: { job: id, token, corpus },
    signal: lost.signal,
    postpone: (problem, { delayMs, counts }) =>
      inTurn(() =>
        save({ ...latest, status: 'queued', ...described(problem), tries: counts ? tries : tries - 1 }, delayMs),
      ),
  };
}

/** Whether the job was still that of the claim. Null: it leaves the queue. */
async function writeState(
  postgres: Queries,
  { job, token, dueMs }: { job: Job; token: string; dueMs: number | null },
): Promise<boolean> {
  const saved = await postgres.query(
    `UPDATE jobs SET state = $3, said_at = now(), due_at = now() + $4 * interval '1 millisecond',
       claim = CASE WHEN $5 THEN claim END
     WHERE id = $1 AND claim = $2 RETURNING id`,
    [job.id, token, encodeRows(job), dueMs, job.status === 'running'],
  );
  return saved.length > 0;
}

/** What a job needed goes with its end, but for the newest that failed and may be tried again. */
async function forgetTask(transaction: Queries, { id, retryable }: Job, { jobs, bytes }: QueueLimits): Promise<void> {
  if (!retryable) await transaction.query('UPDATE jobs SET task = NULL, bytes = 0 WHERE id = $1', [id]);
  else
    await transaction.query(
      `UPDATE jobs SET task = NULL, bytes = 0 WHERE id IN (
         SELECT id FROM (
           SELECT id, sum(bytes) OVER newest AS together, count(*) OVER newest AS place
           FROM jobs WHERE due_at IS NULL AND task IS NOT NULL WINDOW newest AS (ORDER BY number DESC)
         ) AS kept WHERE together > $1 OR place > $2)`,
      [bytes, jobs],
    );
  await transaction.query('DELETE FROM job_files USING jobs WHERE jobs.id = job AND task IS NULL');
}

/** Only the newest are remembered, and what is in the queue. */
export async function pruneJobs(queries: Queries): Promise<void> {
  await queries.query(
    'DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE due_at IS NULL ORDER BY started_at DESC, id OFFSET $1)',
    [MAX_JOBS],
  );
}
