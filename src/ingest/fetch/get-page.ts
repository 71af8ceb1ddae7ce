import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Readable } from 'node:stream';
import { FetchError } from './fetch-error.ts';
import { pinAddress, type Resolve, type ResolvedAddress } from './public-address.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const USER_AGENT = 'Concordat/0.1 (document ingest)';

export interface PageOptions {
  readonly resolve: Resolve;
  /** Whether an address may be connected to. */
  readonly isAllowed: (address: string) => boolean;
  /** For one page with all its redirects. */
  readonly timeoutMs: number;
  /** After unpacking. */
  readonly maxBytes: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Page {
  /** Where it was in the end. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
}

/**
 * Fetches one address over http(s). The address of the host, and of each host it redirects to, is checked and then
 * connected to as checked.
 * @throws FetchError when it is refused, out of reach, too slow or too large.
 */
export async function getPage(address: string, options: PageOptions): Promise<Page> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  let url = parseAddress(address);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const pinned = await pinAddress(url, options);
    const page = await getOnce(url, { ...options, pinned, signal });
    const { location } = page.headers;
    if (!REDIRECTS.has(page.status) || location === undefined) return page;
    url = parseAddress(location, url);
  }
  throw new FetchError(`${address} redirects more than ${MOST_REDIRECTS} times.`);
}

function parseAddress(address: string, from?: URL): URL {
  if (!URL.canParse(address, from?.href)) throw new FetchError(`${address} is no address.`);
  const url = new URL(address, from);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new FetchError(`${address} is not http or https.`);
  if (url.username || url.password) throw new FetchError('An address with a name or password in it is not fetched.');
  url.hash = '';
  return url;
}

interface Attempt extends PageOptions {
  readonly pinned: ResolvedAddress;
  readonly signal: AbortSignal;
}

async function getOnce(url: URL, attempt: Attempt): Promise<Page> {
  try {
    const response = await send(url, attempt);
    const status = response.statusCode ?? 0;
    const headers = plainHeaders(response.headers);
    if (REDIRECTS.has(status) || status === 304) {
      response.destroy();
      return { url: url.href, status, headers, bytes: new Uint8Array() };
    }
    return { url: url.href, status, headers, bytes: await readBody(response, { url, attempt }) };
  } catch (error) {
    if (error instanceof FetchError) throw error;
    if (attempt.signal.aborted)
      throw new FetchError(`${url.href} took longer than ${attempt.timeoutMs / 1000} seconds.`, true);
    throw new FetchError(
      `${url.href} cannot be reached (${error instanceof Error ? error.message : String(error)}).`,
      true,
    );
  }
}

function send(url: URL, { pinned, signal, headers = {} }: Attempt): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent: false,
        signal,
        headers: {
          'user-agent': USER_AGENT,
          accept: 'text/html, application/pdf, text/*;q=0.8, */*;q=0.5',
          'accept-encoding': 'gzip, deflate, br',
          ...headers,
        },
        lookup: (_hostname, options, callback) => {
          if (options.all) callback(null, [pinned]);
          else callback(null, pinned.address, pinned.family);
        },
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end();
  });
}

/** Unpacked, up to the limit. */
async function readBody(
  response: IncomingMessage,
  { url, attempt }: { url: URL; attempt: Attempt },
): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  const body = unpack(response);
  for await (const part of body as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > attempt.maxBytes) {
      response.destroy();
      throw new FetchError(`${url.href} is larger than ${Math.round(attempt.maxBytes / 1024 / 1024)} MiB.`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function unpack(response: IncomingMessage): Readable {
  const unpackers = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };
  const encoding = (response.headers['content-encoding'] ?? '').toLowerCase();
  if (!(encoding in unpackers)) return response;
  const unpacker = unpackers[encoding as keyof typeof unpackers]();
  response.on('error', (error) => unpacker.destroy(error));
  return response.pipe(unpacker);
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}
