import type { RequestHandler, Response } from 'express';
import type { Assistant } from '../assistant.ts';
import { NotFoundError } from '../errors.ts';
import { hasEnded, type Job } from '../jobs/jobs.ts';
import type { Workers } from '../jobs/work-jobs.ts';
import { checkJob } from '../requests.ts';
import { idOf } from './corpus-routes.ts';
import { openEventStream } from './event-stream.ts';

const WATCH_MS = 200;

interface JobRouteDependencies {
  readonly assistant: Assistant;
  readonly workers: Pick<Workers, 'wake'>;
}

/** `GET /api/jobs`: what was ingested, newest first, with the files that were left out. */
export function jobsRoute({ assistant }: JobRouteDependencies): RequestHandler {
  return async (_request, response) => {
    const jobs = await assistant.jobs.list();
    response.json({ jobs, total: jobs.length });
  };
}

/** `POST /api/jobs`: the folder of the corpus, or the pages of its list, are read again. */
export function beginJobRoute({ assistant, workers }: JobRouteDependencies): RequestHandler {
  return async (request, response) => {
    const { kind } = checkJob(request.body);
    sendAccepted(await assistant.jobs.accept({ kind, subject: 'corpus' }), { response, workers });
  };
}

/** `POST /api/jobs/{id}/retry`: what failed and may go well now goes back into the queue. */
export function retryJobRoute({ assistant, workers }: JobRouteDependencies): RequestHandler {
  return async (request, response) => {
    sendAccepted(await assistant.jobs.retry(idOf(request.params['id'])), { response, workers });
  };
}

function sendAccepted(job: Job, { response, workers }: { response: Response; workers: Pick<Workers, 'wake'> }): void {
  workers.wake();
  response.status(202).location(`/api/jobs/${job.id}`).json(job);
}

/** `GET /api/jobs/{id}`: as it is, or as events until it ends when the client accepts `text/event-stream`. */
export function jobRoute({ assistant }: JobRouteDependencies): RequestHandler {
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
    if (hasEnded(job)) break;
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    job = await assistant.jobs.find(first.id);
  }
  stream.close();
}
