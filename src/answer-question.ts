import { answerResponse, type AnswerResponse } from './answer-response.ts';
import type { AskOptions } from './ask/ask.ts';
import type { Assistant } from './assistant.ts';
import type { Conversations } from './conversations/conversations.ts';
import type { Question } from './domain.ts';
import { detectLanguage } from './language/detect-language.ts';
import type { QuestionRequest } from './requests.ts';
import type { Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** What every door needs to answer. */
export interface AnsweringDependencies {
  readonly assistant: Assistant;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Absolute base of links. */
  readonly publicUrl: () => string;
}

export interface Answering extends Pick<AskOptions, 'signal' | 'traceParent' | 'onStage' | 'onSentence'> {
  readonly deps: AnsweringDependencies;
  readonly askId: string;
  /** Where this question's conversation is kept, if not in the store. */
  readonly conversations?: Conversations;
}

/** Asks, counts and logs; the same for every door. */
export async function answerQuestion(
  request: QuestionRequest,
  { deps, askId, ...options }: Answering,
): Promise<AnswerResponse> {
  const { assistant, metrics, log, publicUrl } = deps;
  const result = await assistant.ask(questionOf(request), { ...options, publicUrl: publicUrl() });
  const { outcome, reason, language, citations } = result.answer;
  metrics.countAnswer(result.answer, result.trace);
  await assistant.feedback.noteAnswer({ askId, question: request.question, reason });
  const { stages, model } = result.trace;
  const { completeness, answer } = result.answer;
  const told = { askId, outcome, reason, completeness, language, citations: citations.length, stages, model };
  log.info({ ...told, question: request.question, answer }, 'answered');
  return answerResponse(askId, result, request.explain ?? false);
}

function questionOf({ question, language, asOf, filters, conversationId }: QuestionRequest): Question {
  return {
    text: question,
    language: language ?? detectLanguage(question),
    filters: { ...filters, asOf },
    ...(conversationId !== undefined && { conversationId }),
  };
}
