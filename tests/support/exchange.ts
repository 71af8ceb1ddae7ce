import { request, type IncomingHttpHeaders } from 'node:http';

/** What to send. Paths go out as written: `fetch` would normalise the hostile ones. */
export interface Outgoing {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when a string or bytes, else as JSON. */
  readonly body?: unknown;
}

/** A response, read to its end. */
export interface Exchange {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The media type without parameters; empty when there is none. */
  readonly mediaType: string;
  readonly text: string;
  /** @throws SyntaxError when the body is not JSON. */
  json(): unknown;
}

/** One request on a connection of its own. */
export async function exchange(url: string, outgoing: Outgoing, signal?: AbortSignal): Promise<Exchange> {
  const payload = payloadOf(outgoing.body);
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path: outgoing.path,
        agent: false,
        signal,
        method: outgoing.method ?? (payload === undefined ? 'GET' : 'POST'),
        headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...outgoing.headers },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const mediaType = (response.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, headers, mediaType, text, json: () => JSON.parse(text) as unknown });
        });
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}

function payloadOf(body: unknown): string | Buffer | undefined {
  return body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** One server-sent event, its data parsed. */
export interface ServerEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The events of a whole `text/event-stream` body, in order; comments are left out. */
export function parseEvents(text: string): ServerEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [event = '', data = ''] = block.split('\n');
      return { event: event.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) as unknown };
    });
}
