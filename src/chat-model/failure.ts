import { AppError } from '../errors.ts';

/** What a provider's client threw, as far as it tells. */
export interface Failure {
  /** The HTTP status; undefined where there was no response. */
  readonly status: number | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
}

const RETRYABLE = new Set([408, 425, 429, 500, 502, 503, 504, 529]);
const NETWORK = /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|UND_ERR|fetch failed|socket|terminated|network|connection/i;
/** Said with a 429 that no waiting mends. */
const EXHAUSTED = /insufficient_quota|billing|exceeded your current quota/i;

/** Reads the error of any provider's client: each keeps status and headers elsewhere. */
export function readFailure(error: unknown): Failure {
  const status = chainOf(error)
    .map(statusOf)
    .find((code) => code !== undefined);
  const text = chainOf(error)
    .map((link) => `${String(link['name'])} ${String(link['code'])} ${String(link['message'])}`)
    .join(' ');
  const retryable = status === undefined ? NETWORK.test(text) : RETRYABLE.has(status) && !EXHAUSTED.test(text);
  return { status, retryable, retryAfterSeconds: chainOf(error).map(retryAfterOf).find(Boolean) };
}

/** The status of a failure, or the name of its fault: what the provider said may hold what it was asked. */
export function nameFailure(error: unknown): string {
  const { status } = readFailure(error);
  if (status !== undefined) return String(status);
  const names = chainOf(error).flatMap((link) => [link['code'], link['name']]);
  return names.find((name): name is string => typeof name === 'string' && name !== 'Error') ?? 'Error';
}

/** A failure as it may be told. */
export function failureError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { retryable, retryAfterSeconds } = readFailure(error);
  const details = { retryable, cause: error, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  return new AppError('The chat model did not give an answer.', { status: 502, ...details });
}

type Link = Readonly<Record<string, unknown>>;

/** An error, what caused it, and so on. */
function chainOf(error: unknown): Link[] {
  const chain: Link[] = [];
  for (let link = error; isLink(link) && chain.length < 5; link = link['cause'] ?? link['error']) chain.push(link);
  return chain;
}

function isLink(value: unknown): value is Link {
  return typeof value === 'object' && value !== null;
}

function statusOf(link: Link): number | undefined {
  const metadata = isLink(link['$metadata']) ? link['$metadata']['httpStatusCode'] : undefined;
  const codes = [link['status'], link['statusCode'], link['status_code'], metadata];
  return codes.find((code): code is number => typeof code === 'number' && code >= 400);
}

function retryAfterOf(link: Link): number | undefined {
  const response = isLink(link['$response']) ? link['$response'] : link;
  const { headers } = response as { headers?: unknown };
  const value = headers instanceof Headers ? headers.get('retry-after') : isLink(headers) && headers['retry-after'];
  const seconds = typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : undefined;
}
