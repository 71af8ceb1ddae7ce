import { getEnvironmentVariable } from '@langchain/core/utils/env';
import { createFetchHandler } from './fetch-handler.ts';

type Settings = Readonly<Record<string, unknown>>;

/** What `initChatModel` leaves to each provider's own spelling. */
export interface Provider {
  /** Settings that it always needs. */
  readonly with?: (model: string) => Settings;
  /** Settings that send requests to another address. */
  readonly at?: (url: string) => Settings;
  /** How the length of a reply is bounded; default `maxTokens`. */
  readonly bound?: (tokens: number) => Settings;
  /** The setting that these two are part of, where they are not settings themselves. */
  readonly within?: string;
  /** Settings by which a client that cannot end its request of itself does so on this signal. */
  readonly until?: (signal: () => AbortSignal | undefined) => Settings;
  /** Options of a call that hold the reply to a JSON Schema; without them the prompt alone asks for it. */
  readonly holdTo?: (schema: Settings) => Settings;
}

const jsonSchema = (schema: Settings): Settings => ({
  response_format: { type: 'json_schema', json_schema: { name: 'reply', strict: true, schema } },
});
const jsonObject = (): Settings => ({ response_format: { type: 'json_object' } });
const atConfiguration = (baseURL: string): Settings => ({ configuration: { baseURL } });
const atBaseUrl = (baseUrl: string): Settings => ({ baseUrl });

/**
 * One line a provider, by its name in `initChatModel`; one that is not here works too, at its own address and asked for
 * JSON by the prompt alone.
 */
export const PROVIDERS: Readonly<Record<string, Provider>> = {
  // A server of one's own often has no key, and the client will not start without one.
  openai: { holdTo: jsonSchema, at: (url) => ({ ...atConfiguration(url), apiKey: key('OPENAI_API_KEY') ?? 'none' }) },
  azure_openai: {
    holdTo: jsonSchema,
    with: (model) => ({ azureOpenAIApiDeploymentName: model }),
    at: (url) => ({ azureOpenAIEndpoint: url }),
  },
  anthropic: {
    holdTo: (schema) => ({ outputConfig: { format: { type: 'json_schema', schema } } }),
    at: (url) => ({ anthropicApiUrl: url }),
  },
  google: {
    holdTo: (schema) => ({ responseSchema: schema }),
    at: (url) => ({ endpoint: url }),
    bound: (tokens) => ({ maxOutputTokens: tokens }),
  },
  mistralai: {
    holdTo: jsonObject,
    at: (url) => ({ serverURL: url }),
    until: (signal) => ({ beforeRequestHooks: [(request: Request) => new Request(request, withSignal(signal()))] }),
  },
  groq: { holdTo: jsonSchema, at: atBaseUrl },
  deepseek: { holdTo: jsonObject, at: atConfiguration },
  bedrock: {
    // Its class overrides an endpoint that is given as such, and would ask AWS all the same.
    at: (url) => ({ endpointProvider: () => ({ url: new URL(url) }) }),
    // Retries of the client, below LangChain's, are off as well.
    until: (signal) => ({ maxAttempts: 1, requestHandler: createFetchHandler(signal) }),
    within: 'clientOptions',
  },
  ollama: {
    holdTo: (schema) => ({ format: schema }),
    at: atBaseUrl,
    bound: (tokens) => ({ numPredict: tokens }),
    until: (signal) => ({
      fetch: (url: string, init?: RequestInit) => fetchOrThrow(url, { ...init, ...withSignal(signal()) }),
    }),
  },
  xai: { holdTo: jsonSchema, at: atBaseUrl },
};

/**
 * Other words for the same. The older package for Gemini, `google-genai` itself, is not used: when its stream breaks off,
 * it leaves a rejection that nobody handles, which ends the process.
 */
export const ALIASES: Readonly<Record<string, string>> = {
  azure: 'azure_openai',
  'azure-openai': 'azure_openai',
  'google-genai': 'google',
  gemini: 'google',
  mistral: 'mistralai',
  aws: 'bedrock',
};

function withSignal(signal: AbortSignal | undefined): RequestInit {
  return signal ? { signal } : {};
}

/** Its client forgets the headers of a failure, and with them how long to wait. */
async function fetchOrThrow(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  const { status, headers } = response;
  throw Object.assign(new Error(`HTTP ${status}`), { status, headers });
}

function key(name: string): string | undefined {
  return getEnvironmentVariable(name);
}
