import { randomUUID } from 'node:crypto';
import type { AnswerResponse } from '../answer-response.ts';
import type { CitedSentence } from '../ask/cite.ts';
import type { Language } from '../domain.ts';
import { InvalidRequestError, NotFoundError } from '../errors.ts';
import { detectLanguage } from '../language/detect-language.ts';
import type { Log } from '../telemetry/log.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import type { ChannelStore, Job, Task } from './channel-store.ts';
import type { Channel, JsonObject, Saying } from './channel.ts';
import { createDraft } from './draft.ts';

/** Less than a call that must arrive: the next sight of an answer comes soon. */
const SHOW_TIMEOUT_MS = 3_000;

/** What the channels need of the house. */
export interface DeskDependencies {
  readonly store: ChannelStore;
  readonly log: Log;
  /** @throws NotFoundError when the conversation is gone. */
  readonly answer: (question: Asked) => Promise<AnswerResponse>;
  readonly rate: (rating: { askId: string; rating: 'up' | 'down'; comment: string | null }) => Promise<void>;
  /** Whether a document may still be quoted. */
  readonly isHeld: (documentId: string) => Promise<boolean>;
  /** The waits before each further attempt; when they are used up, the job has failed. */
  readonly retryDelaysMs: readonly number[];
  /** Between two sights of an answer that is still being made. */
  readonly showEveryMs: number;
}

export interface Asked {
  readonly askId: string;
  readonly text: string;
  readonly conversationId?: string | undefined;
  readonly language?: Language | undefined;
  readonly signal: AbortSignal;
  readonly onSentence: (sentence: CitedSentence) => void;
}

export type Made = Job & { readonly outgoing: readonly JsonObject[] };

interface Making {
  readonly deps: DeskDependencies;
  readonly signal: AbortSignal;
}

/** A job with what it has to send: made once, and kept. */
export async function makeOutgoing(job: Job, channel: Channel, making: Making): Promise<Made> {
  const { saying, target } = await say(job, channel, making);
  const outgoing = channel.render(saying, target);
  await making.deps.store.saveOutgoing(job, outgoing, saying.kind === 'answer' ? saying.response : undefined);
  return { ...job, task: { ...job.task, target }, outgoing };
}

/** The words for a question that could not be answered, though it was tried again. */
export async function makeApology(job: Job, channel: Channel, { store }: DeskDependencies): Promise<void> {
  const language = ('language' in job.task ? job.task.language : undefined) ?? 'en';
  const outgoing = channel.render({ kind: 'words', text: CHANNEL_WORDS[language].failed, language }, job.task.target);
  await store.saveOutgoing(job, outgoing);
}

interface Said {
  readonly saying: Saying;
  readonly target: JsonObject;
}

async function say({ task, ...key }: Job, channel: Channel, making: Making): Promise<Said> {
  const { target } = task;
  switch (task.kind) {
    case 'question':
      return task.text === ''
        ? { saying: { kind: 'words', ...helpOf(task) }, target }
        : sayAnswer({ ...key, task }, channel, making);
    case 'sources':
      return { saying: await showSources(task.askId, making.deps), target };
    case 'thanks':
      return { saying: { kind: 'words', text: CHANNEL_WORDS[task.language].thanks, language: task.language }, target };
  }
}

type QuestionTask = Extract<Task, { kind: 'question' }>;
type QuestionJob = Job & { readonly task: QuestionTask };

function helpOf({ language, answerIn = 'en' }: QuestionTask): { readonly text: string; readonly language: Language } {
  return { text: CHANNEL_WORDS[language ?? answerIn].help, language: language ?? answerIn };
}

/** Answers, and shows meanwhile that it does and, where the tool can, how far it is. */
async function sayAnswer(job: QuestionJob, channel: Channel, making: Making): Promise<Said> {
  const { deps, signal } = making;
  const { text, answerIn } = job.task;
  const quietly = (error: unknown): void =>
    deps.log.debug({ channel: channel.name, error: String(error) }, 'not shown');
  channel.begin?.(job.task.target, signal).catch(quietly);
  let { target } = job.task;
  const draft = createDraft({
    language: answerIn ?? detectLanguage(text),
    everyMs: deps.showEveryMs,
    async show(soFar) {
      if (!channel.show) return;
      // Even where all else stops: of a message whose id is not known, nothing could be made afterwards.
      target = await channel.show(soFar, target, AbortSignal.timeout(SHOW_TIMEOUT_MS));
      await deps.store.saveTarget(job, target);
    },
    onFailure: quietly,
  });
  const saying = await answerTask(job, { ...making, onSentence: draft.add }).finally(() => draft.end());
  return { saying, target };
}

async function answerTask(
  { channel, task: { text, thread, answerIn, language = answerIn ?? 'en' } }: QuestionJob,
  { deps, ...options }: Making & Pick<Asked, 'onSentence'>,
): Promise<Saying> {
  const asked = { askId: `ask_${randomUUID()}`, text, language: answerIn, ...options };
  const conversationId = await deps.store.findConversation(channel, thread);
  try {
    const response = await deps.answer({ ...asked, conversationId }).catch((error: unknown) => {
      // It was forgotten, by age or by wish: a new one begins.
      if (conversationId !== undefined && error instanceof NotFoundError) return deps.answer(asked);
      throw error;
    });
    await deps.store.saveConversation(channel, thread, response.conversationId);
    return { kind: 'answer', response };
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return { kind: 'words', text: CHANNEL_WORDS[language].tooLong, language };
  }
}

/** Of documents that were taken from the corpus since, nothing is shown. */
async function showSources(askId: string, { store, isHeld }: DeskDependencies): Promise<Saying> {
  const response = await store.findAnswer({ askId });
  if (!response) return { kind: 'words', text: CHANNEL_WORDS.en.failed, language: 'en' };
  const held = await Promise.all(response.citations.map(({ documentId }) => isHeld(documentId)));
  const citations = response.citations.filter((_citation, index) => held[index]);
  return { kind: 'sources', response: { ...response, citations } };
}
