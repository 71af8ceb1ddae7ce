import type { DocumentSummary } from '../corpus-store/corpus-store.ts';
import type { Rejection, SourceDocument } from '../domain.ts';

/** What has to happen so that the store holds what was loaded. */
export interface IngestPlan {
  readonly add: readonly SourceDocument[];
  readonly change: readonly SourceDocument[];
  readonly keep: readonly SourceDocument[];
  readonly remove: readonly string[];
  readonly rejected: readonly Rejection[];
}

export interface PlanScope {
  readonly root: string;
  /** Whether the root was read whole: then what is missing from it is removed. */
  readonly whole: boolean;
  /** Files that are there and could not be read, by their path within the root. */
  readonly rejectedFiles: ReadonlySet<string>;
  /** Treat unchanged documents as changed. */
  readonly rewrite: boolean;
}

/**
 * Compares by digest. When the root was read whole, documents of that root that are no longer in it are removed,
 * but for those whose file is there and was rejected: a broken edit must not take a good document away.
 */
export function planIngest(
  loaded: readonly SourceDocument[],
  stored: readonly DocumentSummary[],
  { root, whole, rejectedFiles, rewrite }: PlanScope,
): IngestPlan {
  const known = new Map(stored.map((document) => [document.id, document]));
  const wanted = new Map<string, SourceDocument>();
  const rejected: Rejection[] = [];
  for (const document of loaded) {
    if (wanted.has(document.id)) {
      rejected.push({ uri: document.id, reason: `The id ${document.id} is used by another file of this folder.` });
    } else wanted.set(document.id, document);
  }
  const documents = [...wanted.values()];
  const isSame = (id: string, digest: string): boolean => !rewrite && known.get(id)?.digest === digest;
  return {
    add: documents.filter(({ id }) => !known.has(id)),
    change: documents.filter(({ id, digest }) => known.has(id) && !isSame(id, digest)),
    keep: documents.filter(({ id, digest }) => isSame(id, digest)),
    remove: whole
      ? stored
          .filter((document) => document.root === root && !wanted.has(document.id))
          .filter(({ file }) => file === null || !rejectedFiles.has(file))
          .map(({ id }) => id)
      : [],
    rejected,
  };
}
