import type { RequestHandler, Response } from 'express';
import type { Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import { NotFoundError } from '../errors.ts';
import type { Added, Begun } from '../ingest/library.ts';
import type { Job } from '../jobs/jobs.ts';
import { checkAddition } from '../requests.ts';
import { describeDocument, idOf } from './corpus-routes.ts';
import { openEventStream } from './event-stream.ts';
import { readUpload } from './read-upload.ts';

/** A response waits for the work as long as this, then hands out the job. */
const PATIENCE_MS = 10_000;
const WATCH_MS = 200;

export interface AdminRouteDependencies {
  readonly assistant: Assistant;
  readonly config: Config;
  readonly publicUrl: () => string;
}

/** `POST /api/documents`: a file, a text or an address becomes a document, or replaces the one with its id. */
export function addDocumentRoute(deps: AdminRouteDependencies): RequestHandler {
  return async (request, response) => {
    const { library } = deps.assistant;
    if (request.is('multipart/form-data')) {
      const upload = await readUpload(request, deps.config.INGEST_MAX_FILE_MB);
      return respond(library.add(upload), { response, isAsync: prefersAsync(request.get('prefer')) }, deps);
    }
    const isAsync = prefersAsync(request.get('prefer'));
    const { url, text, ...given } = checkAddition(request.body);
    if (url !== undefined) return respond(library.addFromUrl(url, given), { response, isAsync }, deps);
    const bytes = Buffer.from(text ?? '', 'utf8');
    const name = `${[given['id'], given['title']].find((field) => typeof field === 'string') ?? 'document'}.md`;
    const upload = { name, bytes, mediaType: 'text/markdown', given };
    return respond(library.add(upload, 'text'), { response, isAsync }, deps);
  };
}

function prefersAsync(prefer: string | undefined): boolean {
  return /(?:^|,)\s*respond-async\b/i.test(prefer ?? '');
}

async function respond(
  { jobId, result }: Begun<Added>,
  { response, isAsync }: { response: Response; isAsync: boolean },
  { assistant, publicUrl }: AdminRouteDependencies,
): Promise<void> {
  const added = isAsync ? undefined : await inTime(result);
  if (added === undefined) {
    response
      .status(202)
      .location(`/api/jobs/${jobId}`)
      .json(await assistant.jobs.find(jobId));
    return;
  }
  const { documentId, report } = added;
  const summary = await assistant.findSummary(documentId);
  const document = summary && describeDocument(summary, publicUrl());
  response.status(report.added.length > 0 ? 201 : 200);
  if (document) response.location(document.uri);
  response.json({ jobId, document, report });
}

async function inTime<T>(result: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE_MS)));
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** `DELETE /api/documents/{id}`. */
export function removeDocumentRoute({ assistant }: AdminRouteDependencies): RequestHandler {
  return async (request, response) => {
    await assistant.library.remove(idOf(request.params['id']));
    response.status(204).end();
  };
}

/** `GET /api/jobs`: what was ingested, newest first, with the files that were left out. */
export function jobsRoute({ assistant }: AdminRouteDependencies): RequestHandler {
  return async (_request, response) => {
    const jobs = await assistant.jobs.list();
    response.json({ jobs, total: jobs.length });
  };
}

/** `GET /api/jobs/{id}`: as it is, or as events until it ends when the client accepts `text/event-stream`. */
export function jobRoute({ assistant }: AdminRouteDependencies): RequestHandler {
  return async (request, response) => {
    const id = idOf(request.params['id']);
    const job = await assistant.jobs.find(id);
    if (!job) throw new NotFoundError(`There is no job ${id}.`);
    if (request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') {
      return watchJob(job, { response, assistant });
    }
    response.json(job);
  };
}

async function watchJob(
  first: Job,
  { response, assistant }: { response: Response; assistant: Assistant },
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const stream = openEventStream(response);
  let told = '';
  for (let job: Job | undefined = first; job !== undefined && !gone.signal.aborted;) {
    const now = JSON.stringify(job);
    if (now !== told) stream.send('job', job);
    told = now;
    if (job.status !== 'running') break;
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    job = await assistant.jobs.find(first.id);
  }
  stream.close();
}
