import type { ChatModel, DraftClaim, DraftEvent, FailedClaim } from '../chat-model/chat-model.ts';
import type { ModelSteps, StepContext } from '../chat-model/model-steps.ts';
import { AppError } from '../errors.ts';
import type { AskTrace } from '../ask-trace.ts';
import type { Completeness, Passage, Question } from '../domain.ts';
import { createClaimCheck } from './check-claim.ts';
import { createCiter, type CitedSentence, type CiteOptions } from './cite.ts';
import { groundClaim, type GroundedClaim, type Ungrounded } from './ground.ts';

export interface Drafted {
  readonly cited: readonly CitedSentence[];
  readonly completeness: Completeness;
  /** How likely (0–1) the passages speak of what was asked; absent where the model does not tell. */
  readonly confidence?: number;
  /** The parts of the question, as it puts them, that are not answered, where the model can tell. */
  readonly unanswered?: readonly string[];
  readonly rejected: AskTrace['rejected'];
  /** Why the model was given up for quoting alone. */
  readonly fallback?: string;
}

export interface DraftOptions extends CiteOptions {
  readonly chatModel: ChatModel;
  readonly signal: AbortSignal;
  readonly onSentence?: ((sentence: CitedSentence) => void) | undefined;
  /** Also asked of each claim, where there is one; without it no claim is shown in another language than its quotes. */
  readonly checkSupport?: ModelSteps['checkSupport'];
  readonly onCall: StepContext['onCall'];
}

/**
 * What the model says, checked claim by claim: sentences reach `onSentence`, and the answer, only after their own check.
 * Claims that fail go back once to a model that can mend them.
 */
export async function draftGrounded(
  { text, language }: Question,
  passages: readonly Passage[],
  options: DraftOptions,
): Promise<Drafted> {
  const { chatModel, signal, onSentence, onCall } = options;
  const cited: CitedSentence[] = [];
  const rejected: AskTrace['rejected'][number][] = [];
  let declared: Declared = { completeness: 'none' };
  let fallback: string | undefined;
  const judge = createJudge(passages, options);
  const note = (event: Exclude<DraftEvent, { type: 'claim' }>): void => {
    if (event.type === 'completeness') declared = pickDeclared(event);
    if (event.type === 'fallback') fallback = event.reason;
    if (event.type === 'call') onCall(event.call);
    if (event.type === 'left-out') rejected.push(event.what);
  };
  const hear = async (claim: DraftClaim): Promise<FailedClaim[]> => {
    if (chatModel.confidential && cited.some(({ sentence }) => sentence.text === claim.text)) return [];
    const verdict = await judge(claim, fallback === undefined);
    if ('reason' in verdict) {
      rejected.push(verdict);
      return verdict.text === undefined ? [] : [{ claim, reason: verdict.reason }];
    }
    cited.push(verdict);
    onSentence?.(verdict);
    return [];
  };
  const take = async (events: AsyncIterable<DraftEvent>): Promise<FailedClaim[]> => {
    const failed: FailedClaim[] = [];
    for await (const event of events) {
      signal.throwIfAborted();
      if (event.type === 'claim') failed.push(...(await hear(event.claim)));
      else note(event);
    }
    return failed;
  };
  if (passages.length > 0) {
    const request = { question: text, language, passages };
    const failed = await take(chatModel.draft(request, signal));
    const [first, before] = [declared, cited.length];
    if (failed.length > 0 && chatModel.repair) await take(forgive(chatModel.repair(request, failed, signal), signal));
    const isMended = cited.length - before >= failed.length;
    declared = first.completeness === 'full' && !isMended ? { ...first, completeness: 'partial' } : first;
  }
  return { cited, rejected, ...declared, ...(fallback !== undefined && { fallback }) };
}

type Declared = Pick<Drafted, 'completeness' | 'confidence' | 'unanswered'>;

function pickDeclared({ type: _type, ...declared }: Extract<DraftEvent, { type: 'completeness' }>): Declared {
  return declared;
}

/** Everything a claim must pass, and its numbered sentence when it does. */
function createJudge(
  passages: readonly Passage[],
  { chatModel, signal, checkSupport, onCall, ...options }: DraftOptions,
): (claim: DraftClaim, writtenByModel: boolean) => Promise<CitedSentence | Ungrounded> {
  const check = createClaimCheck(chatModel.confidential);
  const cite = createCiter(options);
  const confirms = ({ text, quotes }: GroundedClaim): Promise<boolean | undefined> | undefined =>
    checkSupport?.({ claim: text, quotes: quotes.map(({ quote }) => quote) }, { signal, onCall });
  return async (claim, writtenByModel) => {
    const grounded = writtenByModel ? check(claim, passages) : groundClaim(claim, passages);
    if ('reason' in grounded) return grounded;
    if (grounded.doubt && !checkSupport) return { text: claim.text, ...grounded.doubt };
    if (checkSupport && !(await confirms(grounded))) {
      return { text: claim.text, check: 'support', reason: 'the support check does not confirm it' };
    }
    return cite(grounded);
  };
}

/** A repair that fails leaves the answer as it was. */
async function* forgive(events: AsyncIterable<DraftEvent>, signal: AbortSignal): AsyncGenerator<DraftEvent> {
  try {
    yield* events;
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    yield { type: 'left-out', what: { reason: `claims could not be mended: ${error.message}` } };
  }
}
