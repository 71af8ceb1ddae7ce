import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig, SETTINGS } from '../../src/config.ts';
import { ConfigurationError } from '../../src/errors.ts';

test('with nothing set, every setting has its default and no key is needed', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', EMBEDDINGS: 'sentence', LLM: 'extractive' });
  expect(config.API_KEYS).toBeUndefined();
  expect(isAbsolute(config.INDEX_DIR)).toBe(true);
  expect(Object.isFrozen(config)).toBe(true);
});

test('an empty variable counts as unset', () => {
  expect(loadConfig({ PORT: '', RATE_LIMIT: '' })).toMatchObject({ PORT: 3000 });
});

test('keys are split and trimmed', () => {
  expect(loadConfig({ API_KEYS: ' one, two ,' }).API_KEYS).toEqual(['one', 'two']);
});

test('a wrong setting is named, its value is not', () => {
  const wrong = () => loadConfig({ PORT: 'secret-value', PUBLIC_URL: 'ftp://x' });
  expect(wrong).toThrow(ConfigurationError);
  expect(wrong).toThrow(/PORT.*PUBLIC_URL/);
  expect(wrong).not.toThrow(/secret-value/);
});

test('.env.example lists exactly the settings there are', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const listed = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual([...SETTINGS].toSorted());
});

test.each([
  { EMBEDDINGS: 'openai:text-embedding-3-small' },
  { LLM: 'anthropic:claude' },
  { LLM: 'openai:gpt', LLM_BASE_URL: 'https://example.com/v1' },
  { EMBEDDINGS: 'ollama:e5', OLLAMA_BASE_URL: 'http://8.8.8.8' },
])('offline, %o is refused', (settings) => {
  expect(() => loadConfig({ OFFLINE: 'true', ...settings })).toThrow(/OFFLINE is set, and (EMBEDDINGS|LLM)=/);
  expect(() => loadConfig({ OFFLINE: 'false', ...settings })).not.toThrow();
});

test.each([
  { EMBEDDINGS: 'hashing' },
  { EMBEDDINGS: 'huggingface:/models/e5' },
  { EMBEDDINGS: 'ollama:e5', OLLAMA_BASE_URL: 'http://192.168.1.4:11434' },
  { EMBEDDINGS: 'ollama:e5', OPENAI_BASE_URL: 'https://example.com' },
  { LLM: 'openai:local', LLM_BASE_URL: 'http://vllm:8000/v1' },
  { LLM: 'openai:local', LLM_BASE_URL: 'http://[::1]:8000/v1' },
])('offline, %o stays on this machine or its network, and is served', (settings) => {
  expect(loadConfig({ OFFLINE: 'true', ...settings })).toMatchObject({ OFFLINE: true });
});

test('LangSmith is told no texts but where they may be told', () => {
  const hidden = { LANGSMITH_HIDE_INPUTS: 'true', LANGSMITH_HIDE_OUTPUTS: 'true' };
  const environment: NodeJS.ProcessEnv = { LANGSMITH_TRACING: 'true', LANGSMITH_HIDE_INPUTS: 'false' };
  loadConfig(environment);
  expect(environment).toMatchObject(hidden);
  const open: NodeJS.ProcessEnv = { LANGSMITH_TRACING: 'true', LOG_CONTENT: 'true' };
  loadConfig(open);
  expect(open).not.toMatchObject(hidden);
});

test('a prefix of a model may be set, with its space, or to none', () => {
  expect(loadConfig({ EMBEDDINGS_QUERY_PREFIX: 'ask: ', EMBEDDINGS_PASSAGE_PREFIX: 'none' })).toMatchObject({
    EMBEDDINGS_QUERY_PREFIX: 'ask: ',
    EMBEDDINGS_PASSAGE_PREFIX: '',
  });
});
