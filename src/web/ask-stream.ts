import type { AnswerView, ProblemView, SentenceView } from './answer-view.ts';

export interface AskRequest {
  readonly question: string;
  readonly conversationId?: string;
}

/** What is told while an answer is on its way. */
export interface AskListener {
  readonly onStage: (name: string) => void;
  readonly onSentence: (sentence: SentenceView) => void;
}

/** How a question ended. */
export type Outcome = { readonly answer: AnswerView } | { readonly problem: ProblemView } | { readonly stopped: true };

const UNREACHABLE: ProblemView = {
  status: 0,
  title: 'No connection',
  detail: 'The server cannot be reached, or the connection broke off.',
  retryable: true,
};

/** Asks, and listens until the answer is there. Never throws: failing is an outcome. */
export async function askStream(body: AskRequest, listener: AskListener, signal: AbortSignal): Promise<Outcome> {
  try {
    const response = await fetch('/api/ask', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok || response.body === null) return { problem: await readProblem(response) };
    for await (const { event, data } of readEvents(response.body)) {
      const outcome = tell(event, data, listener);
      if (outcome) return outcome;
    }
    return { problem: UNREACHABLE };
  } catch {
    return signal.aborted ? { stopped: true } : { problem: UNREACHABLE };
  }
}

/** The problem that a response carries, or what its status says. */
export async function readProblem(response: Response): Promise<ProblemView> {
  const { status, statusText } = response;
  if (response.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    return (await response.json()) as ProblemView;
  }
  return { status, title: statusText || `Status ${status}`, retryable: status >= 500 };
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
