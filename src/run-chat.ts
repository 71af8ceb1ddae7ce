import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { answerResponse } from './answer-response.ts';
import type { Assistant } from './assistant.ts';
import { holdChat } from './chat-session.ts';
import type { Config } from './config.ts';
import type { Language } from './domain.ts';
import { detectLanguage } from './language/detect-language.ts';
import { checkQuestion } from './requests.ts';
import { styleFor } from './terminal-style.ts';

const MOST_REMEMBERED = 500;

/** The base of links where no server says it. */
export function linkBase({ PUBLIC_URL, HOST, PORT }: Config): string {
  return PUBLIC_URL ?? `http://${HOST}:${PORT}`;
}

/** A chat on standard input and output; in a terminal with a prompt, and with what was typed before. */
export async function runChat(
  assistant: Assistant,
  { config, json, language }: { config: Config; json: boolean; language: Language | undefined },
): Promise<void> {
  const { stdin, stdout } = process;
  const interactive = stdin.isTTY && stdout.isTTY;
  const file = join(config.INDEX_DIR, 'chat-history');
  const lines = createInterface({
    input: stdin,
    terminal: interactive,
    ...(interactive && {
      output: stdout,
      history: readHistory(file),
      historySize: MOST_REMEMBERED,
      removeHistoryDuplicates: true,
    }),
  });
  let stop: (() => void) | undefined;
  lines.on('SIGINT', () => (stop ? stop() : lines.close()));
  if (interactive) lines.on('history', (history: string[]) => keepHistory(file, history));
  lines.setPrompt('› ');
  await holdChat(
    {
      lines,
      write: (text) => void stdout.write(text),
      prompt: interactive ? () => lines.prompt() : undefined,
      style: styleFor(stdout),
      // A terminal that does not know its size says 0.
      columns: stdout.columns || 80,
      json,
      onInterrupt: (interrupt) => {
        stop = interrupt;
      },
    },
    async ({ text, conversationId, signal, onSentence }) => {
      const { question } = checkQuestion({ question: text });
      const result = await assistant.ask(
        {
          text: question,
          language: language ?? detectLanguage(question),
          filters: {},
          ...(conversationId !== undefined && { conversationId }),
        },
        { publicUrl: linkBase(config), signal, onSentence: ({ sentence }) => onSentence(sentence) },
      );
      return answerResponse(`ask_${randomUUID()}`, result, false);
    },
  );
  lines.close();
}

/** Newest first, as readline has it. */
function readHistory(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

/** For the eyes of the person alone. */
function keepHistory(file: string, history: readonly string[]): void {
  const handle = openSync(file, 'w', 0o600);
  writeSync(handle, history.slice(0, MOST_REMEMBERED).join('\n'));
  closeSync(handle);
}
