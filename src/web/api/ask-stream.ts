import { isProblem, jsonRequest, type ApiClient } from './api-client.ts';
import type { AnswerView, AskFilters, ProblemView, SentenceView } from './views.ts';

export interface AskRequest extends AskFilters {
  readonly question: string;
  readonly conversationId?: string | undefined;
  readonly explain?: boolean;
}

/** What is told while an answer is on its way. */
export interface AskListener {
  readonly onStage: (name: string) => void;
  readonly onSentence: (sentence: SentenceView) => void;
}

/** How a question ended. */
export type Outcome = { readonly answer: AnswerView } | { readonly problem: ProblemView } | { readonly stopped: true };

interface Asking {
  readonly api: ApiClient;
  readonly listener: AskListener;
  readonly signal: AbortSignal;
}

/** Asks, and listens until the answer is there. Never throws: failing is an outcome. */
export async function askStream(request: AskRequest, { api, listener, signal }: Asking): Promise<Outcome> {
  const broken: Outcome = { problem: { status: 0, title: '', retryable: true } };
  const init = jsonRequest(bodyOf(request), { headers: { Accept: 'text/event-stream' }, signal });
  const response = await api.send('/api/ask', init);
  if (signal.aborted) return { stopped: true };
  if (isProblem(response)) return { problem: response };
  if (response.body === null) return broken;
  try {
    for await (const { event, data } of readEvents(response.body)) {
      const outcome = tell(event, data, listener);
      if (outcome) return outcome;
    }
  } catch {
    if (signal.aborted) return { stopped: true };
  }
  return broken;
}

function bodyOf({ question, conversationId, asOf, authorities, explain }: AskRequest): object {
  return {
    question,
    ...(conversationId !== undefined && { conversationId }),
    ...(asOf !== '' && { asOf }),
    ...(authorities.length > 0 && { filters: { authority: authorities } }),
    ...(explain === true && { explain }),
  };
}

function tell(event: string, data: unknown, { onStage, onSentence }: AskListener): Outcome | undefined {
  switch (event) {
    case 'stage':
      onStage((data as { name: string }).name);
      return undefined;
    case 'sentence':
      onSentence(data as SentenceView);
      return undefined;
    case 'answer':
      return { answer: data as AnswerView };
    case 'problem':
      return { problem: data as ProblemView };
    default:
      return undefined;
  }
}

interface ServerEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The events of a `text/event-stream`, as they come; comments are skipped. */
async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    buffer += decoder.decode(value, { stream: true }).replaceAll('\r\n', '\n');
    const blocks = buffer.split('\n\n');
    buffer = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = readEvent(block);
      if (event) yield event;
    }
  }
}

function readEvent(block: string): ServerEvent | undefined {
  const lines = block.split('\n');
  const field = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trimStart());
  const data = field('data').join('\n');
  return data === '' ? undefined : { event: field('event')[0] ?? 'message', data: JSON.parse(data) as unknown };
}
