import { AppError } from '../errors.ts';
import type { AskTrace } from '../ask-trace.ts';
import type { Completeness, Language } from '../domain.ts';
import { asksInEnglish } from '../language/asks-in-english.ts';
import type { Prompt } from '../prompts.ts';
import type { ChatModel, DraftClaim, DraftEvent, DraftRequest, FailedClaim } from './chat-model.ts';
import { createClaimReader, DRAFT_SCHEMA, type ClaimReader, type WrittenClaim } from './claim-reader.ts';
import type { CompletionRequest, MeteredCompletion } from './completion.ts';
import { disarm, roomForPassages, showPassages, type ShownPassages } from './show-passages.ts';

/** What the prompts must take. */
export const ANSWER_INPUTS = ['language', 'question', 'passages'] as const;
export const REPAIR_INPUTS = ['language', 'question', 'passages', 'claims'] as const;

/** More than this is not read with care, however large the window. */
const MOST_PASSAGE_TOKENS = 24_000;

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  hi: 'Hindi',
  ja: 'Japanese',
  ta: 'Tamil',
};

export interface PromptedModelOptions {
  readonly completion: MeteredCompletion;
  readonly answer: Prompt;
  readonly repair: Prompt;
  /** Whether claims in another language than their quotes will be checked; else the model is told not to make any. */
  readonly translates: boolean;
}

/**
 * A language model asked by our prompts. It sees passages under tokens, without addresses, and returns claims with
 * quotes; each is handed on as soon as it is written. Nothing it says is trusted before `ask/` has checked it.
 */
export function createPromptedModel({ completion, answer, repair, translates }: PromptedModelOptions): ChatModel {
  const ask = async function* (
    prompt: Prompt,
    { question, language, passages, failed = [] }: DraftRequest & { failed?: readonly FailedClaim[] },
    signal: AbortSignal,
  ): AsyncGenerator<DraftEvent> {
    const shown = showPassages(passages, roomForPassages({ ...completion, prompt, most: MOST_PASSAGE_TOKENS }));
    for (const { chunk } of shown.leftOut) yield leftOut({ chunkId: chunk.id, reason: "the model's window is full" });
    const { system, user } = prompt.render({
      language: translates ? readersLanguage(question, language) : 'the language of the passage it quotes',
      question: disarm(question),
      passages: shown.text,
      ...(failed.length > 0 && { claims: failed.map(describeFailed).join('\n') }),
    });
    const request = { step: prompt.name, system, user, schema: DRAFT_SCHEMA };
    yield* readReply(completion, { request, shown }, signal);
  };
  return {
    id: completion.id,
    promptDigests: { [answer.name]: answer.digest, [repair.name]: repair.digest },
    confidential: [answer.instructions, repair.instructions],
    draft: (request, signal) => ask(answer, request, signal),
    repair: (request, failed, signal) => ask(repair, { ...request, failed }, signal),
  };
}

/** A question in no script of ours and without English words may be in any language. */
function readersLanguage(question: string, language: Language): string {
  return language === 'en' && !asksInEnglish(question) ? 'the language of the question' : LANGUAGE_NAMES[language];
}

const STOPPED = { length: 'the reply is too long', refusal: 'the model refuses' } as const;

/** What a reply says, claim by claim. One that breaks off has said what it has said. */
async function* readReply(
  completion: MeteredCompletion,
  { request, shown }: { request: CompletionRequest; shown: ShownPassages },
  signal: AbortSignal,
): AsyncGenerator<DraftEvent> {
  const reader = createClaimReader();
  let fault: string | undefined;
  try {
    for await (const event of completion.stream(request, signal)) {
      if (event.type === 'call') yield event;
      if (event.type === 'stop') fault = STOPPED[event.reason];
      if (event.type === 'text') yield* readClaims(event.text, { reader, shown });
    }
  } catch (error) {
    if (signal.aborted) throw error;
    fault = brokenOff(error, reader);
  }
  if (fault !== undefined) yield leftOut({ reason: fault });
  yield { type: 'completeness', completeness: judgeCompleteness(reader, fault) };
}

/** Throws on what ended a reply that had said nothing. */
function brokenOff(error: unknown, reader: ClaimReader): string {
  if (reader.count() === 0 || !(error instanceof AppError)) throw error;
  return `the reply broke off: ${error.message}`;
}

function* readClaims(
  text: string,
  { reader, shown }: { reader: ClaimReader; shown: ShownPassages },
): Generator<DraftEvent> {
  for (const written of reader.push(text)) yield { type: 'claim', claim: claimOf(written, shown) };
  if (reader.isOverlong()) throw new AppError('The reply of the chat model has no end.', { status: 502 });
}

/** @throws AppError when the reply says nothing at all. */
function judgeCompleteness(reader: ClaimReader, fault: string | undefined): Completeness {
  const declared = reader.completeness();
  if (reader.count() > 0) return fault === undefined ? (declared ?? 'partial') : 'partial';
  if (declared !== undefined || fault !== undefined) return 'none';
  throw new AppError('The reply of the chat model could not be read.', { status: 502, retryable: true });
}

/** Markers of the model's own are dropped: it is we who number sources. */
function claimOf({ text, quotes }: WrittenClaim, { rankOf }: ShownPassages): DraftClaim {
  return {
    text: text
      .replaceAll(/\s*\[\d{1,3}\]/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    quotes: quotes.map(({ token, quote }) => ({ passage: rankOf(token), quote })),
  };
}

function describeFailed({ claim, reason }: FailedClaim): string {
  return `<claim problem="${disarm(reason).replaceAll('"', "'")}">${disarm(claim.text)}</claim>`;
}

function leftOut(what: AskTrace['rejected'][number]): DraftEvent {
  return { type: 'left-out', what };
}
