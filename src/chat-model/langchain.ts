import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { z } from 'zod';
import type { Passage } from '../domain.ts';
import { AppError, ConfigurationError } from '../errors.ts';
import type { Prompt } from '../prompts.ts';
import type { ChatModel, DraftEvent, DraftRequest, DraftClaim } from './chat-model.ts';

/** What the prompt `answer` must take. */
export const ANSWER_INPUTS = ['language', 'question', 'passages'] as const;

const TIMEOUT_MS = 60_000;
const MOST_RETRIES = 2;

const draftSchema = z.object({
  claims: z.array(
    z.object({
      text: z.string().describe('One factual sentence'),
      quotes: z.array(z.object({ token: z.string().describe('Token of the passage'), quote: z.string() })),
    }),
  ),
  completeness: z.enum(['full', 'partial', 'none']),
});

export interface LangchainModelOptions {
  /** `provider:model`, as `initChatModel` takes it. */
  readonly spec: string;
  /** An OpenAI-compatible server, for the provider `openai`. */
  readonly baseUrl: string | undefined;
  readonly prompt: Prompt;
}

/**
 * Any chat model that LangChain knows. It sees passages under opaque tokens, with title, authority and date and no
 * addresses, and returns claims with quotes; nothing it says is trusted before `ask/ground` has checked it.
 * @throws ConfigurationError when the provider is unknown, or naming the package to install.
 */
export async function openLangchainModel({ spec, baseUrl, prompt }: LangchainModelOptions): Promise<ChatModel> {
  const model = await initialise(spec, baseUrl);
  const structured = model.withStructuredOutput(draftSchema, { name: 'answer' });
  return {
    id: spec,
    promptDigests: { [prompt.name]: prompt.digest },
    async *draft({ question, language, passages }: DraftRequest, signal): AsyncGenerator<DraftEvent> {
      const filled = prompt.render({ language, question, passages: passages.map(describePassage).join('\n\n') });
      const draft = await structured.invoke(filled, { signal }).catch((error: unknown) => {
        if (signal.aborted) throw error;
        throw new AppError('The chat model did not give an answer.', { status: 502, retryable: true, cause: error });
      });
      for (const claim of draft.claims) yield { type: 'claim', claim: claimOf(claim) };
      yield { type: 'completeness', completeness: draft.completeness };
    },
  };
}

async function initialise(spec: string, baseUrl: string | undefined): Promise<BaseChatModel> {
  try {
    // Loaded when it is chosen: it takes longer than all the rest of the start.
    const { initChatModel } = await import('langchain');
    const configuration = baseUrl === undefined ? {} : { configuration: { baseURL: baseUrl } };
    const settings = { temperature: 0, timeout: TIMEOUT_MS, maxRetries: MOST_RETRIES, ...configuration };
    return await initChatModel(spec, settings);
  } catch (error) {
    throw new ConfigurationError(`LLM=${spec} cannot be used: ${(error as Error).message}`, error);
  }
}

function describePassage({ rank, chunk, document }: Passage): string {
  const about = [chunk.context, document.authority, document.status, document.date].filter(Boolean).join(' | ');
  return `[P${rank}] ${about}\n${chunk.text}`;
}

function claimOf({ text, quotes }: z.infer<typeof draftSchema>['claims'][number]): DraftClaim {
  return { text, quotes: quotes.map(({ token, quote }) => ({ passage: Number(/\d+/.exec(token)?.[0] ?? 0), quote })) };
}
