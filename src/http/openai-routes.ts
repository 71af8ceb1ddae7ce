import { Router, type RequestHandler, type Response } from 'express';
import { answerQuestion, type AnsweringDependencies } from '../answer-question.ts';
import type { AnswerResponse } from '../answer-response.ts';
import { chatChunks, chatCompletion } from '../channels/openai-chat.ts';
import { MODEL, readChatRequest, readResponsesRequest, type StatedQuestion } from '../channels/openai-request.ts';
import { responseEvents, responseObject } from '../channels/openai-responses.ts';
import { fromHistory, STATED } from '../conversations/stated-history.ts';
import { NotFoundError } from '../errors.ts';
import { checkQuestion } from '../requests.ts';
import { openEventStream, type EventStream } from './event-stream.ts';
import { methodNotAllowed, problemOf, requestId, type Problem } from './problem.ts';

/** One of the two protocols: how it reads a request, and how it writes an answer. */
interface Protocol {
  readonly read: (body: unknown) => StatedQuestion;
  readonly write: (asked: StatedQuestion, response: AnswerResponse) => object;
  readonly stream: (asked: StatedQuestion, response: AnswerResponse, stream: EventStream) => void;
  readonly fail: (problem: Problem, stream: EventStream) => void;
}

const CHAT: Protocol = {
  read: readChatRequest,
  write: chatCompletion,
  stream(asked, response, stream) {
    for (const chunk of chatChunks(asked, response)) stream.sendData(chunk);
    stream.sendData('[DONE]');
  },
  fail: (problem, stream) => stream.sendData(openaiError(problem)),
};

const RESPONSES: Protocol = {
  read: readResponsesRequest,
  write: responseObject,
  stream(asked, response, stream) {
    for (const event of responseEvents(asked, response)) stream.send(event.type, event);
  },
  fail(problem, stream) {
    const { code, message, param } = openaiError(problem).error;
    stream.send('error', { type: 'error', code, message, param, sequence_number: 0 });
  },
};

/** `/v1`: chat completions, responses and models as OpenAI's clients know them. */
export function openaiRoutes(deps: AnsweringDependencies, body: RequestHandler[]): Router {
  const router = Router();
  router.route('/chat/completions').post(body, openaiRoute(CHAT, deps)).all(methodNotAllowed('POST'));
  router.route('/responses').post(body, openaiRoute(RESPONSES, deps)).all(methodNotAllowed('POST'));
  const model = { id: MODEL, object: 'model', created: 0, owned_by: MODEL };
  router
    .route('/models')
    .get((_request, response) => void response.json({ object: 'list', data: [model] }))
    .all(methodNotAllowed('GET'));
  router
    .route('/models/:id')
    .get((request, response) => {
      if (request.params.id !== MODEL) throw new NotFoundError(`There is no model ${request.params.id}.`);
      response.json(model);
    })
    .all(methodNotAllowed('GET'));
  return router;
}

/** A problem as OpenAI's clients read it. */
export function openaiError({ status, detail, title, errors, instance }: Problem): {
  error: { message: string; type: string; param: string | null; code: string | null; request_id: string };
} {
  const [first] = errors ?? [];
  const param = first?.pointer.slice(1).replaceAll('/', '.') ?? null;
  const message = first ? `${param} ${first.detail}` : (detail ?? `${title}.`);
  const { type, code } = KINDS[status] ?? (status >= 500 ? { type: 'server_error', code: null } : INVALID);
  return { error: { message, type, param, code, request_id: instance } };
}

const INVALID = { type: 'invalid_request_error', code: null };
const KINDS: Readonly<Record<number, { type: string; code: string | null }>> = {
  401: { type: 'invalid_request_error', code: 'invalid_api_key' },
  404: { type: 'invalid_request_error', code: 'not_found' },
  429: { type: 'requests', code: 'rate_limit_exceeded' },
};

function openaiRoute(protocol: Protocol, deps: AnsweringDependencies): RequestHandler {
  return async (request, response) => {
    const asked = protocol.read(request.body);
    const conversationId = asked.turns.length > 0 ? STATED : undefined;
    const question = checkQuestion({ question: asked.question, conversationId });
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const askId = requestId(response);
    response.set('X-Request-Id', askId);
    const conversations = fromHistory(asked.turns);
    const traceParent = request.get('traceparent');
    const answer = () => answerQuestion(question, { deps, askId, signal: gone.signal, conversations, traceParent });
    if (asked.stream) return streamAnswer(response, { protocol, asked, answer, log: deps.log });
    const made = await answer();
    if (!gone.signal.aborted) response.json(protocol.write(asked, made));
  };
}

interface Streaming {
  readonly protocol: Protocol;
  readonly asked: StatedQuestion;
  readonly answer: () => Promise<AnswerResponse>;
  readonly log: AnsweringDependencies['log'];
}

/** A text that has been sent cannot be withdrawn, so the stream begins once the whole answer is verified. */
async function streamAnswer(response: Response, { protocol, asked, answer, log }: Streaming): Promise<void> {
  const stream = openEventStream(response);
  try {
    protocol.stream(asked, await answer(), stream);
  } catch (error) {
    if (response.destroyed) return;
    const problem = problemOf(error, requestId(response));
    if (problem.status === 500) log.error({ err: error, askId: problem.instance }, 'unexpected error');
    protocol.fail(problem, stream);
  } finally {
    stream.close();
  }
}
