import type { ChatModel } from './chat-model/chat-model.ts';
import type { MeteredCompletion } from './chat-model/completion.ts';
import { createExtractiveModel } from './chat-model/extractive.ts';
import { openGgufCompletion } from './chat-model/gguf.ts';
import { openLangchainCompletion } from './chat-model/langchain.ts';
import { limitCompletion } from './chat-model/limits.ts';
import type { TokenLedger } from './chat-model/meter.ts';
import { ANSWER_INPUTS, createPromptedModel, REPAIR_INPUTS } from './chat-model/prompted.ts';
import { createPromptedSteps } from './chat-model/prompted-steps.ts';
import type { ModelSteps } from './chat-model/model-steps.ts';
import { withFallback } from './chat-model/with-fallback.ts';
import { loadPrompt } from './prompts.ts';
import type { Config } from './config.ts';
import type { Vocabulary } from './language/vocabulary.ts';

/** The model that answers, and what else it does. The only place, beside assistant.ts, that names implementations. */
export async function openModels(
  config: Config,
  { vocabulary, ledger }: { readonly vocabulary: Vocabulary; readonly ledger: TokenLedger },
): Promise<{ chatModel: ChatModel; steps?: ModelSteps }> {
  const extractive = createExtractiveModel(vocabulary);
  if (config.LLM === 'extractive') return { chatModel: extractive };
  const completion = await openCompletion(config, ledger);
  const names = config.LLM_STEPS ?? [];
  const answer = loadPrompt('answer', ANSWER_INPUTS);
  const repair = loadPrompt('repair', REPAIR_INPUTS);
  const model = createPromptedModel({ completion, answer, repair, translates: names.includes('support') });
  const steps = createPromptedSteps({ completion, names, loadPrompt });
  return { chatModel: config.LLM_FALLBACK === 'extractive' ? withFallback(model, extractive) : model, steps };
}

async function openCompletion(config: Config, ledger: TokenLedger): Promise<MeteredCompletion> {
  const { LLM: spec, LLM_BASE_URL: baseUrl, LLM_REPLY_TOKENS: replyTokens } = config;
  const completion = spec.startsWith('gguf:')
    ? await openGgufCompletion({ spec, replyTokens })
    : await openLangchainCompletion({ spec, baseUrl, replyTokens });
  return limitCompletion(completion, {
    timeoutMs: config.LLM_TIMEOUT_MS,
    retries: config.LLM_RETRIES,
    concurrency: config.LLM_CONCURRENCY,
    queue: config.LLM_QUEUE,
    requestTokens: config.LLM_REQUEST_TOKENS,
    dayTokens: config.LLM_DAY_TOKENS,
    ledger,
    inputPrice: config.LLM_INPUT_PRICE,
    outputPrice: config.LLM_OUTPUT_PRICE,
  });
}
