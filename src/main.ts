#!/usr/bin/env node
import { openAssistant, type Assistant } from './assistant.ts';
import type { Desk } from './channels/desk.ts';
import { describeHalfSet, openChannels } from './channels/open-channels.ts';
import { loadConfig } from './config.ts';
import { AppError } from './errors.ts';
import { createApp } from './http/app.ts';
import { startServer } from './http/server.ts';
import type { Workers } from './jobs/work-jobs.ts';
import { ingestCorpus, keepVectors, takeOverIngest } from './keep-level.ts';
import { waitForStore } from './wait-for-store.ts';
import { createLog } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';

/** Ingests the corpus where the index is missing or stale, and serves until told to stop. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.LOG_LEVEL, { content: config.LOG_CONTENT });
  const stopping = new AbortController();
  const { signal } = stopping;
  const metrics = createMetrics();
  const state: { isReady: boolean; desk?: Desk; workers?: Workers; assistant?: Assistant } = { isReady: false };
  const server = await startServer(config);
  const stop = async (): Promise<void> => {
    if (signal.aborted) return;
    stopping.abort();
    log.info('Stopping: answers under way finish, new questions are turned away.');
    await Promise.all([server.drain(), state.workers?.close()]);
    await state.desk?.close();
    await state.assistant?.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());

  try {
    const waiting = { log, signal };
    const assistant = await waitForStore(() => openAssistant(config, (notice) => log.warn(notice)), waiting);
    state.assistant = assistant;
    state.isReady = (await waitForStore(() => assistant.countChunks(), waiting)).documents > 0;
    const workers = assistant.work(log);
    state.workers = workers;
    metrics.watchQueue(() => assistant.jobs.countOpen());
    server.serve((publicUrl) => {
      const desk = openChannels(config, { assistant, log, metrics, publicUrl });
      state.desk = desk;
      const isReady = (): boolean => state.isReady;
      return createApp({ assistant, workers, config, log, metrics, publicUrl, desk, isReady });
    });
    const path = config.CORPUS_DIR;
    const { told, isUnderWay } = await waitForStore(() => ingestCorpus(assistant, { path, log, signal }), waiting);
    state.isReady = true;
    state.desk?.start();
    for (const notice of describeHalfSet(config)) log.warn(notice);
    const names = state.desk?.channels.map(({ name }) => name) ?? [];
    if (names.length > 0) process.stdout.write(`Channels: ${names.join(', ')}.\n`);
    process.stdout.write(`Corpus: ${told}.\nConcordat is ready at ${server.url}\n`);
    await Promise.all([keepVectors(assistant, waiting), takeOverIngest(assistant, { path, isUnderWay, log, signal })]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof AppError ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
});
