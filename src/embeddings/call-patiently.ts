import { AsyncCaller, parseRetryAfterMs } from '@langchain/core/utils/async_caller';

/** Requests to one provider at a time. */
const MOST_AT_ONCE = 4;
/** With waits that double from one second, with jitter: about two minutes in all. */
const RETRIES = 6;
/** A provider that asks for more patience than this is not waited for. */
const LONGEST_WAIT_MS = 120_000;

/** LangChain's caller, that tries again only what may succeed later, and waits as long as the provider asks. */
export function createPatientCaller(retries = RETRIES): AsyncCaller {
  return new AsyncCaller({
    maxConcurrency: MOST_AT_ONCE,
    maxRetries: retries,
    onFailedAttempt(error: unknown) {
      if (!isRetryable(error)) throw error;
      const retryAfterMs = parseRetryAfterMs(findHeader(error, 'retry-after'));
      if (retryAfterMs === undefined) return;
      if (retryAfterMs > LONGEST_WAIT_MS) throw error;
      // Its caller waits at least this long.
      Object.assign(error as object, { retryAfterMs });
    },
  });
}

/** Whether the same request may succeed later: too many of them, a fault of the server, or no connection. */
export function isRetryable(error: unknown): boolean {
  const status = findStatus(error);
  if (status === undefined) return isConnectionFault(error);
  // An empty account is refused with the same status as haste, and stays empty.
  if (status === 429) return !/insufficient_quota|billing/.test(String((error as { code?: unknown }).code));
  return status === 408 || status >= 500;
}

/** Each client library has its own word for it. */
function findStatus(error: unknown): number | undefined {
  const { status, statusCode, status_code, response } = error as Record<string, unknown>;
  const nested = (response as { status?: unknown } | undefined)?.status;
  return [status, statusCode, status_code, nested].find((value): value is number => typeof value === 'number');
}

function isConnectionFault(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, name, message, cause } = error as Record<string, unknown>;
  return (
    /^(?:ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|UND_ERR_)/.test(String(code)) ||
    String(name).startsWith('APIConnection') ||
    /^(?:fetch failed|Connection error|terminated)/.test(String(message)) ||
    isConnectionFault(cause)
  );
}

function findHeader(error: unknown, name: string): string | null | undefined {
  const { headers, response, cause } = error as Record<string, { headers?: unknown } | undefined>;
  const found = headers ?? response?.headers ?? cause?.headers;
  if (found instanceof Headers) return found.get(name);
  const value = (found as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
