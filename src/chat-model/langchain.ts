import { AsyncLocalStorage } from 'node:async_hooks';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { AIMessageChunk, UsageMetadata } from '@langchain/core/messages';
import { ConfigurationError } from '../errors.ts';
import type { Completion, CompletionEvent, CompletionRequest } from './completion.ts';
import { readFailure } from './failure.ts';
import { ALIASES, PROVIDERS, type Provider } from './providers.ts';

const STOP_REASONS = ['finish_reason', 'finishReason', 'stop_reason', 'stopReason', 'done_reason'];
const REFUSED: ReadonlySet<unknown> = new Set([
  'refusal',
  'content_filter',
  'content_filtered',
  'SAFETY',
  'PROHIBITED_CONTENT',
  'guardrail_intervened',
]);
const TOO_LONG: ReadonlySet<unknown> = new Set([
  'length',
  'max_tokens',
  'MAX_TOKENS',
  'model_length',
  'max_output_tokens',
]);

/** The signal of the request that is being sent, for clients that are given none. */
const signals = new AsyncLocalStorage<AbortSignal>();

export interface LangchainOptions {
  /** `provider:model`, as `initChatModel` takes it. */
  readonly spec: string;
  /** Where to send requests instead of the provider's own address. */
  readonly baseUrl?: string | undefined;
  readonly replyTokens: number;
}

/**
 * Any chat model that LangChain knows, by the name of its provider.
 * @throws ConfigurationError when the provider is unknown, or naming the package to install.
 */
export async function openLangchainCompletion(options: LangchainOptions): Promise<Completion> {
  const { exact, ways } = await openWays(options);
  let known = 0;
  const stream = async function* (
    request: CompletionRequest,
    signal: AbortSignal,
    way: number,
  ): AsyncGenerator<CompletionEvent> {
    const chosen = ways[way];
    if (!chosen) return;
    try {
      for await (const chunk of await begin(request, chosen, signal)) {
        known = way;
        yield* eventsOf(chunk);
      }
    } catch (error) {
      const { status } = readFailure(error);
      if (signal.aborted || (status !== 400 && status !== 422) || way + 1 >= ways.length) throw error;
      yield* stream(request, signal, way + 1);
    }
  };
  return {
    id: options.spec,
    windowTokens: exact.profile.maxInputTokens,
    stream: (request, signal) => stream(request, signal, known),
  };
}

/** A model and the options of its calls. */
interface Way {
  readonly model: () => Promise<BaseChatModel>;
  readonly options: (request: CompletionRequest) => object;
  /** Whether its client ends a request of itself, on the signal that is kept for it. */
  readonly needsSignal: boolean;
}

/** Ways to ask, the strictest first: a model that knows no temperature, and a server that knows no schema, say 400. */
async function openWays(options: LangchainOptions): Promise<{ exact: BaseChatModel; ways: readonly Way[] }> {
  const { spec, replyTokens } = options;
  const [given = '', ...rest] = spec.split(':');
  const name = ALIASES[given] ?? given;
  const provider = PROVIDERS[name] ?? {};
  const model = rest.join(':');
  const settings = {
    ...provider.with?.(model),
    // Retries are ours: clients differ in what they retry, and none waits as long as it is asked to.
    maxRetries: 0,
    ...(provider.bound ?? ((maxTokens) => ({ maxTokens })))(replyTokens),
    ...connectionOf(provider, options),
  };
  const open = (more: object): Promise<BaseChatModel> => initialise(spec, `${name}:${model}`, { ...settings, ...more });
  const exact = await open({ temperature: 0 });
  const held = ({ schema }: CompletionRequest): object => provider.holdTo?.(schema) ?? {};
  const ways: Omit<Way, 'needsSignal'>[] = [
    { model: async () => exact, options: held },
    { model: () => open({}), options: held },
    ...(provider.holdTo ? [{ model: () => open({}), options: () => ({}) }] : []),
  ];
  return { exact, ways: ways.map((way) => ({ ...way, needsSignal: provider.until !== undefined })) };
}

async function begin(
  { system, user, ...request }: CompletionRequest,
  { model, options, needsSignal }: Way,
  signal: AbortSignal,
): Promise<AsyncIterable<AIMessageChunk>> {
  const opened = await model();
  const messages: [string, string][] = [
    ['system', system],
    ['human', user],
  ];
  const told = { ...options({ system, user, ...request }), signal };
  return needsSignal ? signals.run(signal, () => opened.stream(messages, told)) : opened.stream(messages, told);
}

function* eventsOf(chunk: AIMessageChunk): Generator<CompletionEvent> {
  // Hundreds of parts a reply: the client's own reading of a part that is text alone takes longer than all the rest.
  const text = typeof chunk.content === 'string' ? chunk.content : chunk.text;
  if (text !== '') yield { type: 'text', text };
  const usage = usageOf(chunk);
  if (usage) yield { type: 'usage', inputTokens: usage.input_tokens, outputTokens: usage.output_tokens };
  const reason = stopReasonOf(chunk);
  if (reason) yield { type: 'stop', reason };
}

function usageOf(chunk: AIMessageChunk): UsageMetadata | undefined {
  // Groq's client tells it aside.
  const aside = chunk.response_metadata['usage'] as UsageMetadata | undefined;
  return chunk.usage_metadata ?? (aside?.input_tokens ? aside : undefined);
}

/** Why a reply is not whole: each provider has its own words, and its own place for them. */
function stopReasonOf({ response_metadata: told, additional_kwargs: more }: AIMessageChunk) {
  const incomplete = told['incomplete_details'] as { reason?: unknown } | null | undefined;
  const converse = told['messageStop'] as { stopReason?: unknown } | undefined;
  const isOneOf = (reasons: ReadonlySet<unknown>): boolean =>
    STOP_REASONS.some((name) => reasons.has(told[name]) || reasons.has(more[name])) ||
    reasons.has(incomplete?.reason) ||
    reasons.has(converse?.stopReason);
  if (more['refusal'] || isOneOf(REFUSED)) return 'refusal';
  return isOneOf(TOO_LONG) ? 'length' : undefined;
}

function connectionOf(provider: Provider, options: LangchainOptions): object {
  const { within, until } = provider;
  const settings = { ...until?.(() => signals.getStore()), ...addressOf(provider, options) };
  return within === undefined ? settings : { [within]: settings };
}

function addressOf({ at }: Provider, { spec, baseUrl }: LangchainOptions): object {
  if (baseUrl === undefined) return {};
  if (!at) throw new ConfigurationError(`LLM_BASE_URL cannot be used with LLM=${spec}.`);
  return at(baseUrl);
}

async function initialise(spec: string, name: string, settings: object): Promise<BaseChatModel> {
  try {
    if (name.endsWith(':')) throw new Error('it names no model, as in openai:MODEL');
    // Loaded when it is chosen: it takes longer than all the rest of the start.
    const { initChatModel } = await import('langchain');
    // What it opens, without its own frame, which hands each part of a reply through one more stream.
    return await (await initChatModel(name, settings))._getModelInstance();
  } catch (error) {
    throw new ConfigurationError(`LLM=${spec} cannot be used: ${(error as Error).message}`, error);
  }
}
