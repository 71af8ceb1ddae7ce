import { randomUUID } from 'node:crypto';
import { NotFoundError } from '../errors.ts';
import { beginAgain, beginJob, described, followJob, refuseBeyond, refuseRetry } from './follow-job.ts';
import type { ClaimedJob, Job, JobProblem, QueueLimits, Task } from './jobs.ts';

const ABANDONED: JobProblem = { message: 'The server was stopped before it was done.', status: 503 };

interface Entry {
  job: Job;
  readonly task: Task;
  dueMs: number;
}

/** The queue of one process: what waits there is lost with it. */
export interface MemoryQueue {
  accept(task: Task): Job;
  claim(): ClaimedJob | undefined;
  retry(id: string, job: Job | undefined): Job;
  count(): number;
  /** A job that waits, is under way, or failed and is kept. */
  find(id: string): Job | undefined;
  /** The process ends: what has not been done has failed. */
  abandon(): void;
}

export function createMemoryQueue(limits: QueueLimits, write: (job: Job) => void): MemoryQueue {
  const waiting = new Map<string, Entry>();
  const failed = new Map<string, Entry>();
  return {
    accept(task) {
      refuseBeyond(limits, { jobs: waiting.size, bytes: sizeOf(waiting.values()) }, task);
      const job = beginJob(task, 'queued');
      waiting.set(job.id, { job, task, dueMs: 0 });
      return job;
    },
    claim() {
      const entry = findNext(waiting.values());
      return entry && claimEntry(entry, { limits, write, waiting, failed });
    },
    retry(id, known) {
      if (!known) throw new NotFoundError(`There is no job ${id}.`);
      const entry = failed.get(id);
      if (!entry) throw refuseRetry(known);
      const job = beginAgain(entry.job);
      write(job);
      failed.delete(id);
      waiting.set(id, { ...entry, job, dueMs: 0 });
      return job;
    },
    count: () => waiting.size,
    find: (id) => (waiting.get(id) ?? failed.get(id))?.job,
    abandon() {
      for (const { job } of waiting.values()) write({ ...job, status: 'failed', ...described(ABANDONED) });
      waiting.clear();
    },
  };
}

/** The first that is due, and that no earlier one about the same is before: of two, the later stays. */
function findNext(entries: Iterable<Entry>): Entry | undefined {
  const earlier = new Set<unknown>();
  for (const entry of entries) {
    const about = entry.task.given?.['id'] ?? entry.task.subject;
    if (entry.job.status === 'queued' && entry.dueMs <= Date.now() && !earlier.has(about)) return entry;
    earlier.add(about);
  }
  return undefined;
}

interface Room {
  readonly limits: QueueLimits;
  readonly write: (job: Job) => void;
  readonly waiting: Map<string, Entry>;
  readonly failed: Map<string, Entry>;
}

function claimEntry(entry: Entry, room: Room): ClaimedJob {
  const { write, waiting, failed } = room;
  const save = (job: Job): void => {
    entry.job = job;
    write(job);
  };
  save({ ...entry.job, status: 'running', tries: entry.job.tries + 1 });
  const { id, tries } = entry.job;
  const running = followJob(entry.job, async (job) => {
    if (job.status !== 'running') {
      waiting.delete(id);
      if (job.retryable) failed.set(id, entry);
    }
    save(job);
    trim(room);
  });
  return {
    ...running,
    task: entry.task,
    tries,
    claim: { job: id, token: randomUUID() },
    signal: new AbortController().signal,
    async postpone(problem, { delayMs, counts }) {
      entry.dueMs = Date.now() + delayMs;
      save({ ...entry.job, status: 'queued', ...described(problem), tries: counts ? tries : tries - 1 });
    },
  };
}

/** What failed is kept as long as there is room, the newest longest. */
function trim({ failed, limits: { jobs, bytes }, write }: Room): void {
  for (const [oldest, { job }] of failed) {
    if (failed.size <= jobs && sizeOf(failed.values()) <= bytes) return;
    failed.delete(oldest);
    write({ ...job, retryable: false });
  }
}

function sizeOf(entries: Iterable<Entry>): number {
  let bytes = 0;
  for (const { task } of entries) bytes += task.bytes?.byteLength ?? 0;
  return bytes;
}
