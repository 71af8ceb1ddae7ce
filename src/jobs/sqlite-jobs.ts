import { randomBytes } from 'node:crypto';
import type { Sqlite } from '../sqlite.ts';
import { MAX_JOBS, type Job, type Jobs, type RunningJob } from './jobs.ts';

/** Progress is written at most this often. */
const PROGRESS_MS = 250;
/** A running job that has not said anything for so long was left by a process that is gone. */
const SILENT_MS = 10 * 60_000;

interface Row {
  readonly state: string;
  readonly saidAt: number;
}

/** Jobs in the one SQLite file, so that any process can tell of any. */
export function createSqliteJobs(sqlite: Sqlite): Jobs {
  const save = sqlite.prepare(
    "INSERT OR REPLACE INTO jobs (id, started_at, state) VALUES (@id, @startedAt, json_insert(@state, '$.saidAt', @saidAt))",
  );
  const find = sqlite.prepare<[string], Row>(`SELECT state, state ->> '$.saidAt' AS saidAt FROM jobs WHERE id = ?`);
  const list = sqlite.prepare<[number], Row>(
    `SELECT state, state ->> '$.saidAt' AS saidAt FROM jobs ORDER BY started_at DESC, id LIMIT ?`,
  );
  const prune = sqlite.prepare(
    'DELETE FROM jobs WHERE id IN (SELECT id FROM jobs ORDER BY started_at DESC, id LIMIT -1 OFFSET ?)',
  );
  const write = (job: Job): void => {
    const saidAt = Date.now();
    save.run({ id: job.id, startedAt: Date.parse(job.startedAt), state: JSON.stringify(job), saidAt });
  };
  return {
    start(kind, subject) {
      const id = `job_${randomBytes(9).toString('base64url')}`;
      const startedAt = new Date().toISOString();
      const none = { finishedAt: null, report: null, documentId: null, problem: null };
      const job: Job = { id, kind, subject, status: 'running', done: 0, total: 0, startedAt, ...none };
      write(job);
      prune.run(MAX_JOBS);
      return follow(job, write);
    },
    async find(id) {
      const row = find.get(id);
      return row && jobOf(row);
    },
    list: async () => list.all(MAX_JOBS).map(jobOf),
  };
}

function follow(begun: Job, write: (job: Job) => void): RunningJob {
  let job = begun;
  let writtenAt = Date.now();
  const end = (result: Partial<Job>): void => {
    job = { ...job, ...result, finishedAt: new Date().toISOString() };
    write(job);
  };
  return {
    id: begun.id,
    progress(done, total) {
      job = { ...job, done, total };
      if (Date.now() - writtenAt < PROGRESS_MS) return;
      writtenAt = Date.now();
      write(job);
    },
    finish: ({ report, documentId }) => end({ status: 'done', report, documentId: documentId ?? null }),
    fail: (problem) => end({ status: 'failed', problem }),
  };
}

function jobOf({ state, saidAt }: Row): Job {
  const { saidAt: _, ...job } = JSON.parse(state) as Job & { saidAt: number };
  if (job.status !== 'running' || Date.now() - saidAt < SILENT_MS) return job;
  return { ...job, status: 'failed', problem: 'The process that did it is gone.' };
}
