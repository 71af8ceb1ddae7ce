import { expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/answer-response.ts';
import { holdChat, type ChatQuestion, type ChatTerminal } from '../../src/chat-session.ts';
import { NotFoundError } from '../../src/errors.ts';
import { PLAIN_STYLE, styleFor, type TerminalStyle } from '../../src/terminal-style.ts';

const coloured = styleFor({ isTTY: true, hasColors: () => true });
const CITATION = {
  marker: 1,
  documentId: 'accord',
  title: 'Accord',
  authority: 'official',
  status: 'signed',
  date: null,
  quote: 'It was signed.',
  uri: 'http://x.test/documents/accord#0-14',
  sources: [{ title: 'Text', publisher: 'Ministry', authority: 'primary' }],
};

function answerTo({ text, conversationId }: ChatQuestion): AnswerResponse {
  const answer = `To ${text} in ${conversationId ?? 'a new conversation'}. [1]`;
  return { answer, conversationId: 'c1', citations: [CITATION] } as unknown as AnswerResponse;
}

/** What is written when these lines are typed. */
async function chat(
  typed: readonly string[],
  more: { style?: TerminalStyle; json?: boolean; ask?: (question: ChatQuestion) => Promise<AnswerResponse> } = {},
): Promise<string> {
  let written = '';
  async function* lines(): AsyncGenerator<string> {
    yield* typed;
  }
  const terminal: ChatTerminal = {
    lines: lines(),
    write: (text) => void (written += text),
    prompt: more.style === coloured ? () => {} : undefined,
    style: more.style ?? PLAIN_STYLE,
    columns: 20,
    json: more.json ?? false,
    onInterrupt: () => {},
  };
  await holdChat(terminal, more.ask ?? (async (question) => answerTo(question)));
  return written;
}

test('follow-ups go on in the conversation, until a new one is begun', async () => {
  const written = await chat(['one', 'two', '/new', 'three', '/quit', 'four']);
  expect(written).toContain('To one in a new conversation.');
  expect(written).toContain('To two in c1.');
  expect(written).toContain('To three in a new conversation.');
  expect(written).not.toContain('four');
});

test('it tells what the sources rest on, and how to use it', async () => {
  expect(await chat(['/sources'])).toContain('no answer');
  expect(await chat(['one', '/sources'])).toContain('- Text, Ministry');
  expect(await chat(['/what'])).toContain('/help');
});

test('a failure that can be told is told, and the chat goes on', async () => {
  const ask = async (question: ChatQuestion): Promise<AnswerResponse> => {
    if (question.text === 'bad') throw new NotFoundError('There is no such conversation.');
    return answerTo(question);
  };
  const written = await chat(['bad', 'good'], { ask });
  expect(written).toMatch(/no such conversation\.\nTo good/);
});

test('in a terminal, sentences show as they come, and give way to the answer', async () => {
  const ask = async (question: ChatQuestion): Promise<AnswerResponse> => {
    question.onSentence({ text: 'A sentence that takes two rows.', markers: [1] });
    return answerTo(question);
  };
  const written = await chat(['one'], { ask, style: coloured });
  expect(written).toContain('A sentence that takes two rows. [1]');
  expect(written).toContain('\u001B[2A\u001B[J');
  expect(written).toContain('\u001B]8;;http://x.test/documents/accord#0-14\u001B\\[1]\u001B]8;;\u001B\\');
  expect(await chat(['one'], { ask })).not.toContain('two rows');
});

test('with json, each answer is one line', async () => {
  const lines = (await chat(['one', 'two'], { json: true })).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as AnswerResponse).conversationId)).toEqual(['c1', 'c1']);
});
