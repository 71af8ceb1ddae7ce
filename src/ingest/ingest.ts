import { relative, resolve } from 'node:path';
import type { CorpusStore } from '../corpus-store/corpus-store.ts';
import type { IngestReport, Rejection, SourceDocument } from '../domain.ts';
import { IngestError } from '../errors.ts';
import { chunkDocument } from './chunk.ts';
import { loadFiles } from './load.ts';
import { parseDocument } from './parse.ts';
import { planIngest, type IngestPlan } from './plan.ts';

export interface IngestDependencies {
  readonly store: CorpusStore;
  /** The id of the embeddings, whose vectors the store counts. */
  readonly model: string;
  /** Roots are kept relative to this folder, so that corpus and index can move together. */
  readonly indexDirectory: string;
  /** Chunk unchanged documents again too. */
  readonly rewrite: boolean;
}

/**
 * Brings the store level with a file or folder: load → parse → plan → chunk → publish. What is published is
 * answerable at once by its words; `embedPending` gives it vectors. Publishes nothing when nothing changed.
 * @throws IngestError when there is nothing to read, or nothing of it could be read.
 */
export async function ingest(path: string, deps: IngestDependencies): Promise<IngestReport> {
  const loaded = await loadFiles(resolve(path));
  const root = relative(deps.indexDirectory, loaded.root);
  const parsed = loaded.files.map((file) => parseDocument(file, root));
  const documents = parsed.filter((result) => 'text' in result);
  const rejected = [...loaded.rejected, ...parsed.filter((result) => 'reason' in result)];
  if (documents.length === 0)
    throw new IngestError(`Nothing at ${path} could be read. ${describeRejections(rejected)}`);
  const stored = await deps.store.listDocuments(deps.model);
  const rejectedFiles = new Set(rejected.map(({ uri }) => relative(loaded.root, uri)));
  const { whole } = loaded;
  const plan = planIngest(documents, stored, { root, whole, rejectedFiles, rewrite: deps.rewrite });
  await publishPlan(plan, deps.store, { stored: new Map(stored.map((document) => [document.id, document])) });
  return report(plan, rejected);
}

async function publishPlan(
  plan: IngestPlan,
  store: CorpusStore,
  { stored }: { stored: ReadonlyMap<string, { root: string; file: string | null }> },
): Promise<void> {
  const write = [...plan.add, ...plan.change].map((document) => ({ document, chunks: chunkDocument(document) }));
  const relocate = plan.keep.filter(({ id, root, file }) => {
    const before = stored.get(id);
    return before?.root !== root || before.file !== file;
  });
  if (write.length + relocate.length + plan.remove.length === 0) return;
  await store.publish({
    write,
    relocate: relocate.map(({ id, root, file }) => ({ id, root, file })),
    remove: plan.remove,
  });
}

function report(plan: IngestPlan, rejected: readonly Rejection[]): IngestReport {
  const ids = (documents: readonly SourceDocument[]): string[] => documents.map(({ id }) => id).toSorted();
  return {
    added: ids(plan.add),
    changed: ids(plan.change),
    kept: ids(plan.keep),
    removed: [...plan.remove],
    rejected: [...rejected, ...plan.rejected],
  };
}

function describeRejections(rejected: readonly Rejection[]): string {
  return rejected.map(({ uri, reason }) => `${uri}: ${reason}`).join(' ');
}
