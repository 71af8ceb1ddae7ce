import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createPatientCaller, isRetryable } from '../../../src/embeddings/call-patiently.ts';
import { openLangchainEmbeddings } from '../../../src/embeddings/langchain.ts';

const failure = (fields: object): Error => Object.assign(new Error('no'), fields);

test.each([
  ['too many requests', { status: 429 }],
  ['a fault of the server', { statusCode: 503 }],
  ["Ollama's word for it", { status_code: 500 }],
  ['a timeout', { response: { status: 408 } }],
  ['a refused connection', { cause: { code: 'ECONNREFUSED' } }],
  ['a broken one', { message: 'fetch failed' }],
])('%s is tried again', (_case, fields) => {
  expect(isRetryable(failure(fields))).toBe(true);
});

test.each([
  ['a wrong key', { status: 401 }],
  ['a text that is too long', { status: 400 }],
  ['an empty account', { status: 429, code: 'insufficient_quota' }],
  ['a bug of ours', {}],
])('%s is not', (_case, fields) => {
  expect(isRetryable(failure(fields))).toBe(false);
});

test('a caller gives up on what cannot succeed at the first try, and on a wait that is too long', async () => {
  const caller = createPatientCaller(3);
  const call = vi.fn<() => Promise<never>>(async () => {
    throw failure({ status: 400 });
  });
  await expect(caller.call(call)).rejects.toThrow('no');
  expect(call).toHaveBeenCalledTimes(1);
  const tomorrow = vi.fn<() => Promise<never>>(async () => {
    throw failure({ status: 429, headers: new Headers({ 'retry-after': '86400' }) });
  });
  await expect(caller.call(tomorrow)).rejects.toThrow('no');
  expect(tomorrow).toHaveBeenCalledTimes(1);
});

test('a provider that asks to wait is waited for, and one batch that fails does not cost the others', async () => {
  const asked: { at: number; texts: string[] }[] = [];
  let refusals = 1;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const texts = [(JSON.parse(body) as { input: string | string[] }).input].flat();
      asked.push({ at: performance.now(), texts });
      const refuse = texts.length > 1 && refusals-- > 0;
      const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1] }));
      response
        .writeHead(refuse ? 429 : 200, { 'Content-Type': 'application/json', ...(refuse && { 'Retry-After': '3' }) })
        .end(JSON.stringify(refuse ? { error: { message: 'slow down' } } : { object: 'list', data }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('OPENAI_API_KEY', 'test');
  vi.stubEnv('OPENAI_BASE_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
  const embeddings = await openLangchainEmbeddings('openai:text-embedding-3-small');
  const texts = Array.from({ length: 130 }, (_, i) => 'x'.repeat(i + 1));
  expect((await embeddings.embedDocuments(texts)).map(([length]) => length)).toEqual(texts.map(({ length }) => length));
  const [, refused, ...rest] = asked;
  const again = rest.filter(({ texts: [first] }) => first === refused?.texts[0]);
  expect(again).toHaveLength(1);
  expect((again[0]?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(2500);
  expect(asked).toHaveLength(1 + 3 + 1);
});
