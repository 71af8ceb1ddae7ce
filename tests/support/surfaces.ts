import { createOpenAI } from '@ai-sdk/openai';
import { ChatOpenAI } from '@langchain/openai';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { generateText } from 'ai';
import OpenAI from 'openai';
import { fileURLToPath } from 'node:url';
import type { AnswerResponse } from '../../src/answer-response.ts';
import type { Citation } from '../../src/domain.ts';
import { pairsOf, recoverCitations, type RecoveredCitation } from './channel-driver.ts';
import { serverEnvironment } from './environment.ts';
import { exchange, parseEvents } from './exchange.ts';
import { readMarkdown } from './read-markdown.ts';
import { chatInTerminal } from './run-cli.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const model = 'concordat';

/** What one client can tell of the citations of one answer, in each of the ways it reads them; each way by itself. */
export type Readings = Readonly<Record<string, readonly string[]>>;

/** A way to ask that is no chat tool's server. */
export interface Surface {
  readonly name: string;
  readonly readAll: (questions: readonly string[]) => Promise<Readings[]>;
}

export interface SurfaceOptions {
  readonly url: string;
  /** Of the terminal's commands: a corpus, and an index of their own. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Every surface but the chat tools and the page, by its vendor's own client. */
export function listSurfaces(options: SurfaceOptions): Surface[] {
  return [...listOpenai(options), ...listMcp(options), ...listOwn(options)];
}

interface Cited {
  readonly search_results: readonly { readonly url: string; readonly snippet: string }[];
}

const fromResults = ({ search_results: results }: Cited): string[] =>
  pairsOf(results.map(({ url, snippet }) => ({ documentId: documentIdOf(url), quote: snippet })));
const fromText = (text: string): string[] => pairsOf(recoverCitations([readMarkdown(text)]));
const fromCitations = (citations: readonly Citation[]): string[] => pairsOf(citations);

function documentIdOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.replace('/documents/', ''));
}

/** The pairs that addresses name, as who follows them finds them. */
export function createFollower(base: string): (urls: readonly string[]) => Promise<string[]> {
  const texts = new Map<string, Promise<string>>();
  const readText = async (id: string): Promise<string> => {
    const response = await exchange(base, { path: `/api/documents/${encodeURIComponent(id)}` });
    return (response.json() as { text: string }).text;
  };
  const follow = async (url: string): Promise<RecoveredCitation> => {
    const documentId = documentIdOf(url);
    const text = texts.get(documentId) ?? readText(documentId);
    texts.set(documentId, text);
    const [start, end] = new URL(url).hash.slice(1).split('-').map(Number);
    return { documentId, quote: (await text).slice(start, end) };
  };
  return async (urls) => pairsOf(await Promise.all(urls.map((url) => follow(url))));
}

function one(name: string, read: (question: string) => Promise<Readings>): Surface {
  return {
    name,
    async readAll(questions) {
      const readings: Readings[] = [];
      for (const question of questions) readings.push(await read(question));
      return readings;
    },
  };
}

