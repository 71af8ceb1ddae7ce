import { NotFoundError } from '../errors.ts';
import type { Postgres, Queries } from '../postgres.ts';
import { beginJob, followJob, judgeJob, readJob } from './follow-job.ts';
import { MAX_JOBS, type Job, type Jobs } from './jobs.ts';
import { openPostgresQueue, pruneJobs, type PostgresQueueOptions } from './postgres-queue.ts';

interface Row {
  readonly state: Job;
  readonly saidAt: Date;
  /** Whether it is in the queue, waiting or under way. */
  readonly isOpen: boolean;
  /** Whether what it needs is still there. */
  readonly isKept: boolean;
}

const COLUMNS = 'state, said_at AS "saidAt", due_at IS NOT NULL AS "isOpen", task IS NOT NULL AS "isKept"';

/** Jobs and their queue in PostgreSQL: any process can tell of any, and do any. */
export function createPostgresJobs(postgres: Postgres, options: PostgresQueueOptions): Jobs {
  const writes = createWrites(postgres);
  const queue = openPostgresQueue(postgres, options);
  const find = async (id: string): Promise<Job | undefined> => {
    await writes.settled();
    if (id.includes('\0')) return undefined;
    const [row] = await postgres.query<Row>(`SELECT ${COLUMNS} FROM jobs WHERE id = $1`, [id]);
    return row && jobOf(row);
  };
  return {
    ...queue,
    start(kind, subject) {
      const job = beginJob({ kind, subject }, 'running');
      writes.add(job).catch(() => {});
      return followJob(job, (state) => writes.add(state));
    },
    async retry(id) {
      const job = await find(id);
      if (!job) throw new NotFoundError(`There is no job ${id}.`);
      return queue.retry(job);
    },
    find,
    async list() {
      await writes.settled();
      const rows = await postgres.query<Row>(`SELECT ${COLUMNS} FROM jobs ORDER BY started_at DESC, id LIMIT $1`, [
        MAX_JOBS,
      ]);
      return rows.map(jobOf);
    },
  };
}

function jobOf({ state, saidAt, isOpen, isKept }: Row): Job {
  return isOpen ? readJob(state) : { ...judgeJob(state, saidAt.getTime()), retryable: isKept };
}

/** One after the other, so that no earlier state of a job replaces a later one. */
function createWrites(postgres: Queries): { add(job: Job): Promise<void>; settled(): Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  const write = async (job: Job): Promise<void> => {
    await postgres.query(
      `INSERT INTO jobs (id, started_at, said_at, state) VALUES ($1, $2, now(), $3)
       ON CONFLICT (id) DO UPDATE SET said_at = excluded.said_at, state = excluded.state`,
      [job.id, job.startedAt, JSON.stringify(job)],
    );
    if (job.status === 'running') await pruneJobs(postgres);
  };
  return {
    add(job) {
      const written = last.then(() => write(job));
      last = written.catch(() => {});
      return written;
    },
    settled: () => last,
  };
}
