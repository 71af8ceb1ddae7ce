import { z } from 'zod';
import { understandQuestion } from '../ask/understand.ts';
import { MAX_TURNS } from '../conversations/conversations.ts';
import type { Turn } from '../domain.ts';
import { InvalidRequestError } from '../errors.ts';
import { detectLanguage } from '../language/detect-language.ts';

/** The name under which OpenAI-compatible clients know this assistant. */
export const MODEL = 'concordat';

/** A question with the turns that the client says went before. */
export interface StatedQuestion {
  readonly question: string;
  readonly turns: readonly Turn[];
  readonly stream: boolean;
  /** Whether the stream ends with the usage. */
  readonly includeUsage: boolean;
  /** Unix time in seconds, the same in every object about this question. */
  readonly askedAt: number;
}

// What is not listed is ignored, as OpenAI's own server ignores what a model does not use.
const content = z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))]);
const stream = z.boolean().nullish();

const chat = z.looseObject({
  messages: z
    .array(z.looseObject({ role: z.string(), content: content.nullish() }))
    .min(1, 'must not be empty')
    .max(2000, 'must have at most 2000 entries'),
  stream,
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
});

const responses = z.looseObject({
  input: z.union([
    z.string(),
    z
      .array(z.looseObject({ role: z.string().optional(), content: content.optional() }))
      .min(1, 'must not be empty')
      .max(2000, 'must have at most 2000 entries'),
  ]),
  previous_response_id: z.null('is not kept here: send the earlier messages as input').optional(),
  stream,
});

/** @throws InvalidRequestError with a pointer to each fault. */
export function readChatRequest(body: unknown): StatedQuestion {
  const { messages, stream: streams, stream_options: options } = check(chat, body);
  const includeUsage = options?.include_usage ?? false;
  return { ...stateQuestion(messages, '/messages'), stream: streams ?? false, includeUsage, askedAt: now() };
}

/** @throws InvalidRequestError with a pointer to each fault. */
export function readResponsesRequest(body: unknown): StatedQuestion {
  const { input, stream: streams } = check(responses, body);
  const messages = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  return { ...stateQuestion(messages, '/input'), stream: streams ?? false, includeUsage: false, askedAt: now() };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

interface Message {
  readonly role?: string | undefined;
  readonly content?: z.infer<typeof content> | null | undefined;
}

function stateQuestion(messages: readonly Message[], pointer: string): Pick<StatedQuestion, 'question' | 'turns'> {
  const said = messages
    .map(({ role, content: value }) => ({ role: role ?? 'user', text: textOf(value) }))
    .filter(({ role }) => role === 'user' || role === 'assistant');
  const last = said.at(-1);
  if (last?.role !== 'user' || last.text.trim() === '')
    throw new InvalidRequestError('The request is not valid.', [
      { pointer, detail: 'must end with a message of the user that has text' },
    ]);
  return { question: last.text, turns: turnsOf(said.slice(0, -1)) };
}

/** The turns so far: each question resolved as it would have been then, with the documents its answer linked to. */
function turnsOf(said: readonly { readonly role: string; readonly text: string }[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, text } of said) {
    const last = turns.at(-1);
    if (role === 'user') turns.push(turnOf(text, turns));
    else if (last) turns.splice(-1, 1, { ...last, answer: text, documentIds: linkedDocuments(text) });
  }
  return turns.slice(-MAX_TURNS);
}

function turnOf(text: string, before: readonly Turn[]): Turn {
  const question = text.slice(0, 2000);
  const asked = understandQuestion({ text: question, language: detectLanguage(question), filters: {} }, before);
  return { question, standaloneQuestion: asked.text, answer: '', documentIds: [] };
}

/** The documents whose source view a text links to. */
function linkedDocuments(text: string): string[] {
  const paths = [...text.matchAll(/\/documents\/([^\s#)"<>]{1,300})#\d/g)].map(([, path = '']) => path);
  return [...new Set(paths)].flatMap((path) => {
    try {
      return [decodeURIComponent(path)];
    } catch {
      return [];
    }
  });
}

function textOf(value: Message['content']): string {
  if (typeof value === 'string') return value;
  return (value ?? []).flatMap(({ text }) => text ?? []).join('\n');
}

function check<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message }));
  throw new InvalidRequestError('The request is not valid.', issues);
}
