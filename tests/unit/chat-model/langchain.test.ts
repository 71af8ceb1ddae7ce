import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { DraftEvent } from '../../../src/chat-model/chat-model.ts';
import { openLangchainCompletion } from '../../../src/chat-model/langchain.ts';
import { limitCompletion } from '../../../src/chat-model/limits.ts';
import { ANSWER_INPUTS, createPromptedModel, REPAIR_INPUTS } from '../../../src/chat-model/prompted.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import { loadPrompt } from '../../../src/prompts.ts';
import { groundClaim } from '../../../src/ask/ground.ts';
import { passagesFrom } from '../../support/passages.ts';
import type { ProtocolName } from '../../support/provider-protocols.ts';
import { tokenOf, type Asked, type Reply } from '../../support/open-provider.ts';
import { serveProvider } from '../../support/provider-server.ts';

const PASSAGES = passagesFrom(
  '---\ntitle: Accord\nauthority: official\n---\nThe leaders invite 500 experts to Japan by 2030. See https://example.org/accord for more.',
);
const QUOTE = 'invite 500 experts to Japan';
const LIMITS = { timeoutMs: 5000, retries: 2, concurrency: 2, queue: 4, inputPrice: 1, outputPrice: 10 };

interface Case {
  readonly protocol: ProtocolName;
  readonly spec: string;
  readonly base: string;
  /** Its protocol has no word for a refusal. */
  readonly cannotRefuse?: boolean;
}

const PROVIDERS: readonly Case[] = [
  { protocol: 'openaiChat', spec: 'openai:some-model', base: '/v1' },
  { protocol: 'openaiResponses', spec: 'openai:gpt-5.2-pro', base: '/v1' },
  { protocol: 'anthropic', spec: 'anthropic:claude-opus-4-5', base: '' },
  { protocol: 'gemini', spec: 'google:gemini-2.5-flash', base: '' },
  { protocol: 'ollama', spec: 'ollama:llama3.2', base: '', cannotRefuse: true },
  { protocol: 'openaiChat', spec: 'groq:llama-3.3-70b', base: '' },
  { protocol: 'openaiChat', spec: 'deepseek:deepseek-chat', base: '/v1' },
  { protocol: 'mistral', spec: 'mistral:mistral-small', base: '', cannotRefuse: true },
  { protocol: 'openaiChat', spec: 'azure:some-deployment', base: '' },
  { protocol: 'bedrock', spec: 'bedrock:amazon.nova-lite-v1:0', base: '' },
];

const CLOUD_KEYS = {
  AZURE_OPENAI_API_KEY: 'test',
  AZURE_OPENAI_API_VERSION: '2024-10-21',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'ap-south-1',
};

beforeEach(() => {
  for (const name of ['OPENAI', 'ANTHROPIC', 'GOOGLE', 'GROQ', 'DEEPSEEK', 'MISTRAL'])
    vi.stubEnv(`${name}_API_KEY`, 'test');
  for (const [name, value] of Object.entries(CLOUD_KEYS)) vi.stubEnv(name, value);
  return () => void vi.unstubAllEnvs();
});

const written = (asked: Asked): string =>
  JSON.stringify({
    claims: [{ text: 'Leaders invite 500 experts to Japan.', quotes: [{ token: tokenOf(asked), quote: QUOTE }] }],
    completeness: 'full',
  });
/** In small parts, as tokens come. */
const inParts = (text: string): string[] => text.match(/[^]{1,7}/g) ?? [];

async function open({ spec, protocol, base }: Case, reply: (asked: Asked, count: number) => Reply, limits = LIMITS) {
  const server = await serveProvider(protocol, reply);
  const completion = await openLangchainCompletion({ spec, baseUrl: `${server.url}${base}`, replyTokens: 500 });
  const model = createPromptedModel({
    completion: limitCompletion(completion, limits),
    answer: loadPrompt('answer', ANSWER_INPUTS),
    repair: loadPrompt('repair', REPAIR_INPUTS),
    translates: false,
  });
  const draft = async (signal = new AbortController().signal): Promise<DraftEvent[]> => {
    const events: DraftEvent[] = [];
    const request = { question: 'How many experts?', language: 'en', passages: PASSAGES } as const;
    for await (const event of model.draft(request, signal)) events.push(event);
    return events;
  };
  return { server, model, draft };
}

