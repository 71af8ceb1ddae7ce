import { basename } from 'node:path';
import { MEDIA_TYPES } from '../formats/read-format.ts';
import { FetchError } from './fetch-error.ts';
import { getPage, type Page, type PageOptions } from './get-page.ts';
import { createRobots } from './robots.ts';

/** What was found at an address. */
export interface FetchedDocument {
  /** Where it was in the end, after redirects. */
  readonly url: string;
  /** A file name of its own, from the address. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string | undefined;
  /** What the server says to ask with the next time. */
  readonly validators: Validators;
}

export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** @throws FetchError with the reason; undefined when the page is as the validators say. */
export type FetchIfChanged = (url: string, validators: Validators) => Promise<FetchedDocument | undefined>;

export type FetchDocument = (url: string) => Promise<FetchedDocument>;

export interface Fetcher {
  readonly fetch: FetchDocument;
  readonly fetchIfChanged: FetchIfChanged;
}

/** Fetches documents politely: robots.txt is honoured, and one host is not asked more often than once a second. */
export function createFetcher(options: PageOptions, pauseMs?: number): Fetcher {
  const robots = createRobots((url) => getPage(url, { ...options, maxBytes: 512 * 1024 }), pauseMs);
  const fetchIfChanged: FetchIfChanged = async (url, { etag, lastModified }) => {
    await robots.admit(url);
    const headers = {
      ...(etag !== undefined && { 'if-none-match': etag }),
      ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
    };
    const page = await getPage(url, { ...options, headers });
    if (page.status === 304) return undefined;
    return documentFrom(page);
  };
  return {
    fetchIfChanged,
    async fetch(url) {
      const found = await fetchIfChanged(url, {});
      if (!found) throw new FetchError(`${url} has nothing to give.`);
      return found;
    },
  };
}

function documentFrom({ url, status, headers, bytes }: Page): FetchedDocument {
  if (status !== 200) throw new FetchError(`${url} answered with status ${status}.`, status >= 500 || status === 429);
  return {
    url,
    name: nameOf(url),
    bytes,
    mediaType: mediaTypeOf(url, headers['content-type'] ?? ''),
    validators: { etag: headers['etag'], lastModified: headers['last-modified'] },
  };
}

/** Undefined where the server does not know. @throws FetchError for a type that is not read. */
function mediaTypeOf(url: string, contentType: string): string | undefined {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (MEDIA_TYPES.has(mediaType)) return mediaType;
  if (mediaType === '' || mediaType === 'application/octet-stream') return undefined;
  throw new FetchError(`${url} is of type ${mediaType}, which cannot be read.`);
}

/** Host and path, as a document's id begins: `example.org/treaties/accord.html`. */
function nameOf(url: string): string {
  const { hostname, pathname, search } = new URL(url);
  const path = decodeURIComponent(pathname).replace(/\/$/, '') || '/index';
  const name = `${hostname}${path}${search.replaceAll(/[^\w-]+/g, '-')}`;
  return basename(name).includes('.') && path !== '/index' ? name : `${name}.`;
}
