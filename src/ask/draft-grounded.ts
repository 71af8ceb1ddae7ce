import type { ChatModel, DraftEvent } from '../chat-model/chat-model.ts';
import type { AskTrace, Completeness, Passage, Question } from '../domain.ts';
import { createCiter, type CitedSentence, type CiteOptions } from './cite.ts';
import { groundClaim } from './ground.ts';

export interface Drafted {
  readonly cited: readonly CitedSentence[];
  readonly completeness: Completeness;
  /** How likely (0–1) the passages speak of what was asked; absent where the model does not tell. */
  readonly confidence?: number;
  readonly rejected: AskTrace['rejected'];
}

export interface DraftOptions extends CiteOptions {
  readonly chatModel: ChatModel;
  readonly signal: AbortSignal;
  readonly onSentence?: (sentence: CitedSentence) => void;
}

/** What the model says, checked claim by claim: sentences reach `onSentence`, and the answer, only after their own check. */
export async function draftGrounded(
  { text, language }: Question,
  passages: readonly Passage[],
  { chatModel, signal, onSentence, ...options }: DraftOptions,
): Promise<Drafted> {
  const cite = createCiter(options);
  const cited: CitedSentence[] = [];
  const rejected: { text: string; reason: string }[] = [];
  let completeness: Completeness = 'none';
  let confidence: number | undefined;
  if (passages.length === 0) return { cited, completeness, rejected };
  const take = (event: DraftEvent): void => {
    if (event.type === 'completeness') {
      ({ completeness, confidence } = event);
      return;
    }
    const grounded = groundClaim(event.claim, passages);
    if ('reason' in grounded) {
      rejected.push(grounded);
      return;
    }
    const sentence = cite(grounded);
    cited.push(sentence);
    onSentence?.(sentence);
  };
  for await (const event of chatModel.draft({ question: text, language, passages }, signal)) {
    signal.throwIfAborted();
    take(event);
  }
  return { cited, completeness, ...(confidence !== undefined && { confidence }), rejected };
}
