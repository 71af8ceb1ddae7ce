import type { FileRecord, PreparedDocument } from '../corpus-store/corpus-store.ts';
import type { Rejection } from '../domain.ts';
import { readSource, type FoundFile } from './load.ts';
import type { Prepare, RawDocument } from './prepare.ts';
import type { IngestScope } from './scope.ts';

/** What came of one file. */
export type Reading = { readonly file: FoundFile } & (
  | { readonly kind: 'rejected'; readonly rejection: Rejection; readonly digest?: string }
  /** Its document is in the store already, or was deleted; `record` may name another file that it was moved from. */
  | { readonly kind: 'same'; readonly record: FileRecord }
  | {
      readonly kind: 'prepared';
      readonly prepared: PreparedDocument;
      readonly source: RawDocument;
      readonly digest: string;
    }
);

/** Reads a file, and prepares it unless that has been done. */
export async function readOne(
  file: FoundFile,
  scope: IngestScope,
  { prepare, maxFileBytes }: { readonly prepare: Prepare; readonly maxFileBytes: number },
): Promise<Reading> {
  const read = await readSource(file, maxFileBytes);
  if ('reason' in read) return { file, kind: 'rejected', rejection: read };
  const { bytes, sidecar, digest } = read;
  const before = scope.findRecord(file.name, digest);
  const settled = before && settledBefore(before, { file, digest, scope });
  if (settled) return settled;
  const identity = before?.documentId ?? undefined;
  // The bytes are copied to the thread, not handed over: a second name may need them again.
  const source: RawDocument = {
    uri: file.path,
    name: file.name,
    bytes,
    root: scope.root,
    origin: 'folder',
    sidecar,
    identity,
  };
  const prepared = await prepare(source);
  if ('reason' in prepared) return { file, kind: 'rejected', rejection: prepared, digest };
  return { file, kind: 'prepared', prepared, source, digest };
}

/** What was found the last time, while nothing has changed. */
function settledBefore(
  before: FileRecord,
  { file, digest, scope }: { file: FoundFile; digest: string; scope: IngestScope },
): Reading | undefined {
  if (before.digest !== digest || scope.rewrite) return undefined;
  const { reason } = before;
  if (reason !== null) return { file, kind: 'rejected', rejection: { uri: file.path, reason }, digest };
  return scope.isCurrent(before) ? { file, kind: 'same', record: before } : undefined;
}
