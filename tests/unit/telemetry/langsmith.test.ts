import { expect, test, vi } from 'vitest';
import { openLangchainCompletion } from '../../../src/chat-model/langchain.ts';
import { loadConfig } from '../../../src/config.ts';
import { serveCollector } from '../../support/collector.ts';
import { serveProvider } from '../../support/provider-server.ts';

const REQUEST = { step: 'answer', system: 'Be brief.', user: 'How many experts?', schema: { type: 'object' } };

/** What LangSmith, on loopback, is told of one request to a model. Its client reads the variables once a process. */
async function traceRequest(): Promise<string> {
  const langsmith = await serveCollector({ batch_ingest_config: { use_multipart_endpoint: false } });
  const variables = { LANGSMITH_TRACING: 'true', LANGSMITH_ENDPOINT: langsmith.url, LANGSMITH_API_KEY: 'key' };
  const told: NodeJS.ProcessEnv = { ...variables, LANGCHAIN_CALLBACKS_BACKGROUND: 'false' };
  loadConfig(told);
  for (const [name, value] of Object.entries(told)) vi.stubEnv(name, value);
  vi.stubEnv('OPENAI_API_KEY', 'test');
  const provider = await serveProvider('openaiChat', () => ({ parts: ['Five ', 'hundred.'] }));
  const baseUrl = `${provider.url}/v1`;
  const completion = await openLangchainCompletion({ spec: 'openai:some-model', baseUrl, replyTokens: 50 });
  for await (const event of completion.stream(REQUEST, new AbortController().signal)) expect(event).toBeDefined();
  await vi.waitFor(() => expect(langsmith.text()).toContain('end_time'), { timeout: 10_000 });
  vi.unstubAllEnvs();
  return langsmith.text();
}

test('LangSmith is told of requests by the variables of its own, without a word of them', async () => {
  const text = await traceRequest();
  expect(text).toContain('ChatOpenAI');
  expect(text).not.toMatch(/How many experts|hundred/);
});
