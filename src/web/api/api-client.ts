import type { ProblemView } from './views.ts';

const ACCESS_KEY = 'concordat.access-key';

/** Where the API is, and what opens it. The widget asks another origin than its page's. */
export interface ApiClient {
  /** Never throws: failing is a value. */
  send(path: string, init?: RequestInit): Promise<Response | ProblemView>;
  read<T>(path: string, init?: RequestInit): Promise<T | ProblemView>;
}

const UNREACHABLE: ProblemView = { status: 0, title: '', retryable: true };

/** A job has words for its status. */
export function isProblem(value: object): value is ProblemView {
  return 'retryable' in value && 'status' in value && typeof value.status === 'number';
}

/** Sends requests to one origin; `key` is asked anew for each. */
export function createApiClient(origin: string, key: () => string | null): ApiClient {
  const send: ApiClient['send'] = async (path, init = {}) => {
    const headers = new Headers(init.headers);
    const bearer = key();
    if (bearer !== null && !headers.has('Authorization')) headers.set('Authorization', `Bearer ${bearer}`);
    try {
      const response = await fetch(origin + path, { ...init, headers });
      return response.ok ? response : await readProblem(response);
    } catch {
      return UNREACHABLE;
    }
  };
  return {
    send,
    async read<T>(path: string, init?: RequestInit) {
      const response = await send(path, init);
      if (isProblem(response)) return response;
      try {
        return (await response.json()) as T;
      } catch {
        return UNREACHABLE;
      }
    },
  };
}

/** A body of JSON, as a request. */
export function jsonRequest(body: unknown, init: RequestInit = {}): RequestInit {
  const headers = { 'Content-Type': 'application/json', ...(init.headers as Record<string, string> | undefined) };
  return { method: 'POST', ...init, headers, body: JSON.stringify(body) };
}

export function keepAccessKey(key: string): void {
  sessionStorage.setItem(ACCESS_KEY, key);
}

/** The page's own server. */
export const api = createApiClient('', () => sessionStorage.getItem(ACCESS_KEY));

/** The problem that a response carries, or what its status says. */
async function readProblem(response: Response): Promise<ProblemView> {
  const { status, statusText } = response;
  const plain = { status, title: statusText || `Status ${status}`, retryable: status >= 500 };
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) return plain;
  return response.json().catch(() => plain) as Promise<ProblemView>;
}
