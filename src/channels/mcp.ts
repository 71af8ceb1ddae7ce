import { randomUUID } from 'node:crypto';
import { createMcpHandler, McpServer, ResourceTemplate, type McpHttpHandler } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import { answerQuestion, type AnsweringDependencies } from '../answer-question.ts';
import type { AnswerResponse } from '../answer-response.ts';
import { documentUri } from '../ask/cite.ts';
import { AUTHORITIES, LANGUAGES, type SourceDocument } from '../domain.ts';
import { AppError, InvalidRequestError } from '../errors.ts';
import { checkQuestion, checkSearch } from '../requests.ts';
import { MARKDOWN_MARKUP } from './markup.ts';
import { renderMessages } from './render-messages.ts';

/** The scheme under which documents are MCP resources. */
const RESOURCES = 'concordat://documents/';
const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false } as const;
const INSTRUCTIONS =
  'Answers questions about the documents of a corpus, each sentence quoted from a document and linked to it. ' +
  'Keep the markers and links when you pass an answer on. An abstention means that the corpus does not hold the answer.';

const askInput = z.object({
  question: z.string().describe('The question, in English, Hindi, Japanese or Tamil; at most 2,000 characters.'),
  conversationId: z.string().optional().describe('Of an earlier answer, to follow up on it.'),
  language: z.enum(LANGUAGES).optional().describe('Language of the framing; default: that of the question.'),
  asOf: z.string().optional().describe('YYYY-MM-DD: use only documents dated up to that day.'),
  authority: z.array(z.enum(AUTHORITIES)).optional().describe('Use only documents this official.'),
});

/** The tools, resources and prompt of one connection. */
export function createMcp(deps: AnsweringDependencies): McpServer {
  const server = new McpServer(
    { name: 'concordat', title: 'Concordat', version: '1' },
    { instructions: INSTRUCTIONS, capabilities: { tools: {}, resources: {}, prompts: {} } },
  );
  registerAsk(server, deps);
  registerSearch(server, deps);
  registerDocuments(server, deps);
  server.registerPrompt(
    'cited_answer',
    {
      title: 'Cited answer',
      description: 'Answer from the corpus, with the sources kept.',
      argsSchema: z.object({ question: z.string() }),
    },
    ({ question }) => ({
      messages: [{ role: 'user', content: { type: 'text', text: `${CITED_ANSWER}\n\n${question}` } }],
    }),
  );
  return server;
}

const CITED_ANSWER =
  'Answer with the tool `ask`. Keep each marker [n] with its sentence and list the sources with their links below. ' +
  'If the tool abstains, say so, and add nothing of your own.';

/** MCP over HTTP: a fresh server for each request, for clients of either protocol era. */
export function createMcpHttp(deps: AnsweringDependencies): McpHttpHandler {
  return createMcpHandler(() => createMcp(deps), { onerror: (error) => deps.log.debug({ err: error }, 'mcp') });
}

/** MCP over standard input and output, until the input ends. */
export function serveMcpStdio(deps: AnsweringDependencies): { close(): Promise<void> } {
  return serveStdio(() => createMcp(deps), { onerror: (error) => deps.log.debug({ err: error }, 'mcp') });
}

function registerAsk(server: McpServer, deps: AnsweringDependencies): void {
  const description =
    'Answers a question from the corpus: sentences with markers, and the verbatim quotes they rest on. Abstains where the corpus does not answer it.';
  server.registerTool(
    'ask',
    { title: 'Ask the corpus', description, inputSchema: askInput, annotations: READ_ONLY },
    ({ authority, ...input }, { mcpReq: { signal } }) =>
      toolResult(async () => {
        const question = checkQuestion({ ...input, ...(authority && { filters: { authority } }) });
        const response = await answerQuestion(question, { deps, askId: `ask_${randomUUID()}`, signal });
        return { text: renderText(response), structured: describeAnswer(response) };
      }),
  );
}