function listOpenai({ url }: SurfaceOptions): Surface[] {
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'unused', maxRetries: 0 });
  const langchain = new ChatOpenAI({ model, apiKey: 'unused', configuration: { baseURL: `${url}/v1` } });
  const provider = createOpenAI({ baseURL: `${url}/v1`, apiKey: 'unused' });
  const follow = createFollower(url);
  const urlsOf = (sources: readonly object[]): string[] =>
    sources.flatMap((source) => ('url' in source ? [String(source.url)] : []));
  const messagesOf = (content: string) => [{ role: 'user' as const, content }];
  const readResponse = async (response: OpenAI.Responses.Response): Promise<Readings> => {
    const parts = response.output.flatMap((item) => (item.type === 'message' ? item.content : []));
    const annotations = parts.flatMap((part) => (part.type === 'output_text' ? part.annotations : []));
    return {
      annotations: await follow(urlsOf(annotations)),
      results: fromResults(response as unknown as Cited),
      text: fromText(response.output_text),
    };
  };
  return [
    one('chat completions', async (question) => {
      const completion = await openai.chat.completions.create({ model, messages: messagesOf(question) });
      const message = completion.choices[0]?.message;
      return {
        annotations: await follow((message?.annotations ?? []).map((annotation) => annotation.url_citation.url)),
        results: fromResults(completion as unknown as Cited),
        text: fromText(message?.content ?? ''),
      };
    }),
    one('chat completions, streamed', async (question) => {
      const stream = await openai.chat.completions.create({ model, messages: messagesOf(question), stream: true });
      let [text, last]: [string, unknown] = ['', undefined];
      const urls: string[] = [];
      for await (const chunk of stream) {
        const delta = chunk.choices[0]?.delta as {
          content?: string;
          annotations?: { url_citation: { url: string } }[];
        };
        text += delta.content ?? '';
        urls.push(...(delta.annotations ?? []).map((annotation) => annotation.url_citation.url));
        last = chunk;
      }
      return { annotations: await follow(urls), results: fromResults(last as Cited), text: fromText(text) };
    }),
    one('responses', async (input) => readResponse(await openai.responses.create({ model, input }))),
    one('responses, streamed', async (input) => {
      const stream = openai.responses.stream({ model, input });
      const urls: string[] = [];
      for await (const event of stream)
        if (event.type === 'response.output_text.annotation.added') urls.push(...urlsOf([event.annotation as object]));
      return { ...(await readResponse(await stream.finalResponse())), events: await follow(urls) };
    }),
    one('LangChain ChatOpenAI', async (question) => ({ text: fromText((await langchain.invoke(question)).text) })),
    one('Vercel AI SDK', async (prompt) => {
      const chat = await generateText({ model: provider.chat(model), prompt });
      const responses = await generateText({ model: provider.responses(model), prompt });
      return { chat: await follow(urlsOf(chat.sources)), responses: await follow(urlsOf(responses.sources)) };
    }),
  ];
}

function listMcp({ url, settings }: SurfaceOptions): Surface[] {
  const read = async (client: Client, question: string): Promise<Readings> => {
    const result = (await client.callTool({ name: 'ask', arguments: { question } })) as unknown as {
      structuredContent: AnswerResponse;
      content: { text?: string }[];
    };
    return {
      data: fromCitations(result.structuredContent.citations),
      text: fromText(result.content.map(({ text = '' }) => text).join('')),
    };
  };
  const surface = (name: string, connect: (client: Client) => Promise<void>): Surface => ({
    name,
    async readAll(questions) {
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
      await connect(client);
      try {
        return await one(name, (question) => read(client, question)).readAll(questions);
      } finally {
        await client.close();
      }
    },
  });
  const stdio = { command: process.execPath, args: [CLI, 'mcp'], stderr: 'ignore' as const };
  const env = serverEnvironment({ EMBEDDINGS: 'hashing', ...settings }) as Record<string, string>;
  return [
    surface('MCP over HTTP', (client) => client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)))),
    surface('MCP over stdio', (client) =>
      client.connect(new StdioClientTransport({ ...stdio, env, cwd: settings['INDEX_DIR'] ?? '.' }), {
        timeout: 120_000,
      }),
    ),
  ];
}

function listOwn({ url, settings }: SurfaceOptions): Surface[] {
  return [
    one('event stream', async (question) => {
      const headers = { accept: 'text/event-stream' };
      const { text } = await exchange(url, { path: '/api/ask', headers, body: { question } });
      const answer = parseEvents(text).find(({ event }) => event === 'answer')?.data as AnswerResponse;
      return { answer: fromCitations(answer.citations) };
    }),
    {
      name: 'terminal',
      readAll: async (questions) =>
        (await chatInTerminal(settings, questions)).map((text) => ({
          text: pairsOf(recoverCitations([readTerminal(text)])),
        })),
    },
    {
      name: 'terminal, --json',
      readAll: async (questions) =>
        (await chatInTerminal(settings, questions, '--json')).map((line) => ({
          data: fromCitations((JSON.parse(line) as AnswerResponse).citations),
        })),
    },
  ];
}

/** The references of a terminal as those of other surfaces: `[1] title⟦address⟧ — standing`, and the quote. */
function readTerminal(text: string): string {
  return text.replaceAll(
    /^(\[\d+\] .*)\n {4}(.*)\n {4}(“[^]*?”)\n(?: {4}rests on: .*\n)? {4}(https?:.*)$/gm,
    (...[, title = '', standing, quote = '', address]: string[]) =>
      `${title}⟦${address}⟧ — ${standing}\n${quote.replaceAll('\n    ', '\n')}`,
  );
}
