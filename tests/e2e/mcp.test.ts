import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/answer-response.ts';
import { createContractClient, type ContractClient } from '../support/contract-client.ts';
import { temporaryFolder } from '../support/documents.ts';
import { serverEnvironment } from '../support/environment.ts';
import { faultsOf } from '../support/openapi-contract.ts';
import { startEmbeddedServer, type TestServer } from '../support/start-server.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../corpus', import.meta.url));
const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";
const READING = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

let server: TestServer;
let http: ContractClient;
beforeAll(async () => {
  server = await startEmbeddedServer();
  http = createContractClient(server.url);
});
afterAll(async () => {
  await server.stop();
});

const modes = ['legacy', 'auto', { pin: '2026-07-28' }] as const;
const connectHttp = async (mode: (typeof modes)[number]): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
  return client;
};

interface Structured<T> {
  readonly structuredContent?: T;
  readonly content: readonly object[];
  readonly isError?: boolean;
}
const call = async <T>(client: Client, name: string, input: Record<string, unknown> = {}): Promise<Structured<T>> =>
  (await client.callTool({ name, arguments: input })) as unknown as Structured<T>;
const textOf = ({ content }: { content: readonly object[] }): string =>
  content.map((part) => ('text' in part ? String(part.text) : '')).join('');

describe.each(modes.map((mode) => ({ mode, name: JSON.stringify(mode) })))(
  'a client of the protocol $name',
  ({ mode }) => {
    test('finds the tools, the documents and the prompt', async () => {
      const client = await connectHttp(mode);
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name).toSorted()).toEqual(['ask', 'fetch', 'list_documents', 'search']);
      for (const { annotations } of tools) expect(annotations?.readOnlyHint).toBe(true);
      const { resources } = await client.listResources();
      expect(resources).toHaveLength(49);
      expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['cited_answer']);
      const prompt = await client.getPrompt({ name: 'cited_answer', arguments: { question: CHAIR } });
      expect(JSON.stringify(prompt.messages)).toContain(CHAIR);
      await client.close();
    });

    test('gets the answer of the API, its quotes and links', async () => {
      const client = await connectHttp(mode);
      const result = await call<AnswerResponse>(client, 'ask', { question: CHAIR });
      const expected = await http.ask({ question: CHAIR });
      expect(result.structuredContent).toMatchObject({ outcome: 'answered', citations: expected.citations });
      for (const { quote, uri } of expected.citations) {
        expect(textOf(result)).toContain(quote);
        expect(textOf(result)).toContain(uri);
      }
      await client.close();
    });

    test('reads a document as a tool’s result and as a resource', async () => {
      const client = await connectHttp(mode);
      const id = 'japan-ai-promotion-act-2025';
      const text = await http.readText(id);
      const fetched = JSON.parse(textOf(await call(client, 'fetch', { id }))) as Record<string, unknown>;
      expect(fetched).toMatchObject({ id, text, url: `${server.url}/documents/${id}`, title: expect.any(String) });
      const { contents } = await client.readResource({ uri: `concordat://documents/${id}` });
      expect(contents).toMatchObject([{ text, mimeType: 'text/markdown' }]);
      await client.close();
    });
  },
);

describe('the tools', () => {
  let client: Client;
  beforeAll(async () => {
    client = await connectHttp('auto');
  });
  afterAll(() => client.close());

  test('search gives ids, titles and addresses in the shape that connectors ask for', async () => {
    const { results } = JSON.parse(textOf(await call(client, 'search', { query: 'AI Strategy Headquarters' }))) as {
      results: { id: string; title: string; url: string }[];
    };
    expect(results[0]?.id).toBe('japan-ai-promotion-act-2025');
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
    for (const { url, title } of results) {
      expect(url).toMatch(/\/documents\/.+#\d+-\d+$/);
      expect(title).not.toBe('');
    }
  });

  test('list_documents lists them all, with date and authority', async () => {
    const { structuredContent } = await call<{ documents: { date: string; authority: string }[] }>(
      client,
      'list_documents',
    );
    expect(structuredContent?.documents).toHaveLength(49);
  });

  test('ask follows up within its conversation, and abstains in words', async () => {
    const first = await call<AnswerResponse>(client, 'ask', { question: 'What is the Hiroshima AI Process?' });
    const conversationId = first.structuredContent?.conversationId;
    const second = await call<AnswerResponse>(client, 'ask', { question: 'Who launched it?', conversationId });
    expect(second.structuredContent?.standaloneQuestion).toContain('Hiroshima');
    const none = await call<AnswerResponse>(client, 'ask', { question: 'Who will win the Indian general election?' });
    expect(none).toMatchObject({ structuredContent: { outcome: 'abstained', citations: [] } });
    expect(none.isError).toBeFalsy();
  });

  test.each([
    ['ask', { question: 'x'.repeat(2001) }, /2000 characters/],
    ['ask', { question: 'x', conversationId: 'unknown' }, /no such conversation/],
    ['ask', { question: 'x', asOf: 'soon' }, /asOf/],
    ['fetch', { id: 'no-such-document' }, /no document/],
    ['search', { query: '' }, /query/],
  ])('%s tells what is wrong with %j', async (name, input, message) => {
    const result = await call(client, name, input);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(message);
  });
});

describe('over HTTP', () => {
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
  };
  const send = (headers: Record<string, string>) =>
    http.send({ path: '/mcp', body: initialize, headers: { ...READING, ...headers } });

  test.each([
    ['no Origin, as clients that are no page', {}, 200],
    ['its own Origin', { origin: 'http://127.0.0.1:1' }, 200],
    ['another site’s Origin', { origin: 'https://evil.example' }, 403],
    ['no readable Origin', { origin: 'null' }, 403],
    ['another site’s name', { host: 'evil.example' }, 403],
    ['a name and a port', { host: 'localhost:3000' }, 200],
    ['an address in digits', { host: '10.0.0.1:3000' }, 200],
  ])('a request with %s', async (_case, headers, status) => {
    const response = await send(headers);
    expect(response.status).toBe(status);
    expect(faultsOf(response, 'POST /mcp')).toEqual([]);
  });

  test.each([
    ['what is no JSON', '{', 400],
    ['an unknown revision', JSON.stringify({ ...initialize, method: 'tools/list' }), 400],
  ])('%s is told as JSON-RPC tells it', async (_case, body, status) => {
    const headers = { ...READING, 'mcp-protocol-version': '1999-01-01' };
    const response = await http.send({ path: '/mcp', body, headers });
    expect(response.status).toBe(status);
    expect(faultsOf(response, 'POST /mcp')).toEqual([]);
  });
});

test('over standard input and output, with nothing else on it', async () => {
  const INDEX_DIR = await temporaryFolder();
  const env = serverEnvironment({ EMBEDDINGS: 'hashing', CORPUS_DIR: CORPUS, INDEX_DIR }) as Record<string, string>;
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [CLI, 'mcp'], env, cwd: INDEX_DIR, stderr: 'ignore' }),
    { timeout: 60_000 },
  );
  const result = await call<AnswerResponse>(client, 'ask', { question: CHAIR });
  expect(result.structuredContent).toMatchObject({ outcome: 'answered' });
  await client.close();
});
