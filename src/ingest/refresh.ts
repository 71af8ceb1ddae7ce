import type { CorpusStore, FileRecord } from '../corpus-store/corpus-store.ts';
import { AppError } from '../errors.ts';
import type { FetchedDocument, FetchIfChanged, Validators } from './fetch/fetch-document.ts';
import type { Report } from './report.ts';
import type { ListedSource } from './sources-list.ts';

export interface RefreshDependencies {
  readonly store: CorpusStore;
  readonly fetchIfChanged: FetchIfChanged;
  /** Ids of documents that were deleted: a list does not bring them back. */
  readonly buried: ReadonlySet<string>;
  /** Makes what was fetched a document and publishes it. @throws AppError when it is none. */
  readonly publish: (fetched: FetchedDocument, given: ListedSource['given']) => Promise<string>;
}

/** What is kept of an address between two visits. */
interface Visit extends Validators {
  /** The fields that were given with it: with others the page is read again. */
  readonly given: string;
}

/** Brings one listed page level with its address; what cannot be had stays as it was, with the reason in the report. */
export async function refreshSource(
  { url, given }: ListedSource,
  report: Report,
  deps: RefreshDependencies,
): Promise<void> {
  const placed = (act: 'keep' | 'deleted', id = url): void => report.place(id, { act }, { path: url });
  try {
    const [record] = await deps.store.listFiles(url);
    const known = record?.documentId ?? undefined;
    if (known !== undefined && deps.buried.has(known)) return placed('deleted', known);
    const before = await lastVisit(record, given, deps.store);
    const fetched = await deps.fetchIfChanged(url, before);
    if (!fetched) return placed('keep', known);
    const documentId = await deps.publish(fetched, given);
    const visit: Visit = { ...fetched.validators, given: JSON.stringify(given) };
    await note({ root: url, file: url, digest: JSON.stringify(visit), documentId, reason: null }, deps.store);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    report.reject({ uri: url, reason: error.message });
  }
}

/** Nothing when the page has to be read whatever its server says: its document is gone, or other fields are given. */
async function lastVisit(
  record: FileRecord | undefined,
  given: ListedSource['given'],
  store: CorpusStore,
): Promise<Partial<Visit>> {
  if (record?.documentId == null || !(await store.findSummary(record.documentId, ''))) return {};
  const visit = JSON.parse(record.digest) as Visit;
  return visit.given === JSON.stringify(given) ? visit : {};
}

async function note(file: FileRecord, store: CorpusStore): Promise<void> {
  await store.publish({ write: [], relocate: [], remove: [], files: [file] });
}
