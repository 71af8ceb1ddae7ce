import { Embeddings } from '@langchain/core/embeddings';
import { afterEach, expect, test, vi } from 'vitest';
import { fromLangchain, openLangchainEmbeddings } from '../../../src/embeddings/langchain.ts';
import { serveJson } from '../../support/json-server.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A server that speaks just enough of the embeddings API of OpenAI and of Ollama. */
function serveEmbeddings(requests: unknown[]): Promise<string> {
  return serveJson((body, path) => {
    requests.push(body);
    const vectors = [(body as { input: string | string[] }).input].flat().map((text) => [text.length, 1, 0]);
    const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
    return { body: path === '/api/embed' ? { embeddings: vectors } : { object: 'list', data } };
  });
}

test('openai:MODEL asks an OpenAI-compatible server, no wider than every engine holds', async () => {
  const requests: { model?: string; dimensions?: number }[] = [];
  const url = await serveEmbeddings(requests);
  vi.stubEnv('OPENAI_API_KEY', 'test');
  vi.stubEnv('OPENAI_BASE_URL', `${url}/v1`);
  const embeddings = await openLangchainEmbeddings('openai:text-embedding-3-small');
  expect(embeddings).toMatchObject({ id: 'openai:text-embedding-3-small', dimensions: 3 });
  expect(await embeddings.embedDocuments(['ab', 'abc'])).toEqual([
    [2, 1, 0],
    [3, 1, 0],
  ]);
  expect(requests[0]).toMatchObject({ model: 'text-embedding-3-small', dimensions: 1024 });
});

test('ollama:MODEL asks an Ollama server, and the model may have a tag', async () => {
  const requests: { model?: string }[] = [];
  vi.stubEnv('OLLAMA_BASE_URL', await serveEmbeddings(requests));
  const embeddings = await openLangchainEmbeddings('ollama:nomic-embed-text:v1.5');
  expect(embeddings.dimensions).toBe(3);
  expect(requests[0]).toMatchObject({ model: 'nomic-embed-text:v1.5' });
});

test('a provider whose package is missing is named with the command that installs it', async () => {
  await expect(openLangchainEmbeddings('cohere:embed-v4.0')).rejects.toThrow('npm install @langchain/cohere');
});

test('texts go out in batches, in order, with the prefixes that the family or the settings want', async () => {
  const sent: string[][] = [];
  class Listening extends Embeddings {
    async embedQuery(text: string): Promise<number[]> {
      return (await this.embedDocuments([text]))[0] ?? [];
    }
    async embedDocuments(texts: string[]): Promise<number[][]> {
      sent.push(texts);
      return texts.map((text) => [text.length, 1]);
    }
  }
  const embeddings = await fromLangchain(new Listening({}), 'ollama:nomic-embed-text');
  const texts = Array.from({ length: 150 }, (_, i) => 'x'.repeat(i));
  const vectors = await embeddings.embedDocuments(texts);
  expect(vectors.map(([length = 0]) => length - 'search_document: '.length)).toEqual(texts.map((_, i) => i));
  expect(sent.slice(1).map(({ length }) => length)).toEqual([64, 64, 22]);
  await embeddings.embedQuery('rice');
  expect(sent.at(-1)).toEqual(['search_query: rice']);
  const plain = await fromLangchain(new Listening({}), 'ollama:nomic-embed-text', { query: '', passage: '' });
  await plain.embedQuery('rice');
  expect(sent.at(-1)).toEqual(['rice']);
  expect(plain.id).not.toBe(embeddings.id);
});

test.each(['word2vec', 'openai:', ':model', 'nobody:model'])(
  'EMBEDDINGS=%s is refused with what it can be',
  async (spec) => {
    await expect(openLangchainEmbeddings(spec)).rejects.toThrow(/sentence, hashing, huggingface:MODEL, openai:MODEL/);
  },
);

test('a model wider than the index can hold is refused', async () => {
  class Wide extends Embeddings {
    async embedQuery(): Promise<number[]> {
      return Array.from({ length: 4096 }, () => 1);
    }
    async embedDocuments(texts: string[]): Promise<number[][]> {
      return Promise.all(texts.map(() => this.embedQuery()));
    }
  }
  await expect(fromLangchain(new Wide({}), 'wide:model')).rejects.toThrow(/4096 dimensions/);
});
