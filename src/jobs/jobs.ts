import type { IngestReport } from '../domain.ts';

export const JOB_KINDS = ['folder', 'upload', 'text', 'url', 'refresh'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** Long work, and what came of it. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  /** The path, file name, id or address that it is about. */
  readonly subject: string;
  readonly status: 'running' | 'done' | 'failed';
  /** How far it is, in files. */
  readonly done: number;
  readonly total: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Once it is done. */
  readonly report: IngestReport | null;
  /** Of the one document that it was about. */
  readonly documentId: string | null;
  /** Why it failed, in a sentence. */
  readonly problem: string | null;
}

/** A job under way, for whoever does the work. */
export interface RunningJob {
  readonly id: string;
  progress(done: number, total: number): void;
  finish(result: { readonly report: IngestReport; readonly documentId?: string }): Promise<void>;
  fail(problem: string): Promise<void>;
}

/** Remembers the newest {@link MAX_JOBS} jobs of every process that shares the index. */
export interface Jobs {
  start(kind: JobKind, subject: string): RunningJob;
  find(id: string): Promise<Job | undefined>;
  /** Newest first. */
  list(): Promise<Job[]>;
}

export const MAX_JOBS = 200;
