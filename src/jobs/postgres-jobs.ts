import type { Queries } from '../postgres.ts';
import { beginJob, followJob, judgeJob } from './follow-job.ts';
import { MAX_JOBS, type Job, type Jobs } from './jobs.ts';

interface Row {
  readonly state: Job;
  readonly saidAt: Date;
}

/** Jobs in PostgreSQL, so that any process can tell of any. */
export function createPostgresJobs(postgres: Queries): Jobs {
  const writes = createWrites(postgres);
  return {
    start(kind, subject) {
      const job = beginJob(kind, subject);
      writes.add(job).catch(() => {});
      return followJob(job, (state) => writes.add(state));
    },
    async find(id) {
      await writes.settled();
      if (id.includes('\0')) return undefined;
      const [row] = await postgres.query<Row>('SELECT state, said_at AS "saidAt" FROM jobs WHERE id = $1', [id]);
      return row && judgeJob(row.state, row.saidAt.getTime());
    },
    async list() {
      await writes.settled();
      const rows = await postgres.query<Row>(
        'SELECT state, said_at AS "saidAt" FROM jobs ORDER BY started_at DESC, id LIMIT $1',
        [MAX_JOBS],
      );
      return rows.map(({ state, saidAt }) => judgeJob(state, saidAt.getTime()));
    },
  };
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
    if (job.status !== 'running') return;
    await postgres.query('DELETE FROM jobs WHERE id IN (SELECT id FROM jobs ORDER BY started_at DESC, id OFFSET $1)', [
      MAX_JOBS,
    ]);
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
