import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { openAssistant, type Assistant } from './assistant.ts';
import { loadConfig } from './config.ts';
import type { IngestReport } from './domain.ts';
import { AppError } from './errors.ts';
import { backupIndex, discardIndex, restoreIndex } from './index-files.ts';
import { SOURCES_LIST } from './ingest/sources-list.ts';

export interface IngestFlags {
  readonly rebuild: boolean;
  /** The id of a document that was deleted. */
  readonly restore?: string | undefined;
  readonly refresh: boolean;
}

/** `ingest`: tells what came of each path on standard output. */
export async function runIngest(
  paths: readonly string[],
  { rebuild, restore, refresh }: IngestFlags,
  notice: (sentence: string) => void,
): Promise<void> {
  const config = loadConfig();
  if (rebuild) discardIndex(config);
  const assistant = await openAssistant(config, notice);
  try {
    if (restore !== undefined) await assistant.library.restore(restore);
    if (refresh) await refreshSources(assistant, join(config.CORPUS_DIR, SOURCES_LIST));
    for (const path of paths.length > 0 || refresh ? paths : [config.CORPUS_DIR]) {
      if (/^https?:/i.test(path)) await addPage(assistant, path);
      else
        printReport(
          path,
          await withReadingBar((onProgress) => assistant.ingest(path, { rewrite: rebuild, onProgress })),
        );
    }
    await embedHere(assistant);
  } finally {
    await assistant.close();
  }
}

async function refreshSources(assistant: Assistant, list: string): Promise<void> {
  printReport(list, await withReadingBar((onProgress) => assistant.library.refresh(list, { onProgress })));
}

async function addPage(assistant: Assistant, url: string): Promise<void> {
  const { documentId, report } = await assistant.library.addFromUrl(url);
  process.stdout.write(`${url}: ${report.kept.length > 0 ? 'unchanged' : 'read'} as ${documentId}\n`);
}

/** A server that is at it makes the vectors of this ingest too. */
async function embedHere(assistant: Assistant): Promise<void> {
  try {
    await withProgress((onSaved) => assistant.embed({ onSaved }));
  } catch (error) {
    if (!(error instanceof AppError && error.status === 409)) throw error;
    process.stdout.write(`${error.message.replace(/ Wait.*/, '')} It makes those of this ingest too.\n`);
  }
}

/** `backup`: the server may go on meanwhile. */
export async function runBackup(file: string): Promise<void> {
  await backupIndex(loadConfig(), file);
  process.stdout.write(`${file} holds the index as it is now.\n`);
}

/** `restore`: a server that runs takes the documents over. */
export async function runRestore(file: string): Promise<void> {
  await restoreIndex(loadConfig(), file);
  process.stdout.write(`The index is as ${file} has it.\n`);
}

function printReport(path: string, report: IngestReport): void {
  const { added, changed, kept, removed, rejected, deleted, duplicates } = report;
  process.stdout.write(
    `${path}: ${added.length} added, ${changed.length} changed, ${kept.length} kept, ${removed.length} removed, ${rejected.length} rejected\n`,
  );
  for (const { uri, reason } of rejected)
    process.stdout.write(`  left out ${JSON.stringify(uri).slice(1, -1)}: ${reason}\n`);
  for (const id of deleted) process.stdout.write(`  left out ${id}: it was deleted (--restore ${id} brings it back)\n`);
  for (const { id, of, similarity } of duplicates) {
    process.stdout.write(
      `  ${id} ${similarity === 1 ? 'has the text' : `has ${Math.floor(similarity * 100)} % of the text`} of ${of}\n`,
    );
  }
}

async function withReadingBar<T>(run: (onProgress: (done: number, total: number) => void) => Promise<T>): Promise<T> {
  const bar = new SingleBar({
    format: 'Reading {bar} {value}/{total} files, {eta_formatted} left',
    noTTYOutput: false,
  });
  let started = false;
  try {
    return await run((done, total) => {
      if (started) bar.update(done);
      else bar.start(total, done);
      started = true;
    });
  } finally {
    if (started) bar.stop();
  }
}

/** A bar where someone watches, silence elsewhere. */
async function withProgress(run: (onSaved: (done: number, total: number) => void) => Promise<number>): Promise<void> {
  const bar = new SingleBar({
    format: 'Embedding {bar} {value}/{total} chunks, {eta_formatted} left',
    noTTYOutput: false,
  });
  let started = false;
  const made = await run((done, total) => {
    if (!started) bar.start(total, done);
    else bar.update(done);
    started = true;
  });
  if (started) bar.stop();
  process.stdout.write(made === 0 ? 'Embedded nothing: every chunk has its vector.\n' : `Embedded ${made} chunks.\n`);
}
