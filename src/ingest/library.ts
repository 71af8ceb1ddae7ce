import { basename, join } from 'node:path';
import type { CorpusStore } from '../corpus-store/corpus-store.ts';
import type { IngestReport } from '../domain.ts';
import { IngestError, NotFoundError } from '../errors.ts';
import { describeFailure } from '../jobs/follow-job.ts';
import type { Claim, ClaimedJob, JobResult, Jobs, RunningJob, Task } from '../jobs/jobs.ts';
import type { FetchedDocument, Fetcher } from './fetch/fetch-document.ts';
import { ingest, type IngestDependencies, type IngestOptions } from './ingest.ts';
import type { RawDocument } from './prepare.ts';
import { listDuplicates } from './list-duplicates.ts';
import { refreshSource, type RefreshDependencies } from './refresh.ts';
import { createReport, type Report } from './report.ts';
import { shareVectors } from './share-vectors.ts';
import { readSourcesList, SOURCES_LIST } from './sources-list.ts';

/** What came of adding one document. */
export interface Added {
  readonly documentId: string;
  readonly report: IngestReport;
}

/** Changes what the corpus holds, and tells `jobs` how it went. */
export interface Library {
  /** Level with a file or folder. */
  ingest(path: string, options?: IngestOptions): Promise<IngestReport>;
  /** Adds or replaces the page or file at an address. Rejects with a 422 or 502. */
  addFromUrl(url: string, given?: Readonly<Record<string, unknown>>): Promise<Added>;
  /** Level with the pages of a list (`sources.yaml`); only those that have changed are read. */
  refresh(listPath: string, options?: Pick<IngestOptions, 'onProgress' | 'signal'>): Promise<IngestReport>;
  /** Does what a job of the queue asks for; rejects with a 422 or 502, or as above. */
  work(job: ClaimedJob): Promise<JobResult>;
  /**
   * Unreachable at once and for good: a later ingest of its folder leaves it out.
   * @throws NotFoundError
   */
  remove(id: string): Promise<void>;
  /** Lets a folder bring the document back. @throws NotFoundError when it was not deleted. */
  restore(id: string): Promise<void>;
}

export interface LibraryDependencies extends IngestDependencies {
  /** The folder that jobs read, and that has the list of sources. */
  readonly corpus: string;
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
    async ingest(path, options = {}) {
      const work = (job: RunningJob) => ingestFolder(path, { ...options, job }, deps);
      return (await runJob(jobs.start('folder', path), work)).report;
    },
    addFromUrl: (url, given) => runJob(jobs.start('url', url), () => addPage(url, given, deps)),
    async refresh(listPath, options = {}) {
      const work = (job: RunningJob) => refreshList(listPath, { ...options, job }, deps);
      return (await runJob(jobs.start('refresh', listPath), work)).report;
    },
    work: (job) => workOn(job, { ...deps, store: claimedStore(store, job.claim) }),
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

/** What a job publishes counts only while the job is this process's. */
function claimedStore(store: CorpusStore, claim: Claim): CorpusStore {
  return { ...store, publish: (change) => store.publish({ ...change, claim }) };
}

function workOn(job: ClaimedJob, deps: LibraryDependencies): Promise<JobResult> {
  const { kind, subject, given, bytes = new Uint8Array(), mediaType } = job.task;
  const { signal } = job;
  switch (kind) {
    case 'folder':
      return ingestFolder(deps.corpus, { job, signal }, deps);
    case 'refresh':
      return refreshList(join(deps.corpus, SOURCES_LIST), { job, signal }, deps);
    case 'url':
      return addPage(subject, given, deps);
    case 'upload':
    case 'text': {
      const name = basename(subject);
      return publishOne(
        { uri: subject, name, bytes, mediaType, ...(given && { given }), root: '', origin: 'upload' },
        deps,
      );
    }
  }
}

async function ingestFolder(
  path: string,
  { job, onProgress, ...options }: IngestOptions & { job: RunningJob },
  deps: LibraryDependencies,
): Promise<JobResult> {
  const tell = (done: number, total: number): void => {
    job.progress(done, total);
    onProgress?.(done, total);
  };
  const release = await deps.lock();
  try {
    const report = await ingest(path, deps, { ...options, onProgress: tell });
    await deps.onPublished();
    return { report };
  } finally {
    await release();
  }
}

async function refreshList(
  listPath: string,
  options: IngestOptions & { job: RunningJob },
  deps: LibraryDependencies,
): Promise<JobResult> {
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
  return { report: report.finish(await listDuplicates(report.listWritten(), store)) };
}

async function addPage(url: string, given: Task['given'], deps: LibraryDependencies): Promise<Added> {
  return publishOne(rawFrom(await deps.fetcher.fetch(url), given), deps);
}

async function publishOne(raw: RawDocument, deps: LibraryDependencies): Promise<Added> {
  const report = createReport();
  const documentId = await publishRaw(raw, report, deps);
  return { documentId, report: report.finish(await listDuplicates(report.listWritten(), deps.store)) };
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

/** The job is told how the work ended, as whoever waits for it. */
async function runJob<T extends JobResult>(job: RunningJob, work: (job: RunningJob) => Promise<T>): Promise<T> {
  try {
    const result = await work(job);
    await job.finish(result);
    return result;
  } catch (error) {
    await job.fail(describeFailure(error));
    throw error;
  }
}
