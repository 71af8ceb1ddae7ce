import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import type { CompletionEvent, CompletionRequest } from '../../../src/chat-model/completion.ts';
import { openGgufCompletion, type LlamaCpp } from '../../../src/chat-model/gguf.ts';
import { limitCompletion } from '../../../src/chat-model/limits.ts';
import { findGguf } from '../../support/environment.ts';

const FILE = fileURLToPath(import.meta.url);
const REQUEST: CompletionRequest = {
  step: 'support',
  system: 'Reply with one JSON object and nothing else: {"supported": true} or {"supported": false}',
  user: 'Claim: The leaders invite experts. Quote: The leaders invite 500 experts to Japan.',
  schema: { type: 'object', properties: { supported: { type: 'boolean' } }, required: ['supported'] },
};
const LIMITS = { timeoutMs: 5000, retries: 0, concurrency: 4, queue: 4 };

interface Prompted {
  readonly grammar: object;
  readonly signal: AbortSignal;
  readonly onTextChunk: (text: string) => void;
}

/** node-llama-cpp as far as it is used: it says what `say` makes it say. */
function llamaCpp(say: (prompted: Prompted) => Promise<string>): { loaded: LlamaCpp; disposed: () => number } {
  let disposed = 0;
  const tokenMeter = { usedInputTokens: 0, usedOutputTokens: 0 };
  const context = { contextSize: 2048, getSequence: () => ({ tokenMeter }) };
  const loaded: LlamaCpp = {
    getLlama: async () => ({
      loadModel: async () => ({ createContext: async () => context }),
      createGrammarForJsonSchema: async (schema) => ({ schema }),
    }),
    LlamaChatSession: class {
      async promptWithMeta(_text: string, options: object) {
        tokenMeter.usedInputTokens += 30;
        tokenMeter.usedOutputTokens += 5;
        return { stopReason: await say(options as Prompted) };
      }
      dispose(): void {
        disposed += 1;
      }
    },
  };
  return { loaded, disposed: () => disposed };
}

async function open(say: (prompted: Prompted) => Promise<string>) {
  const { loaded, disposed } = llamaCpp(say);
  const completion = await openGgufCompletion({ spec: `gguf:${FILE}`, replyTokens: 50, load: async () => loaded });
  const read = async (signal = new AbortController().signal): Promise<CompletionEvent[]> => {
    const events: CompletionEvent[] = [];
    for await (const event of completion.stream(REQUEST, signal)) events.push(event);
    return events;
  };
  return { completion, read, disposed };
}

test('what the model writes is handed on as it is written, held to its schema, and counted', async () => {
  const { completion, read } = await open(async ({ grammar, onTextChunk }) => {
    expect(grammar).toEqual({ schema: REQUEST.schema });
    onTextChunk('{"supported"');
    onTextChunk(': true}');
    return 'eogToken';
  });
  expect(completion.windowTokens).toBe(2048);
  for (const _time of [1, 2]) {
    expect(await read()).toEqual([
      { type: 'text', text: '{"supported"' },
      { type: 'text', text: ': true}' },
      { type: 'usage', inputTokens: 30, outputTokens: 5 },
    ]);
  }
});

test('a reply that grows too long says so', async () => {
  const { read } = await open(async ({ onTextChunk }) => (onTextChunk('{'), 'maxTokens'));
  expect(await read()).toContainEqual({ type: 'stop', reason: 'length' });
});

test('who leaves ends the generation, and one request runs at a time', async () => {
  let running = 0;
  const { completion, disposed } = await open(async ({ signal }) => {
    running += 1;
    await new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    return 'abort';
  });
  const limited = limitCompletion(completion, LIMITS);
  const gone = new AbortController();
  const reading = Array.from({ length: 2 }, () => limited.stream(REQUEST, gone.signal)[Symbol.asyncIterator]().next());
  await vi.waitFor(() => expect(running).toBe(1));
  gone.abort();
  await Promise.allSettled(reading);
  expect(running).toBe(1);
  await vi.waitFor(() => expect(disposed()).toBe(1));
});

test('a file that is not there is named', async () => {
  await expect(openGgufCompletion({ spec: 'gguf:/nowhere/model.gguf', replyTokens: 50 })).rejects.toThrow(
    'there is no /nowhere/model.gguf',
  );
});

test('a package that is not there is named with the command that installs it', async () => {
  const load = (): Promise<LlamaCpp> => Promise.reject(new Error("Cannot find package 'node-llama-cpp'"));
  await expect(openGgufCompletion({ spec: `gguf:${FILE}`, replyTokens: 50, load })).rejects.toThrow(
    'Run: npm install node-llama-cpp',
  );
});

/** Why no model is run for real, if so. */
function whyNoGguf(): string | undefined {
  const path = findGguf();
  if (path === undefined) return '(skipped: LLM_GGUF names no file of a model)';
  if (!existsSync(path)) return `(skipped: there is no ${path})`;
  try {
    createRequire(import.meta.url).resolve('node-llama-cpp/package.json');
    return undefined;
  } catch (error) {
    const installed = !(error as Error).message.includes('Cannot find module');
    return installed ? undefined : '(skipped: node-llama-cpp is not installed)';
  }
}

const missing = whyNoGguf();
test.skipIf(missing)(
  `a model of one's own generates what its schema allows ${missing ?? ''}`,
  async () => {
    const completion = await openGgufCompletion({ spec: `gguf:${findGguf()}`, replyTokens: 24 });
    let reply = '';
    for await (const event of completion.stream(REQUEST, AbortSignal.timeout(280_000))) {
      if (event.type === 'text') reply += event.text;
    }
    expect(JSON.parse(reply)).toEqual({ supported: expect.any(Boolean) });
  },
  300_000,
);
