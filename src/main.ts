#!/usr/bin/env node
import { openAssistant, type Assistant } from './assistant.ts';
import type { Desk } from './channels/desk.ts';
import { describeHalfSet, openChannels } from './channels/open-channels.ts';
import { loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { createApp } from './http/app.ts';
import { startServer } from './http/server.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';

/** Ingests the corpus where the index is missing or stale, and serves until told to stop. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.LOG_LEVEL);
  const assistant = await openAssistant(config, (notice) => log.warn(notice));
  const stopping = new AbortController();
  let ready = false;
  const metrics = createMetrics();
  let desk: Desk | undefined;
  const server = await startServer(config, (publicUrl) => {
    desk = openChannels(config, { assistant, log, metrics, publicUrl });
    return createApp({ assistant, config, log, metrics, publicUrl, desk, isReady: () => ready });
  });
  const stop = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    log.info('Stopping: answers under way finish, new questions are turned away.');
    await server.drain();
    await desk?.close();
    await assistant.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());

  const { added, changed, removed, kept, rejected } = await assistant.ingest(config.CORPUS_DIR);
  for (const rejection of rejected) log.warn(rejection, 'A file was left out of the corpus.');
  ready = true;
  desk?.start();
  const counts = `${added.length} added, ${changed.length} changed, ${removed.length} removed, ${kept.length} kept`;
  for (const notice of describeHalfSet(config)) log.warn(notice);
  const names = desk?.channels.map(({ name }) => name) ?? [];
  if (names.length > 0) process.stdout.write(`Channels: ${names.join(', ')}.\n`);
  process.stdout.write(`Corpus: ${counts}, ${rejected.length} rejected.\nConcordat is ready at ${server.url}\n`);
  await embedInBackground(assistant, { log, signal: stopping.signal });
}

/** Being stopped on the way is no failure: the next start goes on where this one was. */
async function embedInBackground(
  assistant: Assistant,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  try {
    await assistant.embed({ signal, onSaved: (done, total) => log.info({ done, total }, 'embedding') });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof AppError ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
});
