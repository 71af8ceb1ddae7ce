import type { AskResult } from './ask/ask.ts';
import type { AskTrace } from './ask-trace.ts';
import type { Answer } from './domain.ts';

/** An answer as every door gives it: the object of `POST /api/ask` and of `ask --json`. */
export type AnswerResponse = Answer & {
  readonly askId: string;
  readonly conversationId: string;
  readonly conversationToken?: string;
  readonly trace?: AskTrace;
};

export function answerResponse(askId: string, result: AskResult, explain: boolean): AnswerResponse {
  const { conversationId, conversationToken, answer, trace } = result;
  return {
    askId,
    conversationId,
    ...(conversationToken !== undefined && { conversationToken }),
    ...answer,
    ...(explain && { trace }),
  };
}
