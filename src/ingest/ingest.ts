import { resolve } from 'node:path';
import type { CorpusStore, FileRecord, PreparedDocument } from '../corpus-store/corpus-store.ts';
import type { IngestReport, Rejection } from '../domain.ts';
import { IngestError } from '../errors.ts';
import { createBatch, type Batch } from './batch.ts';
import { findFiles, type FoundFile } from './load.ts';
import { defaultId } from './parse.ts';
import type { Prepare } from './prepare.ts';
import { listDuplicates } from './list-duplicates.ts';
import { createReport, type Report } from './report.ts';
import { openScope, type IngestScope } from './scope.ts';
import { readAhead } from './read-ahead.ts';
import { readOne, type Reading } from './read-one.ts';

export interface IngestDependencies {
  readonly store: CorpusStore;
  readonly prepare: Prepare;
  /** Roots are kept relative to this folder, so that corpus and index can move together. */
  readonly indexDirectory: string;
  readonly maxFileBytes: number;
}

export interface IngestOptions {
  /** Read and chunk unchanged documents again too. */
  readonly rewrite?: boolean;
  /** Told after each file, in files. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Brings the store level with a file or folder: find → read → prepare → plan → publish, file by file in a stable order.
 * What is published is answerable at once by its words; `embedPending` gives it vectors. A crash on the way leaves every
 * document as it was or as it is to be. Publishes nothing when nothing changed.
 * @throws IngestError when there is nothing to read, or nothing of it could be read.
 */
export async function ingest(
  path: string,
  deps: IngestDependencies,
  options: IngestOptions = {},
): Promise<IngestReport> {
  const found = await findFiles(resolve(path));
  const scope = await openScope(found, deps, options.rewrite ?? false);
  const run: Run = { scope, deps, batch: createBatch(deps.store), report: createReport(found.rejected), readable: 0 };
  let done = 0;
  for await (const reading of readAhead(scope.files, (file) => readOne(file, scope, deps))) {
    options.signal?.throwIfAborted();
    await settle(reading, run);
    options.onProgress?.(++done, scope.files.length);
  }
  await conclude(run, path);
  return run.report.finish(await listDuplicates(run.report.listWritten(), deps.store));
}

interface Run {
  readonly scope: IngestScope;
  readonly deps: IngestDependencies;
  readonly batch: Batch;
  readonly report: Report;
  /** Files that are documents. */
  readable: number;
}

async function settle(reading: Reading, run: Run): Promise<void> {
  const { batch } = run;
  switch (reading.kind) {
    case 'rejected':
      return leaveOut(reading, run);
    case 'same':
      run.readable++;
      return settleSame(reading, run);
    case 'prepared':
      run.readable++;
      await settlePrepared(reading, run);
      return batch.flushWhenFull();
  }
}

async function leaveOut({ file, rejection, digest = '' }: Reading & { kind: 'rejected' }, run: Run): Promise<void> {
  const { root, plan, records } = run.scope;
  run.report.reject(rejection);
  plan.spare(file.name);
  const before = records.get(file.name);
  if (before?.digest === digest && before.reason === rejection.reason) return;
  const documentId = before?.documentId ?? null;
  run.batch.record({ root, file: file.name, digest, documentId, reason: rejection.reason });
}

/** A file that is as it was, perhaps under another name. */
async function settleSame({ file, record }: Reading & { kind: 'same' }, run: Run): Promise<void> {
  const { scope, batch, report } = run;
  const id = record.documentId ?? '';
  const stored = scope.stored.get(id);
  const placement = scope.plan.place({ id, digest: stored?.digest ?? '' });
  report.place(id, placement, file);
  if (record.file !== file.name) {
    batch.record({ ...record, file: file.name });
    batch.forget(record);
  }
  if (placement.act === 'keep' && stored) keepInPlace(file, { id, run });
}

function keepInPlace(file: FoundFile, { id, run: { scope, batch } }: { id: string; run: Run }): void {
  const stored = scope.stored.get(id);
  if (!stored || (stored.root === scope.root && stored.file === file.name)) return;
  batch.relocate({ id, root: scope.root, file: file.name });
  if (stored.file !== null) batch.forget({ root: stored.root, file: stored.file });
}

async function settlePrepared(reading: Reading & { kind: 'prepared' }, run: Run): Promise<void> {
  const { scope, batch, report } = run;
  const { file, digest } = reading;
  const { prepared, placement } = await placeUnderFreeId(reading, run);
  const { id } = prepared.document;
  report.place(id, placement, file);
  if (placement.act === 'reject') return scope.plan.spare(file.name);
  batch.record({ root: scope.root, file: file.name, digest, documentId: id, reason: null });
  if (placement.act === 'keep') return keepInPlace(file, { id, run });
  if (placement.act === 'add' || placement.act === 'change') await batch.write(prepared);
}

/** Two files may differ in their extension alone: where no id is stated, the second is called by its whole name. */
async function placeUnderFreeId(
  { file, prepared, source }: Reading & { kind: 'prepared' },
  { scope, deps }: Run,
): Promise<{ prepared: PreparedDocument; placement: ReturnType<IngestScope['plan']['place']> }> {
  const placement = scope.plan.place(prepared.document);
  const isStated = prepared.document.id !== defaultId(file.name);
  if (placement.act !== 'reject' || isStated) return { prepared, placement };
  const again = await deps.prepare({ ...source, identity: defaultId(`${file.name}.`) });
  if ('reason' in again) return { prepared, placement };
  return { prepared: again, placement: scope.plan.place(again.document) };
}

async function conclude({ scope, batch, report, readable }: Run, path: string): Promise<void> {
  if (readable === 0) {
    await batch.flush();
    throw new IngestError(`Nothing at ${path} could be read. ${describeRejections(report.rejected)}`);
  }
  for (const id of scope.plan.listMissing()) {
    batch.remove(id);
    report.remove(id);
  }
  for (const record of listGone(scope)) batch.forget(record);
  await batch.flush();
}

/** Records of files that were looked for and are gone. */
function listGone({ records, present, covers }: IngestScope): FileRecord[] {
  return [...records.values()].filter(({ file }) => covers(file) && !present.has(file));
}

function describeRejections(rejected: readonly Rejection[]): string {
  return rejected.map(({ uri, reason }) => `${uri}: ${reason}`).join(' ');
}
