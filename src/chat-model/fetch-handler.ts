interface AwsRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** What `fetch` sets itself, to the same. */
const OWN_HEADERS = new Set(['host', 'content-length']);

/** Sends the requests of an AWS client by `fetch`: its own handler leaves a reply running that nobody reads any more. */
export function createFetchHandler(signal: () => AbortSignal | undefined): object {
  return {
    async handle({ method, headers, body, ...request }: AwsRequest) {
      const sent = Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
      const response = await fetch(urlOf(request), {
        method,
        headers: Object.fromEntries(sent),
        ...(body !== undefined && { body }),
        signal: signal() ?? null,
      });
      const received = { statusCode: response.status, headers: Object.fromEntries(response.headers) };
      return { response: { ...received, body: response.body } };
    },
  };
}

function urlOf({ protocol, hostname, port, path, query = {} }: Omit<AwsRequest, 'method' | 'headers' | 'body'>): URL {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values ?? ''].flat()) url.searchParams.append(name, value);
  }
  return url;
}
