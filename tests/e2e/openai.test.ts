import { createOpenAI } from '@ai-sdk/openai';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/answer-response.ts';
import { createContractClient, type ContractClient } from '../support/contract-client.ts';
import { faultsOf } from '../support/openapi-contract.ts';
import { startEmbeddedServer, type TestServer } from '../support/start-server.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";
const PREDICTION = 'Who will win the Indian general election?';
const model = 'concordat';

interface Cited {
  readonly citations: readonly string[];
  readonly search_results: readonly { readonly url: string; readonly snippet: string; readonly title: string }[];
  readonly concordat: { readonly outcome: string; readonly askId: string };
}

let server: TestServer;
let client: ContractClient;
let openai: OpenAI;
let expected: AnswerResponse;
beforeAll(async () => {
  server = await startEmbeddedServer();
  client = createContractClient(server.url);
  openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'unused', maxRetries: 0 });
  expected = await client.ask({ question: CHAIR });
});
afterAll(async () => {
  await server.stop();
});

const ask = (content: string) => openai.chat.completions.create({ model, messages: [{ role: 'user', content }] });
const links = (answer: AnswerResponse): string[] => answer.citations.map(({ uri }) => uri);

describe('the official openai client', () => {
  test('gets an answer whose annotations stand at their markers', async () => {
    const completion = await ask(CHAIR);
    const [choice] = completion.choices;
    const text = choice?.message.content ?? '';
    const annotations = choice?.message.annotations ?? [];
    expect(choice?.finish_reason).toBe('stop');
    expect(annotations.map(({ url_citation: { url } }) => url)).toEqual(links(expected));
    for (const [index, { url_citation: cited }] of annotations.entries())
      expect(text.slice(cited.start_index, cited.end_index)).toBe(`[${index + 1}]`);
    for (const { title, uri } of expected.citations) {
      expect(text).toContain(uri);
      expect(text).toContain(title.split(' (')[0]);
    }
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  test('gets every quote to the letter, for clients of Perplexity’s shape', async () => {
    const { citations, search_results: results } = (await ask(CHAIR)) as unknown as Cited;
    expect(citations).toEqual(links(expected));
    expect(results.map(({ snippet }) => snippet)).toEqual(expected.citations.map(({ quote }) => quote));
  });

  test('streams the same text, role first and finish last, with one id and the usage when asked', async () => {
    const whole = await ask(CHAIR);
    const messages = [{ role: 'user' as const, content: CHAIR }];
    const stream = await openai.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const choices = chunks.flatMap((chunk) => chunk.choices);
    expect(choices.map(({ delta }) => delta.content ?? '').join('')).toBe(whole.choices[0]?.message.content);
    expect(choices.map(({ delta }) => delta.role).filter(Boolean)).toEqual([choices[0]?.delta.role]);
    expect(choices.map((choice) => choice.finish_reason).filter(Boolean)).toEqual(['stop']);
    expect(choices.at(-1)?.finish_reason).toBe('stop');
    expect(new Set(chunks.map(({ id, created, model: name }) => `${id} ${created} ${name}`)).size).toBe(1);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: expect.any(Number) } });
    expect(chunks.length).toBeGreaterThan(4);
    const annotations = choices.flatMap(
      ({ delta }) => (delta as { annotations?: { url_citation: { url: string } }[] }).annotations ?? [],
    );
    expect(annotations.map(({ url_citation: { url } }) => url)).toEqual(links(expected));
    expect(chunks.find((chunk) => 'search_results' in chunk)).toMatchObject({ citations: links(expected) });
  });

  test('keeps the history itself: a follow-up is resolved from the messages sent', async () => {
    const first = await ask('What is the Hiroshima AI Process?');
    const follow = await openai.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is the Hiroshima AI Process?' },
        { role: 'assistant', content: first.choices[0]?.message.content ?? '' },
        { role: 'user', content: [{ type: 'text', text: 'Who launched it?' }] },
      ],
    });
    const { citations } = follow as unknown as Cited;
    expect(citations.length).toBeGreaterThan(0);
    expect(citations[0]).toContain('hiroshima');
  });

  test('is told of an abstention in words, with empty lists', async () => {
    const completion = await ask(PREDICTION);
    const { answer } = await client.ask({ question: PREDICTION });
    expect(completion.choices[0]?.message.content).toBe(answer);
    expect(completion).toMatchObject({ citations: [], search_results: [], concordat: { outcome: 'abstained' } });
  });

  test('gets a response, and its events, with flat annotations', async () => {
    const response = await openai.responses.create({ model, input: CHAIR });
    const cited = (annotations: { type: string }[]): string[] =>
      annotations.flatMap((one) => ('url' in one ? [String(one.url)] : []));
    const [item] = response.output;
    const part = item?.type === 'message' ? item.content[0] : undefined;
    expect(part?.type === 'output_text' && cited(part.annotations)).toEqual(links(expected));
    const stream = openai.responses.stream({ model, input: [{ role: 'user', content: CHAIR }] });
    const types: string[] = [];
    let text = '';
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'response.output_text.delta') text += event.delta;
    }
    const final = await stream.finalResponse();
    expect(text).toBe(response.output_text);
    expect(final.output_text).toBe(text);
    expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed']);
    expect(types.filter((type) => type.endsWith('annotation.added'))).toHaveLength(expected.citations.length);
  });

  test('lists the one model, and gets errors it knows', async () => {
    expect((await openai.models.list()).data.map(({ id }) => id)).toEqual([model]);
    expect(await openai.models.retrieve(model)).toMatchObject({ object: 'model' });
    await expect(openai.models.retrieve('other')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(ask('x'.repeat(2001))).rejects.toThrow(/at most 2000 characters/);
    await expect(openai.chat.completions.create({ model, messages: [] })).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      param: 'messages',
    });
    await expect(openai.responses.create({ model, input: 'x', previous_response_id: 'resp_1' })).rejects.toMatchObject({
      status: 400,
      param: 'previous_response_id',
    });
  });

  test('may send parameters that this model does not use', async () => {
    const completion = await openai.chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: CHAIR, name: 'me' }],
      temperature: 0.2,
      tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
      seed: 1,
      user: 'u',
    });
    expect(completion.choices[0]?.message.tool_calls).toBeUndefined();
  });
});

