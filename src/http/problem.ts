import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { AppError, InvalidRequestError } from '../errors.ts';
import type { Log } from '../telemetry/log.ts';

/** RFC 9457, with `retryable` and, for a bad request, where the faults are. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** The id of the request, as the log has it. */
  readonly instance: string;
  readonly retryable: boolean;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

const RETRYABLE = new Set([408, 429, 502, 503, 504]);

/** What body-parser and express say in their own words, in ours. */
const CLIENT_FAULTS: Readonly<Record<number, string>> = {
  400: 'The request body is not a JSON object.',
  415: 'The request body must be JSON in UTF-8: send Content-Type: application/json.',
};

/** An error as the client is told it. A bug is told as nothing but a 500. */
export function problemOf(error: unknown, instance: string): Problem {
  if (error instanceof AppError) {
    const errors = error instanceof InvalidRequestError && error.issues.length > 0 ? error.issues : undefined;
    return { ...problem(error.status, instance, error.message), retryable: error.retryable, ...(errors && { errors }) };
  }
  if (error instanceof URIError) return problem(400, instance, 'The address is not well-formed.');
  const status = clientFault(error);
  if (status === undefined) return problem(500, instance);
  return problem(status, instance, status === 413 ? describeLimit(error) : CLIENT_FAULTS[status]);
}

/** body-parser says how much it would have taken. */
function describeLimit(error: unknown): string {
  const kibibytes = Number((error as { limit?: unknown }).limit) / 1024;
  return `The request body is larger than ${kibibytes < 1024 ? `${kibibytes} KiB` : `${kibibytes / 1024} MiB`}.`;
}

export function problem(status: number, instance: string, detail?: string): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, ...(detail && { detail }), instance, retryable: RETRYABLE.has(status) };
}

export function sendProblem(response: Response, body: Problem, retryAfterSeconds?: number): void {
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
  const shape = response.locals['shapeProblem'] as ((body: Problem) => object) | undefined;
  if (shape) {
    response.status(body.status).json(shape(body));
    return;
  }
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

/** The last handler: every error as a problem, bugs with their stack in the log. */
export function renderErrors(log: Log): ErrorRequestHandler {
  // oxlint-disable-next-line max-params -- express knows an error handler by its four parameters
  return (error: unknown, _request, response, next) => {
    const body = problemOf(error, requestId(response));
    if (body.status === 500) log.error({ err: error, requestId: body.instance }, 'unexpected error');
    if (response.headersSent) {
      next(error);
      return;
    }
    sendProblem(response, body, error instanceof AppError ? error.retryAfterSeconds : undefined);
  };
}

/** Below this, problems are told in another protocol's shape. */
export function shapeProblems(shape: (body: Problem) => object): RequestHandler {
  return (_request, response, next) => {
    response.locals['shapeProblem'] = shape;
    next();
  };
}

export const notFound: RequestHandler = (_request, response) => {
  sendProblem(response, problem(404, requestId(response), 'There is nothing at this address.'));
};

/** Answers what the route's own handlers did not take. */
export function methodNotAllowed(...allowed: string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    sendProblem(response, problem(405, requestId(response), `This address takes ${allowed.join(', ')}.`));
  };
}

export function requestId(response: Response): string {
  return String(response.locals['requestId'] ?? '');
}

/** The status of an error that the client caused, as body-parser and express mark it. */
function clientFault(error: unknown): number | undefined {
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
