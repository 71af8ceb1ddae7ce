import { randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import {
  hasEnded,
  MAX_TRIES,
  type Job,
  type JobProblem,
  type QueueLimits,
  type RunningJob,
  type Task,
} from './jobs.ts';

/** Progress is written at most this often. */
const PROGRESS_MS = 250;
/** A job of no queue that has not said anything for so long was left by a process that is gone. */
export const SILENT_MS = 10 * 60_000;
const FULL_SECONDS = 10;

/** What a job that an earlier version wrote lacks. */
const UNKNOWN = { tries: 1, problemStatus: null, retryable: false };

export function beginJob({ kind, subject }: Pick<Task, 'kind' | 'subject'>, status: 'queued' | 'running'): Job {
  const id = `job_${randomBytes(9).toString('base64url')}`;
  const startedAt = new Date().toISOString();
  const none = { finishedAt: null, report: null, documentId: null, problem: null, problemStatus: null };
  const tries = status === 'running' ? 1 : 0;
  return { id, kind, subject, status, tries, done: 0, total: 0, startedAt, ...none, retryable: false };
}

/** A job under way whose states `write` keeps, in order. */
export function followJob(begun: Job, write: (job: Job) => Promise<void>): RunningJob {
  let job = begun;
  let writtenAt = Date.now();
  const end = async (result: Partial<Job>): Promise<void> => {
    job = { ...job, problem: null, problemStatus: null, ...result, finishedAt: new Date().toISOString() };
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
    fail: (problem) => end({ status: 'failed', ...described(problem), retryable: problem.retryable ?? false }),
  };
}

export function described({ message, status }: JobProblem): Pick<Job, 'problem' | 'problemStatus'> {
  return { problem: message, problemStatus: status };
}

/** What went wrong, as a job tells it. */
export function describeFailure(error: unknown): JobProblem {
  if (!(error instanceof AppError))
    return { message: 'An unexpected error; the log has it.', status: 500, retryable: true };
  return { message: error.message, status: error.status, retryable: error.retryable };
}

/** As it is put back by hand: as if it came anew. */
export function beginAgain(job: Job): Job {
  return { ...job, status: 'queued', tries: 0, done: 0, total: 0, finishedAt: null, retryable: false };
}

export const OUTLIVED: JobProblem = {
  message: `Each of the ${MAX_TRIES} processes that tried it ended before it was done.`,
  status: 500,
  retryable: true,
};

/** What a job of no queue that fell silent is told as. */
export function judgeJob(stored: Job, saidAtMs: number): Job {
  const job = readJob(stored);
  if (hasEnded(job) || Date.now() - saidAtMs < SILENT_MS) return job;
  return { ...job, status: 'failed', problem: 'The process that did it is gone.', problemStatus: 500 };
}

export function readJob(stored: Job): Job {
  return { ...stored, ...UNKNOWN, ...stored };
}

/** @throws AppError 503 when a task finds no room beside what waits. */
export function refuseBeyond({ jobs, bytes }: QueueLimits, waiting: QueueLimits, task: Task): void {
  const size = task.bytes?.byteLength ?? 0;
  // A file that is larger than all room still finds it empty.
  const fits = waiting.bytes === 0 || waiting.bytes + size <= bytes;
  if (waiting.jobs < jobs && fits) return;
  throw new AppError(`The queue is full: ${waiting.jobs} jobs wait. Try again in a moment.`, {
    status: 503,
    retryable: true,
    retryAfterSeconds: FULL_SECONDS,
  });
}

export function refuseRetry(job: Job): AppError {
  const why = hasEnded(job) ? 'has nothing left that could be tried again' : 'has not ended';
  return new AppError(`The job ${job.id} ${why}.`, { status: 409 });
}