describe('other clients', () => {
  test('LangChain’s ChatOpenAI invokes and streams', async () => {
    const chat = new ChatOpenAI({ model, apiKey: 'unused', configuration: { baseURL: `${server.url}/v1` } });
    const whole = await chat.invoke(CHAIR);
    let streamed = '';
    for await (const chunk of await chat.stream(CHAIR)) streamed += chunk.text;
    expect(whole.text).toContain('[1]');
    expect(streamed).toBe(whole.text);
  });

  test('the Vercel AI SDK reads citations as sources, from chat and responses, whole and streamed', async () => {
    const provider = createOpenAI({ baseURL: `${server.url}/v1`, apiKey: 'unused' });
    const urls = (sources: readonly object[]): string[] =>
      sources.flatMap((source) => ('url' in source ? [String(source.url)] : []));
    for (const languageModel of [provider.chat(model), provider.responses(model)]) {
      const whole = await generateText({ model: languageModel, prompt: CHAIR });
      expect(urls(whole.sources)).toEqual(links(expected));
      const streamed = streamText({ model: languageModel, prompt: CHAIR });
      expect(await streamed.text).toBe(whole.text);
      expect(urls(await streamed.sources)).toEqual(links(expected));
    }
  });
});

describe('on the wire', () => {
  test.each([
    ['POST /v1/chat/completions', { messages: [{ role: 'user', content: CHAIR }] }],
    ['POST /v1/chat/completions', { messages: 'none' }],
    ['POST /v1/responses', { input: CHAIR }],
    ['POST /v1/responses', { input: [] }],
    ['GET /v1/models', undefined],
  ])('%s is as described (%j)', async (operation, body) => {
    const response = await client.send({ path: operation.split(' ')[1] ?? '', body });
    expect(faultsOf(response, operation)).toEqual([]);
  });

  test('a chat stream ends with [DONE]', async () => {
    const { text, mediaType } = await client.send({
      path: '/v1/chat/completions',
      body: { stream: true, messages: [{ role: 'user', content: CHAIR }] },
    });
    expect(mediaType).toBe('text/event-stream');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});

test('API_KEYS hold here too, in words OpenAI’s clients know', async () => {
  const locked = await startEmbeddedServer({ API_KEYS: 'right' });
  try {
    const at = (apiKey: string): OpenAI => new OpenAI({ baseURL: `${locked.url}/v1`, apiKey, maxRetries: 0 });
    await expect(at('wrong').models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    expect((await at('right').models.list()).data).toHaveLength(1);
  } finally {
    await locked.stop();
  }
});
