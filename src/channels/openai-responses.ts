import type { AnswerResponse } from '../answer-response.ts';
import {
  annotateAnswer,
  countTokens,
  describeOutcome,
  partText,
  searchResults,
  type Annotation,
} from './openai-content.ts';
import { MODEL, type StatedQuestion } from './openai-request.ts';

/** One event of a Responses stream; its name is its `type`. */
export interface ResponseEvent {
  readonly type: string;
}

/** An answer as a completed `response`. */
export function responseObject(asked: StatedQuestion, response: AnswerResponse): object {
  const { text, annotations } = annotateAnswer(response);
  return {
    ...beginning(asked, response),
    status: 'completed',
    completed_at: Math.floor(Date.now() / 1000),
    output: [messageItem(response, [textPart(text, annotations)])],
    usage: usageOf(asked, text),
    ...searchResults(response),
    concordat: describeOutcome(response),
  };
}

/** The same as the events of a stream, numbered. */
export function responseEvents(asked: StatedQuestion, response: AnswerResponse): ResponseEvent[] {
  const annotated = annotateAnswer(response);
  const { text, annotations } = annotated;
  const whole = textPart(text, annotations);
  const begun = beginning(asked, response);
  const item = { output_index: 0, item_id: messageId(response) };
  const place = { ...item, content_index: 0 };
  const events = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...messageItem(response, []), status: 'in_progress' },
    },
    { type: 'response.content_part.added', ...place, part: textPart('', []) },
    ...partText(annotated).flatMap((delta) => [
      { type: 'response.output_text.delta', ...place, delta: delta.text, logprobs: [] },
      ...delta.annotations.map((annotation) => ({
        type: 'response.output_text.annotation.added',
        ...place,
        annotation_index: annotations.indexOf(annotation),
        annotation: describeAnnotation(annotation),
      })),
    ]),
    { type: 'response.output_text.done', ...place, text, logprobs: [] },
    { type: 'response.content_part.done', ...place, part: whole },
    { type: 'response.output_item.done', output_index: 0, item: messageItem(response, [whole]) },
    { type: 'response.completed', response: responseObject(asked, response) },
  ];
  return events.map((event, index) => ({ ...event, sequence_number: index }));
}

function beginning({ askedAt }: StatedQuestion, { askId }: AnswerResponse): object {
  return {
    id: askId.replace(/^ask_/, 'resp_'),
    object: 'response',
    created_at: askedAt,
    status: 'in_progress',
    model: MODEL,
    output: [],
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    parallel_tool_calls: false,
    previous_response_id: null,
    store: false,
    temperature: null,
    top_p: null,
    text: { format: { type: 'text' } },
    tool_choice: 'none',
    tools: [],
    truncation: 'disabled',
    usage: null,
  };
}

function messageItem(response: AnswerResponse, content: readonly object[]): object {
  return { type: 'message', id: messageId(response), status: 'completed', role: 'assistant', content };
}

function messageId({ askId }: AnswerResponse): string {
  return askId.replace(/^ask_/, 'msg_');
}

function textPart(text: string, annotations: readonly Annotation[]): object {
  return { type: 'output_text', text, annotations: annotations.map((one) => describeAnnotation(one)), logprobs: [] };
}

function describeAnnotation({ start, end, citation }: Annotation): object {
  return { type: 'url_citation', start_index: start, end_index: end, title: citation.title, url: citation.uri };
}

function usageOf({ question, turns }: StatedQuestion, text: string): object {
  const input = countTokens(turns.map((turn) => turn.question + turn.answer).join('') + question);
  const output = countTokens(text);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}
