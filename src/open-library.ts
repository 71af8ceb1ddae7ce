import type { Config } from './config.ts';
import { createFetcher, type Fetcher } from './ingest/fetch/fetch-document.ts';
import { isIntranetAddress, isPublicAddress, resolveByDns } from './ingest/fetch/public-address.ts';
import { createLibrary, type Library, type LibraryDependencies } from './ingest/library.ts';
import type { Storage } from './storage.ts';

const MIB = 1024 * 1024;
const FETCH_TIMEOUT_MS = 30_000;

interface LibraryParts extends Pick<LibraryDependencies, 'prepare' | 'onPublished'> {
  readonly storage: Storage;
}

/** What changes the corpus, over the storage that holds it. */
export function openLibrary(config: Config, { storage, ...parts }: LibraryParts): Library {
  const { store, jobs, conversations } = storage;
  return createLibrary({
    ...parts,
    store,
    jobs,
    corpus: config.CORPUS_DIR,
    // Files of an index can move together with the corpus; a database has no place of its own.
    indexDirectory: config.STORE === undefined ? config.INDEX_DIR : '/',
    maxFileBytes: config.INGEST_MAX_FILE_MB * MIB,
    fetcher: openFetcher(config),
    lock: () => storage.lock('ingest', 'Another ingest'),
    onRemoved: (id) => conversations.forgetDocument(id),
  });
}

function openFetcher({ INGEST_ALLOW_PRIVATE, INGEST_MAX_FILE_MB }: Config): Fetcher {
  const maxBytes = INGEST_MAX_FILE_MB * MIB;
  return createFetcher({
    resolve: resolveByDns,
    isAllowed: INGEST_ALLOW_PRIVATE ? isIntranetAddress : isPublicAddress,
    timeoutMs: FETCH_TIMEOUT_MS,
    maxBytes,
  });
}
