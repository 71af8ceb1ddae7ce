import { setTimeout } from 'node:timers/promises';
import { AppError, ClaimLostError } from '../errors.ts';
import type { Log } from '../telemetry/log.ts';
import { describeFailure } from './follow-job.ts';
import { MAX_TRIES, type ClaimedJob, type JobResult, type Jobs } from './jobs.ts';

/** How often is looked for what other processes accepted, or left. */
const LOOK_MS = 1000;
/** Between two tries, each three times as long: whoever waits for the response is told of the last. */
const FIRST_DELAY_MS = 1000;
/** Until what kept a job from being done, and was not its fault, is looked at again. */
const HINDERED_MS = 2000;
/** What is under way at the end may take so long; then it is put back. */
const GRACE_MS = 10_000;

export interface WorkersOptions {
  readonly jobs: Jobs;
  /** Does what one job asks for. */
  readonly work: (job: ClaimedJob) => Promise<JobResult>;
  /** Jobs at a time; 0: other processes do them. */
  readonly places: number;
  readonly log: Log;
}

/** Those of this process who do the jobs of the queue. */
export interface Workers {
  /** There may be something to do. */
  wake(): void;
  /** Takes nothing more; what is not done in time goes back into the queue. */
  close(): Promise<void>;
}

export function startWorkers({ places, ...options }: WorkersOptions): Workers {
  const stopping = new AbortController();
  const underWay = new Set<ClaimedJob>();
  let wakers: (() => void)[] = [];
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = globalThis.setTimeout(resolve, LOOK_MS);
      wakers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  const wake = (): void => {
    const sleeping = wakers;
    wakers = [];
    for (const waken of sleeping) waken();
  };
  const place = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (!(await workNext({ ...options, underWay }))) await rest();
    }
  };
  const done = Promise.all(Array.from({ length: places }, place));
  return {
    wake,
    async close() {
      stopping.abort();
      wake();
      await Promise.race([done, setTimeout(GRACE_MS, undefined, { ref: false })]);
      const back = { message: 'The process that did it was stopped.', status: 503 };
      for (const job of underWay) await job.postpone(back, { delayMs: 0, counts: false }).catch(() => {});
    },
  };
}

type Place = Omit<WorkersOptions, 'places'> & { readonly underWay: Set<ClaimedJob> };

/** Whether there was a job. */
async function workNext({ jobs, work, log, underWay }: Place): Promise<boolean> {
  let job: ClaimedJob | undefined;
  try {
    job = await jobs.claim();
    if (!job) return false;
    underWay.add(job);
    await job.finish(await work(job));
    return true;
  } catch (error) {
    // Where even this cannot be written, the job is taken again once its process has been silent for long.
    await settleFailure(error, { job, log }).catch(() => {});
    return job !== undefined;
  } finally {
    if (job) underWay.delete(job);
  }
}

async function settleFailure(error: unknown, { job, log }: { job: ClaimedJob | undefined; log: Log }): Promise<void> {
  if (!(error instanceof AppError)) log.error({ err: error, job: job?.id }, 'a job stopped unexpectedly');
  if (job && !job.signal.aborted && !(error instanceof ClaimLostError)) await putBack(job, error, log);
}

/** To be tried again, unless that is of no use. */
async function putBack(job: ClaimedJob, error: unknown, log: Log): Promise<void> {
  const problem = describeFailure(error);
  if (isHindrance(error)) return job.postpone(problem, { delayMs: HINDERED_MS, counts: false });
  if (!problem.retryable || job.tries >= MAX_TRIES) return job.fail(problem);
  log.warn({ job: job.id, tries: job.tries, problem: problem.message }, 'a job is tried again');
  await job.postpone(problem, { delayMs: FIRST_DELAY_MS * 3 ** (job.tries - 1), counts: true });
}

/** The database is away or busy, or another process is at the same folder: that passes. */
function isHindrance(error: unknown): boolean {
  if (!(error instanceof AppError) || !error.retryable) return false;
  return error.status === 409 || error.retryAfterSeconds !== undefined;
}
