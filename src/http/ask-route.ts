import type { RequestHandler, Response } from 'express';
import { answerQuestion, type Answering, type AnsweringDependencies } from '../answer-question.ts';
import { checkQuestion, type QuestionRequest } from '../requests.ts';
import { openEventStream } from './event-stream.ts';
import { problemOf, requestId } from './problem.ts';

/** `POST /api/ask`: one JSON object, or events when the client accepts `text/event-stream`. */
export function askRoute(deps: AnsweringDependencies): RequestHandler {
  return async (request, response) => {
    const body = checkQuestion(request.body);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const traceParent = request.get('traceparent');
    if (request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') {
      await streamAnswer(body, response, { deps, signal: gone.signal, traceParent });
      return;
    }
    const answer = await answerQuestion(body, { deps, askId: requestId(response), signal: gone.signal, traceParent });
    if (!gone.signal.aborted) response.json(answer);
  };
}

/** Failures after the stream has begun are an event too: its status can no longer say them. */
async function streamAnswer(
  body: QuestionRequest,
  response: Response,
  { deps, signal, traceParent }: Pick<Answering, 'deps' | 'signal' | 'traceParent'>,
): Promise<void> {
  const askId = requestId(response);
  const stream = openEventStream(response);
  try {
    const answer = await answerQuestion(body, {
      deps,
      askId,
      signal,
      traceParent,
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
