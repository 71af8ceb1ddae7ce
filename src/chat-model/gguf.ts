import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import type { Completion, CompletionEvent, CompletionRequest } from './completion.ts';

const PACKAGE = 'node-llama-cpp';
/** A window wider than this costs memory, and is not read with care. */
const MOST_WINDOW_TOKENS = 16_384;

/** The little of node-llama-cpp that is used: the package is optional, and so are its types. */
export interface LlamaCpp {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaChatSession: new (options: {
    readonly contextSequence: Sequence;
    readonly systemPrompt: string;
  }) => Session;
}
interface Llama {
  loadModel(options: { readonly modelPath: string }): Promise<Model>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
}
interface Model {
  createContext(options: object): Promise<Context>;
}
interface Context {
  readonly contextSize: number;
  getSequence(): Sequence;
}
interface Sequence {
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
}
interface Session {
  promptWithMeta(text: string, options: object): Promise<{ readonly stopReason: string }>;
  dispose(): void;
}

interface Generating {
  readonly signal: AbortSignal;
  readonly onTextChunk: (text: string) => void;
}

export interface GgufOptions {
  /** `gguf:` and the path of the file. */
  readonly spec: string;
  readonly replyTokens: number;
  readonly load?: () => Promise<LlamaCpp>;
}

/**
 * A model file on this machine, run by node-llama-cpp in this process, one request at a time; replies are held to their
 * schema while they are generated. LangChain's own class for it knows neither chat templates nor schemas in a stream.
 * @throws ConfigurationError naming the file, or the command that installs the package.
 */
export async function openGgufCompletion({ spec, replyTokens, load = loadPackage }: GgufOptions): Promise<Completion> {
  const modelPath = resolve(spec.slice(spec.indexOf(':') + 1));
  if (!existsSync(modelPath)) throw new ConfigurationError(`LLM=${spec} cannot be used: there is no ${modelPath}.`);
  const llamaCpp = await load().catch((error: unknown) => {
    throw new ConfigurationError(`LLM=${spec} needs a package. Run: npm install ${PACKAGE}`, error);
  });
  const { llama, context } = await openModel(llamaCpp, { spec, modelPath });
  const sequence = context.getSequence();
  const openSession = (systemPrompt: string): Session =>
    new llamaCpp.LlamaChatSession({ contextSequence: sequence, systemPrompt });
  const generate = async ({ system, user, schema }: CompletionRequest, options: Generating): Promise<string> => {
    const grammar = await llama.createGrammarForJsonSchema(schema);
    const session = openSession(system);
    try {
      const held = { ...options, grammar, maxTokens: replyTokens, temperature: 0 };
      return (await session.promptWithMeta(user, held)).stopReason;
    } finally {
      session.dispose();
    }
  };
  return {
    id: spec,
    windowTokens: context.contextSize,
    atATime: 1,
    async *stream(request, signal) {
      const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter;
      yield* textsOf((onTextChunk) => generate(request, { signal, onTextChunk }));
      const { tokenMeter } = sequence;
      const inputTokens = tokenMeter.usedInputTokens - usedInputTokens;
      yield { type: 'usage', inputTokens, outputTokens: tokenMeter.usedOutputTokens - usedOutputTokens };
    },
  };
}

/** What is generated, as it is: the end says why it ended. */
async function* textsOf(
  generate: (onText: (text: string) => void) => Promise<string>,
): AsyncGenerator<CompletionEvent> {
  const events = new ReadableStream<CompletionEvent>({
    async start(controller) {
      try {
        const reason = await generate((text) => controller.enqueue({ type: 'text', text }));
        if (reason === 'maxTokens') controller.enqueue({ type: 'stop', reason: 'length' });
        controller.close();
      } catch (error) {
        controller.error(error);
      }
    },
  });
  yield* events;
}

async function openModel(
  llamaCpp: LlamaCpp,
  { spec, modelPath }: { spec: string; modelPath: string },
): Promise<{ llama: Llama; context: Context }> {
  try {
    // Nothing is built and nothing downloaded: what runs is what was installed.
    const llama = await llamaCpp.getLlama({ build: 'never', logLevel: 'error' });
    const model = await llama.loadModel({ modelPath });
    return { llama, context: await model.createContext({ contextSize: { max: MOST_WINDOW_TOKENS } }) };
  } catch (error) {
    throw new ConfigurationError(`LLM=${spec} cannot be used: ${(error as Error).message}`, error);
  }
}

async function loadPackage(): Promise<LlamaCpp> {
  return (await import(PACKAGE)) as LlamaCpp;
}
