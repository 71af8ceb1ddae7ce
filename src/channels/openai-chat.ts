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

/** What all objects of one completion share. */
interface Envelope {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** An answer as `chat.completion`. */
export function chatCompletion(asked: StatedQuestion, response: AnswerResponse): object {
  const { text, annotations } = annotateAnswer(response);
  const message = {
    role: 'assistant',
    content: text,
    refusal: null,
    annotations: annotations.map((annotation) => describeAnnotation(annotation)),
  };
  return {
    ...envelope(asked, response),
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: usageOf(asked, text),
    ...searchResults(response),
    concordat: describeOutcome(response),
  };
}

/** An answer as the `chat.completion.chunk`s of a stream. */
export function chatChunks(asked: StatedQuestion, response: AnswerResponse): object[] {
  const annotated = annotateAnswer(response);
  const chunk = (delta: object, more: object = {}, finish: string | null = null): object => ({
    ...envelope(asked, response),
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...(asked.includeUsage && { usage: null }),
    ...more,
  });
  const cited = searchResults(response);
  // Clients of this shape take the citations from the first piece of text that has them.
  const deltas = partText(annotated).map(({ text, annotations }, index) => {
    const marked = annotations.map((annotation) => describeAnnotation(annotation));
    return chunk({ content: text, ...(marked.length > 0 && { annotations: marked }) }, index === 0 ? cited : {});
  });
  const usage = {
    ...envelope(asked, response),
    object: 'chat.completion.chunk',
    choices: [],
    usage: usageOf(asked, annotated.text),
  };
  return [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...deltas,
    chunk({}, { ...cited, concordat: describeOutcome(response) }, 'stop'),
    ...(asked.includeUsage ? [usage] : []),
  ];
}

function envelope({ askedAt }: StatedQuestion, { askId }: AnswerResponse): Envelope {
  return { id: askId.replace(/^ask_/, 'chatcmpl-'), created: askedAt, model: MODEL };
}

function describeAnnotation({ start, end, citation }: Annotation): object {
  const { title, uri } = citation;
  return { type: 'url_citation', url_citation: { start_index: start, end_index: end, title, url: uri } };
}

function usageOf({ question, turns }: StatedQuestion, text: string): object {
  const prompt = countTokens(turns.map((turn) => turn.question + turn.answer).join('') + question);
  const completion = countTokens(text);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
