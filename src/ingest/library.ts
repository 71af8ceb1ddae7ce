import { basename } from 'node:path';
import type { IngestReport } from '../domain.ts';
import { AppError, IngestError, NotFoundError } from '../errors.ts';
import type { Jobs, RunningJob } from '../jobs/jobs.ts';
import type { FetchedDocument, Fetcher } from './fetch/fetch-document.ts';
import { ingest, type IngestDependencies, type IngestOptions } from './ingest.ts';
import type { RawDocument } from './prepare.ts';
import { listDuplicates } from './list-duplicates.ts';
import { refreshSource, type RefreshDependencies } from './refresh.ts';
import { createReport, type Report } from './report.ts';
import { shareVectors } from './share-vectors.ts';
import { readSourcesList } from './sources-list.ts';

/** A file as someone sends it. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType?: string | undefined;
  /** Fields of the front matter. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** What came of adding one document. */
export interface Added {
  readonly documentId: string;
  readonly report: IngestReport;
}

/** A job and its end; the end is also what `jobs` tells. */
export interface Begun<T> {
  readonly jobId: string;
  readonly result: Promise<T>;
}

/** Changes what the corpus holds. */
export interface Library {
  /** Level with a file or folder. */
  ingest(path: string, options?: IngestOptions): Begun<IngestReport>;
  /** Replaces the document with its id, if there is one. Rejects with a 422 when it cannot be read. */
  add(upload: Upload, kind?: 'upload' | 'text'): Begun<Added>;
  /** Adds or replaces the page or file at an address. Rejects with a 422 or 502. */
  addFromUrl(url: string, given?: Readonly<Record<string, unknown>>): Begun<Added>;
  /** Level with the pages of a list (`sources.yaml`); only those that have changed are read. */
  refresh(listPath: string, options?: Pick<IngestOptions, 'onProgress' | 'signal'>): Begun<IngestReport>;
  /**
   * Unreachable at once and for good: a later ingest of its folder leaves it out.
   * @throws NotFoundError
   */
  remove(id: string): Promise<void>;
  /** Lets a folder bring the document back. @throws NotFoundError when it was not deleted. */
  restore(id: string): Promise<void>;
}

export interface LibraryDependencies extends IngestDependencies {
  readonly jobs: Jobs;
  readonly fetcher: Fetcher;
  /** Keeps ingests of folders apart, of whatever process; gives what ends it. @throws AppError 409 while there is one. */
  readonly lock: () => Promise<() => Promise<void>>;
  /** Told after anything was published. */
  readonly onPublished: () => Promise<void>;
  /** Told of a document that is no more, for what else remembers it. */
  readonly onRemoved: (id: string) => Promise<void>;
}

export function createLibrary(deps: LibraryDependencies): Library {
  const { store, jobs } = deps;
  return {
    ingest: (path, options = {}) =>
      runJob(jobs.start('folder', path), (job) => ingestFolder(path, { ...options, job }, deps)),
    add: (upload, kind = 'upload') =>
      runJob(jobs.start(kind, upload.name), () =>
        publishOne({ ...upload, uri: upload.name, name: basename(upload.name), root: '', origin: 'upload' }, deps),
      ),
    addFromUrl: (url, given) =>
      runJob(jobs.start('url', url), async () => publishOne(rawFrom(await deps.fetcher.fetch(url), given), deps)),
    refresh: (listPath, options = {}) =>
      runJob(jobs.start('refresh', listPath), (job) => refreshList(listPath, { ...options, job }, deps)),
    async remove(id) {
      if (!(await store.findSummary(id, ''))) throw new NotFoundError(`There is no document ${id}.`);
      await store.publish({ write: [], relocate: [], remove: [id], bury: [id] });
      await deps.onRemoved(id);
      await deps.onPublished();
    },
    async restore(id) {
      if (!(await store.listBuried()).includes(id)) throw new NotFoundError(`No document ${id} was deleted.`);
      await store.publish({ write: [], relocate: [], remove: [], unbury: [id] });
    },
  };
}

async function ingestFolder(
  path: string,
  { job, onProgress, ...options }: IngestOptions & { job: RunningJob },
  deps: LibraryDependencies,
): Promise<Result<IngestReport>> {
  const tell = (done: number, total: number): void => {
    job.progress(done, total);
    onProgress?.(done, total);
  };
  const release = await deps.lock();
  try {
    const report = await ingest(path, deps, { ...options, onProgress: tell });
    await deps.onPublished();
    return { report, value: report };
  } finally {
    await release();
  }
}

async function refreshList(
  listPath: string,
  options: IngestOptions & { job: RunningJob },
  deps: LibraryDependencies,
): Promise<Result<IngestReport>> {
  const sources = await readSourcesList(listPath);
  const report = createReport();
  const { store, fetcher } = deps;
  const buried = new Set(await store.listBuried());
  const publish: RefreshDependencies['publish'] = (fetched, given) =>
    publishRaw(rawFrom(fetched, given), report, { ...deps, buried });
  for (const [i, source] of sources.entries()) {
    options.signal?.throwIfAborted();
    await refreshSource(source, report, { store, fetchIfChanged: fetcher.fetchIfChanged, publish, buried });
    options.job.progress(i + 1, sources.length);
    options.onProgress?.(i + 1, sources.length);
  }
  const value = report.finish(await listDuplicates(report.listWritten(), store));
  return { report: value, value };
}

async function publishOne(raw: RawDocument, deps: LibraryDependencies): Promise<Result<Added>> {
  const report = createReport();
  const documentId = await publishRaw(raw, report, deps);
  const added = { documentId, report: report.finish(await listDuplicates(report.listWritten(), deps.store)) };
  return { ...added, value: added };
}

/** Gives the id. @throws IngestError with the reason when it is no document. */
async function publishRaw(
  raw: RawDocument,
  report: Report,
  deps: LibraryDependencies & { readonly buried?: ReadonlySet<string> },
): Promise<string> {
  const prepared = await deps.prepare(raw);
  if ('reason' in prepared) throw new IngestError(prepared.reason);
  const { id, digest } = prepared.document;
  if (deps.buried?.has(id)) {
    report.place(id, { act: 'deleted' }, { path: raw.uri });
    return id;
  }
  const before = await deps.store.findSummary(id, '');
  const act = before ? (before.digest === digest ? 'keep' : 'change') : 'add';
  await deps.store.publish({ write: [await shareVectors(prepared, [], deps.store)], relocate: [], remove: [] });
  report.place(id, { act }, { path: raw.uri });
  await deps.onPublished();
  return id;
}

function rawFrom(
  { url, name, ...fetched }: FetchedDocument,
  given: Readonly<Record<string, unknown>> = {},
): RawDocument {
  const sources = [{ title: url, publisher: new URL(url).hostname, url, authority: 'news' as const }];
  return { ...fetched, uri: url, name, root: url, origin: 'url', given, sources };
}

interface Result<T> {
  readonly report: IngestReport;
  readonly documentId?: string;
  readonly value: T;
}

/** The job is told how the work ended, whoever waits for it. */
function runJob<T>(job: RunningJob, work: (job: RunningJob) => Promise<Result<T>>): Begun<T> {
  const run = async (): Promise<T> => {
    try {
      const { value, ...result } = await work(job);
      await job.finish(result);
      return value;
    } catch (error) {
      await job.fail(error instanceof AppError ? error.message : 'An unexpected error; the log has it.');
      throw error;
    }
  };
  const result = run();
  result.catch(() => {});
  return { jobId: job.id, result };
}