/** The shapes that ChatGPT's connectors ask for: ids, titles and addresses, then whole documents by id. */
function registerSearch(server: McpServer, { assistant, publicUrl }: AnsweringDependencies): void {
  server.registerTool(
    'search',
    {
      title: 'Search the corpus',
      description: 'Finds documents by words and by meaning, best first. Read one with `fetch`.',
      inputSchema: z.object({ query: z.string().describe('Words or a question, in any language of the corpus.') }),
      annotations: READ_ONLY,
    },
    ({ query }) =>
      toolResult(async () => {
        const { query: text } = checkSearch({ query });
        const found = await assistant.search({ text, limit: 40, filters: {} });
        const best = new Map(found.toReversed().map((passage) => [passage.document.id, passage]));
        const results = [...best.values()]
          .toReversed()
          .slice(0, 10)
          .map(({ chunk, document: { id, title } }) => ({
            id,
            title,
            url: documentUri(publicUrl(), id, chunk),
            text: chunk.text,
          }));
        return { text: JSON.stringify({ results }), structured: { results } };
      }),
  );
  server.registerTool(
    'fetch',
    {
      title: 'Read a document',
      description: 'The whole text of a document of the corpus, by the id that `search` or `list_documents` gave.',
      inputSchema: z.object({ id: z.string() }),
      annotations: READ_ONLY,
    },
    ({ id }) =>
      toolResult(async () => {
        const document = await assistant.findDocument(id);
        if (!document) throw new AppError(`There is no document ${id}.`, { status: 404 });
        const fetched = { ...describeDocument(document, publicUrl()), text: document.text };
        return { text: JSON.stringify(fetched), structured: fetched };
      }),
  );
}

function registerDocuments(server: McpServer, { assistant, publicUrl }: AnsweringDependencies): void {
  server.registerTool(
    'list_documents',
    {
      title: 'List the documents',
      description: 'Every document of the corpus with its date, authority and status.',
      annotations: READ_ONLY,
    },
    () =>
      toolResult(async () => {
        const documents = (await assistant.listDocuments()).map(
          ({ id, title, kind, authority, status, date, language }) => {
            const url = documentUri(publicUrl(), id);
            return { id, title, kind, authority, status, date, language, url };
          },
        );
        return { text: JSON.stringify({ documents }), structured: { documents } };
      }),
  );
  const list = async (): Promise<{ resources: { uri: string; name: string; title: string; mimeType: string }[] }> => ({
    resources: (await assistant.listDocuments()).map(({ id, title }) => ({
      uri: RESOURCES + encodeURIComponent(id),
      name: id,
      title,
      mimeType: 'text/markdown',
    })),
  });
  server.registerResource(
    'document',
    new ResourceTemplate(`${RESOURCES}{id}`, { list }),
    { title: 'Document', description: 'The stored text that quotes and offsets refer to.', mimeType: 'text/markdown' },
    async (uri) => {
      const document = await assistant.findDocument(decodeURIComponent(uri.href.slice(RESOURCES.length)));
      if (!document) throw new Error(`There is no document ${uri.href}.`);
      return { contents: [{ uri: uri.href, mimeType: 'text/markdown', text: document.text }] };
    },
  );
}

/** A fault that can be told is a result the model can read and mend; a bug is not. */
async function toolResult(make: () => Promise<{ text: string; structured: Record<string, unknown> }>): Promise<{
  content: { type: 'text'; text: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
}> {
  try {
    const { text, structured } = await make();
    return { content: [{ type: 'text', text }], structuredContent: structured };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { content: [{ type: 'text', text: describeFault(error) }], isError: true };
  }
}

function describeFault(error: AppError): string {
  const issues = error instanceof InvalidRequestError ? error.issues : [];
  return [error.message, ...issues.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`)].join(' ');
}

function renderText(response: AnswerResponse): string {
  return renderMessages(response, { markup: MARKDOWN_MARKUP, limit: Number.POSITIVE_INFINITY }).join('\n\n');
}

function describeAnswer(response: AnswerResponse): Record<string, unknown> {
  const { conversationToken: _token, trace: _trace, receipt: _receipt, ...rest } = response;
  return rest;
}

function describeDocument(
  { id, title, text: _text, digest: _digest, root: _root, file: _file, ...metadata }: SourceDocument,
  publicUrl: string,
): { id: string; title: string; url: string; metadata: object } {
  return { id, title, url: documentUri(publicUrl, id), metadata };
}
