import type { IngestReport } from '../domain.ts';

export const JOB_KINDS = ['folder', 'upload', 'text', 'url', 'refresh'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** Long work, and what came of it. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  /** The path, file name, id or address that it is about. */
  readonly subject: string;
  /** `queued`: waits for a process, for the first time or again. */
  readonly status: 'queued' | 'running' | 'done' | 'failed';
  /** How often it was begun. */
  readonly tries: number;
  /** How far it is, in files. */
  readonly done: number;
  readonly total: number;
  /** When it was asked for. ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Once it is done. */
  readonly report: IngestReport | null;
  /** Of the one document that it was about. */
  readonly documentId: string | null;
  /** Why it failed, or why it is tried again, in a sentence; and the HTTP status that tells it. */
  readonly problem: string | null;
  readonly problemStatus: number | null;
  /** Whether it failed and can be put back into the queue as it was. */
  readonly retryable: boolean;
}

export interface JobResult {
  readonly report: IngestReport;
  readonly documentId?: string;
}

export interface JobProblem {
  /** A sentence. */
  readonly message: string;
  readonly status: number;
  /** Whether trying again may help: then what it needs is kept. */
  readonly retryable?: boolean;
}

/** A job under way, for whoever does the work. */
export interface RunningJob {
  readonly id: string;
  progress(done: number, total: number): void;
  finish(result: JobResult): Promise<void>;
  fail(problem: JobProblem): Promise<void>;
}

/** Work that can wait, with all that it needs. */
export interface Task {
  readonly kind: JobKind;
  readonly subject: string;
  /** Fields of the front matter. */
  readonly given?: Readonly<Record<string, unknown>>;
  readonly mediaType?: string | undefined;
  /** Of a file. */
  readonly bytes?: Uint8Array;
}

/** Who does a job now: what it publishes counts only as long as no other has taken the job over. */
export interface Claim {
  readonly job: string;
  readonly token: string;
  /** The corpus that it was taken for, where there are several: it counts in no other. */
  readonly corpus?: number;
}

/** A job that this process does, until it has ended or was put back. */
export interface ClaimedJob extends RunningJob {
  readonly task: Task;
  /** This one included. */
  readonly tries: number;
  readonly claim: Claim;
  /** Aborted when another process has taken the job over. */
  readonly signal: AbortSignal;
  /** Back into the queue, to be taken after a time; without its being a try when it was nobody's fault. */
  postpone(problem: JobProblem, options: { readonly delayMs: number; readonly counts: boolean }): Promise<void>;
}

/** What may wait at a time. */
export interface QueueLimits {
  readonly jobs: number;
  /** Of all files together. */
  readonly bytes: number;
}

/** Remembers the newest {@link MAX_JOBS} jobs of every process that shares the index, and queues those that can wait. */
export interface Jobs {
  /** Work that this process does at once. */
  start(kind: JobKind, subject: string): RunningJob;
  /** Work for whichever process is free. @throws AppError 503 when the queue is full. */
  accept(task: Task): Promise<Job>;
  /**
   * The next job of the queue, or one whose process is gone; undefined when there is none. No two get the same. A job that
   * no process survived {@link MAX_TRIES} times has failed.
   */
  claim(): Promise<ClaimedJob | undefined>;
  /** Puts a job that failed back into the queue. @throws NotFoundError, AppError 409 when it cannot be. */
  retry(id: string): Promise<Job>;
  find(id: string): Promise<Job | undefined>;
  /** Jobs in the queue, those under way included. */
  countOpen(): Promise<number>;
  /** Newest first. */
  list(): Promise<Job[]>;
}

export const MAX_JOBS = 200;
export const MAX_TRIES = 3;

export function hasEnded({ status }: Pick<Job, 'status'>): boolean {
  return status === 'done' || status === 'failed';
}
