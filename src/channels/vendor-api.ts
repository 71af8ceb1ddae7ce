/** A chat tool's API did not take a call. The message never holds an address: some hold keys. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly retryable: boolean;
  /** How long the tool asks us to wait. */
  readonly retryAfterMs?: number;

  constructor(message: string, options: { retryable: boolean; retryAfterMs?: number | undefined; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}

export interface VendorCall {
  readonly url: string;
  readonly method?: 'POST' | 'PATCH' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as a form. */
  readonly body: object | URLSearchParams;
  readonly signal?: AbortSignal;
  /** For the whole call; default: ten seconds. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/**
 * One call of a chat tool's API; gives its JSON, or an empty object. Redirects are not followed: they would take the keys along.
 * @throws VendorError
 */
export async function callVendor(call: VendorCall): Promise<Record<string, unknown>> {
  const { ok, status, headers, text } = await fetchOnce(call).catch((error: unknown) => {
    throw new VendorError(`no answer (${causeOf(error)})`, { retryable: true });
  });
  if (ok) return readObject(text) ?? {};
  throw new VendorError(`status ${status}`, {
    retryable: PASSING.has(status) || status >= 500,
    retryAfterMs: retryAfterMs(headers.get('retry-after'), text),
  });
}

/** Too slow, and too many. */
const PASSING = new Set([408, 429]);

interface Received extends Pick<Response, 'ok' | 'status' | 'headers'> {
  readonly text: string;
}

async function fetchOnce(call: VendorCall): Promise<Received> {
  const { url, method = 'POST', headers, body, signal, timeoutMs = TIMEOUT_MS } = call;
  signal?.throwIfAborted();
  const form = body instanceof URLSearchParams;
  // Not `AbortSignal.any`: a time limit that only such a signal knows of may be collected as garbage before it is over.
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(new DOMException('No answer in time.', 'TimeoutError')), timeoutMs);
  const stop = (): void => ended.abort(signal?.reason);
  signal?.addEventListener('abort', stop);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...(!form && { 'Content-Type': 'application/json; charset=utf-8' }), ...headers },
      body: form ? body : JSON.stringify(body),
      redirect: 'error',
      signal: ended.signal,
    });
    const { ok, status, headers: received } = response;
    return { ok, status, headers: received, text: await response.text().catch(() => '') };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** `Retry-After`, or the field in which Telegram and Discord say it, both in seconds. */
function retryAfterMs(header: string | null, text: string): number | undefined {
  const { retry_after: own, parameters } = (readObject(text) ?? {}) as {
    retry_after?: unknown;
    parameters?: { retry_after?: unknown };
  };
  const seconds = Number(header ?? parameters?.retry_after ?? own);
  return seconds >= 0 ? seconds * 1000 : undefined;
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string }; name?: string };
  return cause?.code ?? name ?? 'unknown';
}
