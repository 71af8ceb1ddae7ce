import type { Request, RequestHandler, Response } from 'express';
import type { Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { hasEnded, type Job, type Jobs, type Task } from '../jobs/jobs.ts';
import type { Workers } from '../jobs/work-jobs.ts';
import { checkAddition } from '../requests.ts';
import { describeDocument, idOf } from './corpus-routes.ts';
import { readUpload } from './read-upload.ts';

/** A response waits for the work as long as this, then hands out the job. */
const PATIENCE_MS = 10_000;
const FIRST_LOOK_MS = 10;
const LONGEST_LOOK_MS = 250;

export interface AdminRouteDependencies {
  readonly assistant: Assistant;
  readonly workers: Pick<Workers, 'wake'>;
  readonly config: Config;
  readonly publicUrl: () => string;
}

/** `POST /api/documents`: a file, a text or an address becomes a document, or replaces the one with its id. */
export function addDocumentRoute(deps: AdminRouteDependencies): RequestHandler {
  return async (request, response) => {
    const { jobs } = deps.assistant;
    const task = await readTask(request, deps.config);
    const accepted = await jobs.accept(task);
    deps.workers.wake();
    const isAsync = prefersAsync(request.get('prefer'));
    await respond(isAsync ? accepted : await waitForEnd(accepted, jobs), response, deps);
  };
}

async function readTask(request: Request, { INGEST_MAX_FILE_MB }: Config): Promise<Task> {
  if (request.is('multipart/form-data')) {
    return readUpload(request, INGEST_MAX_FILE_MB);
  }
  const { url, text, ...given } = checkAddition(request.body);
  if (url !== undefined) return { kind: 'url', subject: url, given };
  const bytes = Buffer.from(text ?? '', 'utf8');
  const name = `${[given['id'], given['title']].find((field) => typeof field === 'string') ?? 'document'}.md`;
  return { kind: 'text', subject: name, bytes, mediaType: 'text/markdown', given };
}

function prefersAsync(prefer: string | undefined): boolean {
  return /(?:^|,)\s*respond-async\b/i.test(prefer ?? '');
}

/** Whichever process does it: the job as it ended, or as it is when patience does. */
async function waitForEnd(accepted: Job, jobs: Jobs): Promise<Job> {
  const deadline = performance.now() + PATIENCE_MS;
  let job = accepted;
  for (let pauseMs = FIRST_LOOK_MS; !hasEnded(job) && performance.now() < deadline;) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    job = (await jobs.find(accepted.id)) ?? job;
    pauseMs = Math.min(1.5 * pauseMs, LONGEST_LOOK_MS);
  }
  return job;
}

function failureOf({ problem, problemStatus, retryable }: Job): AppError {
  // A bug has its stack in the log of the process that did the work.
  return new AppError(problem ?? '', { status: problemStatus ?? 500, retryable });
}

async function respond(job: Job, response: Response, { assistant, publicUrl }: AdminRouteDependencies): Promise<void> {
  if (!hasEnded(job)) {
    response.status(202).location(`/api/jobs/${job.id}`).json(job);
    return;
  }
  const { report, documentId } = job;
  if (!report || documentId === null) throw failureOf(job);
  const summary = await assistant.findSummary(documentId);
  const document = summary && describeDocument(summary, publicUrl());
  response.status(report.added.length > 0 ? 201 : 200);
  if (document) response.location(document.uri);
  response.json({ jobId: job.id, document, report });
}

/** `DELETE /api/documents/{id}`. */
export function removeDocumentRoute({ assistant }: AdminRouteDependencies): RequestHandler {
  return async (request, response) => {
    await assistant.library.remove(idOf(request.params['id']));
    response.status(204).end();
  };
}