describe.each(PROVIDERS)('$spec over its protocol', (provider) => {
  test('streams claims that stand up to grounding, and tells what they cost', async () => {
    const { draft, server } = await open(provider, (asked) => ({ parts: inParts(written(asked)) }));
    const events = await draft();
    expect(events.map(({ type }) => type)).toEqual(['claim', 'call', 'completeness']);
    const [event, call] = events;
    expect(event?.type === 'claim' && groundClaim(event.claim, PASSAGES)).toHaveProperty('quotes');
    expect(call).toMatchObject({ call: { step: 'answer', inputTokens: 100, costUsd: expect.closeTo(0.0003, 4) } });
    expect(server.asked).toHaveLength(1);
  });

  test('is told instructions apart from the question, and passages without addresses', async () => {
    const { draft, server } = await open(provider, (asked) => ({ parts: [written(asked)] }));
    await draft();
    const [asked] = server.asked;
    expect(asked?.system).toContain('never instructions');
    expect(asked?.system).not.toContain('How many experts?');
    expect(asked?.user).toMatch(/Question: How many experts\?[^]*Accord \| official[^]*invite 500 experts/);
    expect(asked?.user).not.toMatch(/https?:/);
  });

  test('a slow reply is handed on claim by claim', async () => {
    const { draft } = await open(provider, (asked) => ({ parts: inParts(written(asked)).slice(0, 40), pauseMs: 2 }));
    expect((await draft())[0]).toMatchObject({ type: 'claim' });
  });

  test('a reply that is cut keeps the claims it has made, as a part of the answer', async () => {
    const reply = (asked: Asked): Reply => {
      const whole = written(asked);
      const end = whole.indexOf('}],') + 4;
      return { parts: [whole.slice(0, end), '],"comple', 'x'], cutAfter: 2, pauseMs: 20 };
    };
    const { draft } = await open(provider, reply, { ...LIMITS, timeoutMs: 1500 });
    const events = await draft();
    expect(events.find(({ type }) => type === 'claim')).toBeDefined();
    expect(events.at(-1)).toEqual({ type: 'completeness', completeness: 'partial' });
  });

  test('a failure that passes is tried again', async () => {
    const { draft, server } = await open(provider, (asked, count) =>
      count === 1 ? { status: 500 } : { parts: [written(asked)] },
    );
    expect((await draft())[0]).toMatchObject({ type: 'claim' });
    expect(server.asked).toHaveLength(2);
  });

  test('told to wait, it waits that long and asks once more', async () => {
    const times: number[] = [];
    const { draft } = await open(provider, (asked, count) => {
      times.push(performance.now());
      return count === 1 ? { status: 429, headers: { 'retry-after': '1' } } : { parts: [written(asked)] };
    });
    expect((await draft())[0]).toMatchObject({ type: 'claim' });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  test.skipIf(provider.cannotRefuse)('a refusal declines, and says that it was one', async () => {
    const { draft } = await open(provider, () => ({ parts: ['I cannot'], finish: 'refusal' }));
    const events = await draft();
    expect(events).toContainEqual({ type: 'left-out', what: { reason: 'the model refuses' } });
    expect(events.at(-1)).toEqual({ type: 'completeness', completeness: 'none' });
  });

  test('JSON that is not quite JSON is read as it was meant', async () => {
    const broken = (asked: Asked): string =>
      `Here you are:\n\`\`\`json\n${written(asked).replace('"full"}', '"full",}').replace('"text"', 'text')}\n\`\`\``;
    const { draft } = await open(provider, (asked) => ({ parts: inParts(broken(asked)) }));
    const events = await draft();
    expect(events[0]).toMatchObject({ type: 'claim', claim: { text: 'Leaders invite 500 experts to Japan.' } });
    expect(events.at(-1)).toEqual({ type: 'completeness', completeness: 'full' });
  });

  test('a reply without end is left, and keeps its claims', async () => {
    const endless = Array.from({ length: 50 }, () => ' '.repeat(5000));
    const { draft, server } = await open(provider, (asked) => ({
      parts: [written(asked).slice(0, -20), ...endless],
      hang: true,
    }));
    const events = await draft();
    expect(events[0]).toMatchObject({ type: 'claim' });
    expect(events).toContainEqual({ type: 'left-out', what: { reason: expect.stringContaining('has no end') } });
    await server.left;
  });

  test('a failure that stays is told without the words of the provider', async () => {
    const { draft, server } = await open(provider, () => ({ status: 503 }));
    await expect(draft()).rejects.toMatchObject({
      status: 502,
      retryable: true,
      message: expect.not.stringContaining('secret'),
    });
    expect(server.asked).toHaveLength(3);
  });

  test('a request that can never succeed is not repeated', async () => {
    const { draft, server } = await open(provider, () => ({ status: 401 }));
    await expect(draft()).rejects.toMatchObject({ status: 502, retryable: false });
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    ['prose', ['I am happy to help!'], 502],
    ['nothing', [], 502],
    ['JSON of another kind', ['{"answer": 42}'], 502],
  ])('a reply of %s is a failure', async (_name, parts, status) => {
    const { draft } = await open(provider, () => ({ parts }), { ...LIMITS, retries: 0 });
    await expect(draft()).rejects.toMatchObject({ status, retryable: true });
  });

  test('a reply that grows too long is a part of the answer', async () => {
    const { draft } = await open(provider, (asked) => ({ parts: [written(asked).slice(0, -20)], finish: 'length' }));
    const events = await draft();
    expect(events).toContainEqual({ type: 'left-out', what: { reason: 'the reply is too long' } });
    expect(events.at(-1)).toEqual({ type: 'completeness', completeness: 'partial' });
  });

  test('when the asker goes, the request at the provider ends', async () => {
    const gone = new AbortController();
    const { draft, server } = await open(provider, () => ({ parts: ['{"claims": ['], hang: true }));
    const drafting = draft(gone.signal);
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
    gone.abort();
    await expect(drafting).rejects.toThrow();
    await server.left;
  });

  test('a model that takes too long is given up', async () => {
    const { draft, server } = await open(provider, () => ({ parts: [], hang: true }), { ...LIMITS, timeoutMs: 200 });
    await expect(draft()).rejects.toMatchObject({ status: 504, retryable: true });
    await server.left;
  });
});

test('a provider whose package is not installed is named with the command that installs it', async () => {
  const opening = openLangchainCompletion({ spec: 'cohere:command-r', replyTokens: 50 });
  await expect(opening).rejects.toThrow(/LLM=cohere:command-r cannot be used: .*npm install @langchain\/cohere/);
  await expect(opening).rejects.toBeInstanceOf(ConfigurationError);
});

test.each(['nonesuch:model', 'openai', 'openai:'])('LLM=%s is refused', async (spec) => {
  await expect(openLangchainCompletion({ spec, replyTokens: 50 })).rejects.toThrow(`LLM=${spec} cannot be used`);
});

test('a key that is missing is asked for by its name', async () => {
  vi.stubEnv('ANTHROPIC_API_KEY', '');
  const opening = openLangchainCompletion({ spec: 'anthropic:claude-opus-4-5', replyTokens: 50 });
  await expect(opening).rejects.toThrow(/Anthropic API key not found/);
});

test('an address for a provider that cannot have one is refused', async () => {
  const opening = openLangchainCompletion({ spec: 'cohere:command-r', baseUrl: 'http://127.0.0.1:1', replyTokens: 50 });
  await expect(opening).rejects.toThrow('LLM_BASE_URL cannot be used with LLM=cohere:command-r');
});
