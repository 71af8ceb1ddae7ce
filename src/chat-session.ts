import type { AnswerResponse } from './answer-response.ts';
import { printable } from './channels/markup.ts';
import type { AnswerSentence } from './domain.ts';
import { AppError } from './errors.ts';
import { renderAnswer } from './render-answer.ts';
import { PLAIN_STYLE, type TerminalStyle } from './terminal-style.ts';

/** One question of a chat, as it is answered. */
export interface ChatQuestion {
  readonly text: string;
  readonly conversationId: string | undefined;
  readonly signal: AbortSignal;
  readonly onSentence: (sentence: AnswerSentence) => void;
}

/** Where a chat is held. */
export interface ChatTerminal {
  /** Lines as they are typed; ends when there are no more. */
  readonly lines: AsyncIterable<string>;
  write(text: string): void;
  /** Shown while it waits for a line; undefined where nobody sees it. */
  readonly prompt: (() => void) | undefined;
  readonly style: TerminalStyle;
  readonly columns: number;
  /** Each answer as one line of JSON. */
  readonly json: boolean;
  /** Stops the answer under way when the reader says so. */
  onInterrupt(stop: (() => void) | undefined): void;
}

const HELP = `Ask in English, Hindi, Japanese or Tamil; follow-ups are understood.
  /new    begin a new conversation      /sources  what the last answer's sources rest on
  /help   this                          /quit     leave (or Ctrl-D)
`;

/** Questions and answers in turn, in one conversation, until the lines end. */
export async function holdChat(
  terminal: ChatTerminal,
  ask: (question: ChatQuestion) => Promise<AnswerResponse>,
): Promise<void> {
  let last: AnswerResponse | undefined;
  terminal.prompt?.();
  for await (const line of terminal.lines) {
    const text = line.trim();
    if (text === '/quit') return;
    if (text.startsWith('/')) last = obey(text, last, terminal);
    else if (text !== '') last = await answerLine(terminal, ask, { text, last });
    terminal.prompt?.();
  }
}

/** Does what a command says; gives the answer that the conversation goes on from. */
function obey(command: string, last: AnswerResponse | undefined, terminal: ChatTerminal): AnswerResponse | undefined {
  if (command === '/new') return undefined;
  terminal.write(command === '/sources' ? describeSources(last) : HELP);
  return last;
}

/** Asks, and gives the answer that the conversation goes on from: this one, or the last when it failed. */
async function answerLine(
  terminal: ChatTerminal,
  ask: (question: ChatQuestion) => Promise<AnswerResponse>,
  { text, last }: { text: string; last: AnswerResponse | undefined },
): Promise<AnswerResponse | undefined> {
  const stopped = new AbortController();
  terminal.onInterrupt(() => stopped.abort());
  const draft = createDraft(terminal);
  try {
    const response = await ask({
      text,
      conversationId: last?.conversationId,
      signal: stopped.signal,
      onSentence: draft.show,
    });
    draft.withdraw();
    terminal.write(terminal.json ? `${JSON.stringify(response)}\n` : `${renderAnswer(response, terminal.style)}\n`);
    return response;
  } catch (error) {
    draft.withdraw();
    if (stopped.signal.aborted) terminal.write(`${terminal.style.dim('Stopped.')}\n`);
    else if (error instanceof AppError) terminal.write(`${error.message}\n`);
    else throw error;
    return last;
  } finally {
    terminal.onInterrupt(undefined);
  }
}

/** Verified sentences as they come; the whole answer, in its order and with its framing, takes their place. */
function createDraft(terminal: ChatTerminal): {
  show: (sentence: AnswerSentence) => void;
  withdraw: () => void;
} {
  let rows = 0;
  const shown = terminal.style !== PLAIN_STYLE && terminal.prompt !== undefined && !terminal.json;
  return {
    show({ text, markers }) {
      if (!shown) return;
      const line = `${printable(text).replaceAll('\n', ' ')} ${markers.map((marker) => `[${marker}]`).join('')}`;
      // Wide characters take two columns; one row too many is wiped rather than one too few.
      const width = Array.from(line).reduce((sum, letter) => sum + (letter > '\u1100' ? 2 : 1), 0);
      rows += Math.max(1, Math.ceil(width / terminal.columns));
      terminal.write(`${terminal.style.dim(line)}\n`);
    },
    withdraw() {
      if (rows > 0) terminal.write(`\u001B[${rows}A\u001B[J`);
    },
  };
}

function describeSources(last: AnswerResponse | undefined): string {
  const documents = new Map(last?.citations.map((citation) => [citation.documentId, citation]));
  if (documents.size === 0) return 'There is no answer with sources yet.\n';
  const blocks = [...documents.values()].map(({ title, sources }) =>
    [
      title,
      ...sources.map((source) => `  - ${[source.title, source.publisher, source.url].filter(Boolean).join(', ')}`),
    ].join('\n'),
  );
  return `${printable(blocks.join('\n\n'))}\n`;
}
