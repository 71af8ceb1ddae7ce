import type { Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { AnswerResponse } from '../../src/answer-response.ts';
import type { CitedSentence } from '../../src/ask/cite.ts';
import { answerQuestion } from '../../src/answer-question.ts';
import { openAssistant, type Assistant } from '../../src/assistant.ts';
import type { Desk } from '../../src/channels/desk.ts';
import { openChannels } from '../../src/channels/open-channels.ts';
import { loadConfig } from '../../src/config.ts';
import { createApp } from '../../src/http/app.ts';
import { checkQuestion } from '../../src/requests.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { exchange, type Exchange, type Outgoing } from './exchange.ts';

const CORPUS = fileURLToPath(new URL('../../corpus', import.meta.url));
const RETRY_DELAYS_MS = [10, 10, 10, 10];
/** Longer than any test: answers are not shown before they are whole. */
const NEVER_MS = 600_000;

export interface LabOptions {
  readonly showEveryMs?: number;
}

/** The web door with all channels on, in this process, so that answers can be held and the desk be stopped. */
export interface ChannelLab {
  readonly assistant: Assistant;
  send(outgoing: Outgoing): Promise<Exchange>;
  /** Sends, and hangs up when the event has been taken. */
  abandon(outgoing: Outgoing): Promise<void>;
  ask(question: string): Promise<AnswerResponse>;
  /** How many questions have been answered for channels. */
  answered(): number;
  /** Holds answers back until the given function is called. */
  hold(): () => void;
  /** Answers everything with this, until it is given undefined; its sentences are known before it is held back. */
  answerWith(response: AnswerResponse | undefined): void;
  /** Stops the desk as a stopped process does, and begins again on what it left. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openChannelLab(
  settings: Readonly<Record<string, string>>,
  { showEveryMs = NEVER_MS }: LabOptions = {},
): Promise<ChannelLab> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-channels-'));
  const config = loadConfig({
    EMBEDDINGS: 'hashing',
    CORPUS_DIR: CORPUS,
    INDEX_DIR: folder,
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'http://concordat.test',
    ...settings,
  });
  const log = pino({ level: 'silent' });
  const metrics = createMetrics();
  const assistant = await openAssistant(config, () => {});
  await assistant.ingest(config.CORPUS_DIR);
  await assistant.embed();
  const publicUrl = (): string => config.PUBLIC_URL ?? '';
  const deps = { assistant, log, metrics, publicUrl };
  const workers = assistant.work(log);
  const state = {
    answered: 0,
    held: Promise.resolve(),
    canned: undefined as AnswerResponse | undefined,
    onBegin: () => {},
  };
  const open = async (): Promise<{ desk: Desk; server: Server; url: string }> => {
    const desk = openChannels(config, deps, {
      retryDelaysMs: RETRY_DELAYS_MS,
      showEveryMs,
      async answer({ text, signal, askId, conversationId, language, onSentence }) {
        signal.throwIfAborted();
        state.onBegin();
        for (const cited of sentencesOf(state.canned)) onSentence(cited);
        await heldUnlessStopped(state.held, signal);
        state.answered++;
        if (state.canned) return { ...state.canned, askId };
        const question = checkQuestion({ question: text, conversationId, language });
        return answerQuestion(question, { deps, askId, signal, onSentence });
      },
    });
    desk.start();
    const app = createApp({ ...deps, workers, config, desk, isReady: () => true });
    const server = await new Promise<Server>((resolve) => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
    return { desk, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  let running = await open();
  const stop = async (): Promise<void> => {
    await running.desk.close();
    running.server.closeAllConnections();
    await new Promise((resolve) => running.server.close(resolve));
  };
  return {
    assistant,
    send: (outgoing) => exchange(running.url, outgoing),
    async abandon(outgoing) {
      const begun = new Promise<void>((resolve) => {
        state.onBegin = resolve;
      });
      const hangUp = new AbortController();
      const sent = exchange(running.url, outgoing, hangUp.signal).catch(() => {});
      await begun;
      hangUp.abort();
      await sent;
    },
    async ask(question) {
      const response = await exchange(running.url, { path: '/api/ask', body: { question } });
      return response.json() as AnswerResponse;
    },
    answered: () => state.answered,
    hold() {
      let release = (): void => {};
      state.held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    answerWith: (response) => void (state.canned = response),
    async restart() {
      await stop();
      state.held = Promise.resolve();
      running = await open();
    },
    async close() {
      await stop();
      await workers.close();
      await assistant.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What waits leaves no listener behind: the signal is that of all answers. */
async function heldUnlessStopped(held: Promise<void>, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')), { signal: done.signal });
  });
  await Promise.race([held, stopped]).finally(() => done.abort());
}

function sentencesOf(response: AnswerResponse | undefined): CitedSentence[] {
  const known = new Set<number>();
  return (response?.sentences ?? []).map((sentence) => {
    const fresh = sentence.markers.filter((marker) => !known.has(marker));
    for (const marker of fresh) known.add(marker);
    return { sentence, added: response?.citations.filter(({ marker }) => fresh.includes(marker)) ?? [] };
  });
}
