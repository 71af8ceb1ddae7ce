import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { initChatModel } from 'langchain';
import type { AskResult } from '../../src/ask/ask.ts';
import type { Assistant } from '../../src/assistant.ts';

/** What was sent to the model, as it arrived. */
interface Sent {
  readonly system: string;
  readonly user: string;
  readonly format: object;
}

/** A model on loopback, in a process of its own. */
export interface FakeModel {
  readonly url: string;
  /** Between the parts of its replies. */
  setPause(pauseMs: number): Promise<void>;
  lastSent(): Promise<Sent>;
  stop(): void;
}

export async function startFakeModel(): Promise<FakeModel> {
  const child: ChildProcess = fork(new URL('serve-fake-model.ts', import.meta.url), { execArgv: process.execArgv });
  const tell = async (message: object): Promise<unknown> => {
    child.send(message);
    return ((await once(child, 'message')) as unknown[])[0];
  };
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return {
    url,
    setPause: async (pauseMs) => void (await tell({ pauseMs })),
    lastSent: async () => (await tell({})) as Sent,
    stop: () => void child.kill(),
  };
}

/** Milliseconds of one answer. */
export interface OursTimes {
  readonly totalMs: number;
  /** The stage that asks the model and checks what it says. */
  readonly groundMs: number;
  /** Search for the question, and for what could be asked next. */
  readonly searchMs: number;
  /** From the beginning of that stage. */
  readonly firstTokenMs: number;
  readonly firstSentenceMs: number;
  readonly sentences: number;
}

/** One question through everything: search, prompt, limits, reading, checks, citations, suggestions, memory. */
export async function timeOurs(assistant: Assistant, text: string): Promise<OursTimes> {
  let groundAt = 0;
  let sentenceAt = 0;
  const begun = performance.now();
  const { trace, answer } = await assistant.ask(
    { text, language: 'en', filters: {} },
    {
      publicUrl: 'http://127.0.0.1',
      signal: AbortSignal.timeout(60_000),
      onStage: (name) => void (name === 'ground' && (groundAt = performance.now())),
      onSentence: () => void (sentenceAt ||= performance.now()),
    },
  );
  const totalMs = performance.now() - begun;
  return {
    totalMs,
    groundMs: stageOf(trace, 'ground'),
    searchMs: stageOf(trace, 'retrieve') + stageOf(trace, 'suggest'),
    firstTokenMs: trace.model?.calls[0]?.firstTokenMs ?? Number.NaN,
    firstSentenceMs: sentenceAt - groundAt,
    sentences: answer.sentences.length,
  };
}

function stageOf({ stages }: AskResult['trace'], name: string): number {
  return stages.find((stage) => stage.name === name)?.durationMs ?? 0;
}

export type RawCall = (sent: Sent) => Promise<{ readonly totalMs: number; readonly firstTokenMs: number }>;

/** The same request by LangChain alone, read to its end and thrown away. */
export async function openRawCall(url: string): Promise<RawCall> {
  const settings = { temperature: 0, maxRetries: 0, maxTokens: 2000, apiKey: 'none' };
  const model = await initChatModel('openai:fake', { ...settings, configuration: { baseURL: `${url}/v1` } });
  return async ({ system, user, format }) => {
    const begun = performance.now();
    let firstTokenMs = Number.NaN;
    const messages: [string, string][] = [
      ['system', system],
      ['human', user],
    ];
    for await (const { text } of await model.stream(messages, { response_format: format } as object)) {
      if (text !== '' && Number.isNaN(firstTokenMs)) firstTokenMs = performance.now() - begun;
    }
    return { totalMs: performance.now() - begun, firstTokenMs };
  };
}
