import { useCallback, useEffect, useState } from 'preact/hooks';
import { api, isProblem, type ApiClient } from '../api/api-client.ts';
import type { ProblemView } from '../api/views.ts';

/** What a request has come to; nothing while it is under way. */
export interface Fetched<T> {
  readonly value?: T | undefined;
  readonly problem?: ProblemView | undefined;
  readonly retry: () => void;
}

/** Reads an address of the API, again whenever it changes or `retry` is called. */
export function useFetched<T>(path: string, init?: RequestInit, client: ApiClient = api): Fetched<T> {
  const [state, setState] = useState<{ value?: T; problem?: ProblemView }>({});
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    setState({});
    const read = async (): Promise<void> => {
      const got = await client.read<T & object>(path, { ...init, signal: leaving.signal });
      if (!leaving.signal.aborted) setState(isProblem(got) ? { problem: got } : { value: got });
    };
    void read();
    return () => leaving.abort();
    // A request is told by its address: what else it carries does not change.
  }, [path, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...state, retry };
}
