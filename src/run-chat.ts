import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AnswerResponse } from './answer-response.ts';
import { holdChat, type ChatQuestion } from './chat-session.ts';
import { styleFor } from './terminal-style.ts';

const MOST_REMEMBERED = 500;

/** A chat on standard input and output; in a terminal with a prompt, and with what was typed before. */
export async function runChat(
  { indexDir, json }: { indexDir: string; json: boolean },
  ask: (question: ChatQuestion) => Promise<AnswerResponse>,
): Promise<void> {
  const { stdin, stdout } = process;
  const interactive = stdin.isTTY && stdout.isTTY;
  const file = join(indexDir, 'chat-history');
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
      columns: stdout.columns ?? 80,
      json,
      onInterrupt: (interrupt) => {
        stop = interrupt;
      },
    },
    ask,
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
