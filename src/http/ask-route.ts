import type { RequestHandler, Response } from 'express';
import { answerResponse, type AnswerResponse } from '../answer-response.ts';
import type { AskOptions } from '../ask/ask.ts';
import type { Assistant } from '../assistant.ts';
import type { Question } from '../domain.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { checkQuestion, type QuestionRequest } from '../requests.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { openEventStream } from './event-stream.ts';
import { problemOf, requestId } from './problem.ts';

export interface AskRouteDependencies {
  readonly assistant: Assistant;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly publicUrl: () => string;
}

/** `POST /api/ask`: one JSON object, or events when the client accepts `text/event-stream`. */
export function askRoute(deps: AskRouteDependencies): RequestHandler {
  return async (request, response) => {
    const body = checkQuestion(request.body);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    if (request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') {
      await streamAnswer(body, response, { deps, signal: gone.signal });
      return;
    }
    const answer = await answerQuestion(body, { deps, askId: requestId(response), signal: gone.signal });
    if (!gone.signal.aborted) response.json(answer);
  };
}

interface Asking extends Pick<AskOptions, 'signal' | 'onStage' | 'onSentence'> {
  readonly deps: AskRouteDependencies;
  readonly askId: string;
}

async function answerQuestion(body: QuestionRequest, { deps, askId, ...options }: Asking): Promise<AnswerResponse> {
  const { assistant, metrics, log, publicUrl } = deps;
  const result = await assistant.ask(questionOf(body), { ...options, publicUrl: publicUrl() });
  const { outcome, reason, language, citations } = result.answer;
  metrics.countAnswer(result.answer, result.trace);
  log.info({ askId, outcome, reason, language, citations: citations.length, stages: result.trace.stages }, 'answered');
  return answerResponse(askId, result, body.explain ?? false);
}

/** Failures after the stream has begun are an event too: its status can no longer say them. */
async function streamAnswer(
  body: QuestionRequest,
  response: Response,
  { deps, signal }: { deps: AskRouteDependencies; signal: AbortSignal },
): Promise<void> {
  const askId = requestId(response);
  const stream = openEventStream(response);
  try {
    const answer = await answerQuestion(body, {
      deps,
      askId,
      signal,
      onStage: (name) => stream.send('stage', { name }),
      onSentence: ({ sentence, added }) => stream.send('sentence', { ...sentence, citations: added }),
    });
    stream.send('answer', answer);
  } catch (error) {
    if (signal.aborted) return;
    const problem = problemOf(error, askId);
    if (problem.status === 500) deps.log.error({ err: error, askId }, 'unexpected error');
    stream.send('problem', problem);
  } finally {
    stream.close();
  }
}

function questionOf({ question, language, asOf, filters, conversationId }: QuestionRequest): Question {
  return {
    text: question,
    language: language ?? detectLanguage(question),
    filters: { ...filters, asOf },
    ...(conversationId !== undefined && { conversationId }),
  };
}
