import { randomBytes } from 'node:crypto';
import type { Job, JobKind, RunningJob } from './jobs.ts';

/** Progress is written at most this often. */
const PROGRESS_MS = 250;
/** A running job that has not said anything for so long was left by a process that is gone. */
export const SILENT_MS = 10 * 60_000;

export function beginJob(kind: JobKind, subject: string): Job {
  const id = `job_${randomBytes(9).toString('base64url')}`;
  const startedAt = new Date().toISOString();
  const none = { finishedAt: null, report: null, documentId: null, problem: null };
  return { id, kind, subject, status: 'running', done: 0, total: 0, startedAt, ...none };
}

/** A job under way whose states `write` keeps, in order. */
export function followJob(begun: Job, write: (job: Job) => Promise<void>): RunningJob {
  let job = begun;
  let writtenAt = Date.now();
  const end = async (result: Partial<Job>): Promise<void> => {
    job = { ...job, ...result, finishedAt: new Date().toISOString() };
    await write(job);
  };
  return {
    id: begun.id,
    progress(done, total) {
      job = { ...job, done, total };
      if (Date.now() - writtenAt < PROGRESS_MS) return;
      writtenAt = Date.now();
      // What was not said now is said next time.
      write(job).catch(() => {});
    },
    finish: ({ report, documentId }) => end({ status: 'done', report, documentId: documentId ?? null }),
    fail: (problem) => end({ status: 'failed', problem }),
  };
}

/** What a job that fell silent is told as. */
export function judgeJob(job: Job, saidAtMs: number): Job {
  if (job.status !== 'running' || Date.now() - saidAtMs < SILENT_MS) return job;
  return { ...job, status: 'failed', problem: 'The process that did it is gone.' };
}
