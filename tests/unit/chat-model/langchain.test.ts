import { beforeEach, expect, test, vi } from 'vitest';
import { groundClaim } from '../../../src/ask/ground.ts';
import type { DraftEvent } from '../../../src/chat-model/chat-model.ts';
import { ANSWER_INPUTS, openLangchainModel } from '../../../src/chat-model/langchain.ts';
import { AppError } from '../../../src/errors.ts';
import { loadPrompt } from '../../../src/prompts.ts';
import { serveJson } from '../../support/json-server.ts';
import { passagesFrom } from '../../support/passages.ts';

const PROMPT = loadPrompt('answer', ANSWER_INPUTS);
const PASSAGES = passagesFrom(
  '---\ntitle: Accord\nauthority: official\n---\nThe leaders invite 500 experts to Japan by 2030.',
);
const SIGNAL = new AbortController().signal;

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly content: string }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

/** Answers as an OpenAI-compatible server does: through the tool when one is offered, else as JSON text. */
function completion(request: ChatRequest, draft: object): object {
  const text = JSON.stringify(draft);
  const name = request.tools?.[0]?.function.name;
  const call = { id: 'c', type: 'function', function: { name, arguments: text } };
  const message =
    name === undefined
      ? { role: 'assistant', content: text }
      : { role: 'assistant', content: null, tool_calls: [call] };
  return {
    id: 'x',
    object: 'chat.completion',
    created: 1,
    model: request.model,
    choices: [{ index: 0, finish_reason: 'stop', message }],
  };
}

beforeEach(() => {
  vi.stubEnv('OPENAI_API_KEY', 'test');
  return () => void vi.unstubAllEnvs();
});

async function firstOf(events: AsyncIterable<DraftEvent>): Promise<DraftEvent | undefined> {
  for await (const event of events) return event;
  return undefined;
}

async function draftWith(draft: object): Promise<{ events: DraftEvent[]; requests: ChatRequest[] }> {
  const requests: ChatRequest[] = [];
  const url = await serveJson((body) => {
    requests.push(body as ChatRequest);
    return { body: completion(body as ChatRequest, draft) };
  });
  const model = await openLangchainModel({ spec: 'openai:some-model', baseUrl: `${url}/v1`, prompt: PROMPT });
  expect(model.promptDigests).toEqual({ answer: PROMPT.digest });
  const events: DraftEvent[] = [];
  for await (const event of model.draft({ question: 'How many experts?', language: 'en', passages: PASSAGES }, SIGNAL))
    events.push(event);
  return { events, requests };
}

test('claims of a model behind an OpenAI-compatible server come with their quotes and stand up to grounding', async () => {
  const quotes = [{ token: 'P1', quote: 'invite 500 experts to Japan' }];
  const { events, requests } = await draftWith({
    claims: [{ text: 'Leaders invite 500 experts to Japan.', quotes }],
    completeness: 'full',
  });
  expect(events.map(({ type }) => type)).toEqual(['claim', 'completeness']);
  const [event] = events;
  expect(event?.type === 'claim' && groundClaim(event.claim, PASSAGES)).toHaveProperty('quotes');
  expect(requests[0]?.model).toBe('some-model');
});

test('the model sees tokens, titles and authority, and no addresses', async () => {
  const { requests } = await draftWith({ claims: [], completeness: 'none' });
  const said = JSON.stringify(requests[0]?.messages);
  expect(said).toContain('[P1] Accord | official');
  expect(said).toContain('How many experts?');
  expect(said).not.toMatch(/https?:/);
});

test('a token that was never given does not pass grounding', async () => {
  const quotes = [{ token: 'https://evil.example', quote: 'invite 500 experts to Japan' }];
  const { events } = await draftWith({
    claims: [{ text: 'Leaders invite 500 experts.', quotes }],
    completeness: 'full',
  });
  const [event] = events;
  expect(event?.type === 'claim' && groundClaim(event.claim, PASSAGES)).toHaveProperty('reason');
});

test('a server that refuses is an upstream failure that may be tried again, without its words', async () => {
  const url = await serveJson(() => ({ status: 400, body: { error: { message: 'secret detail' } } }));
  const model = await openLangchainModel({ spec: 'openai:some-model', baseUrl: `${url}/v1`, prompt: PROMPT });
  const drafting = firstOf(model.draft({ question: 'x', language: 'en', passages: PASSAGES }, SIGNAL));
  await expect(drafting).rejects.toThrow(AppError);
  await expect(drafting).rejects.toMatchObject({
    status: 502,
    retryable: true,
    message: expect.not.stringContaining('secret'),
  });
});

test('a provider whose package is missing is named with the command that installs it', async () => {
  await expect(openLangchainModel({ spec: 'groq:x', baseUrl: undefined, prompt: PROMPT })).rejects.toThrow(
    /npm install @langchain\/groq/,
  );
});

test('an unknown provider is refused', async () => {
  await expect(openLangchainModel({ spec: 'nobody:x', baseUrl: undefined, prompt: PROMPT })).rejects.toThrow(
    /LLM=nobody:x/,
  );
});
