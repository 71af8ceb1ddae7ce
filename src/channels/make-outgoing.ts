import { randomUUID } from 'node:crypto';
import type { AnswerResponse } from '../answer-response.ts';
import type { Language } from '../domain.ts';
import { InvalidRequestError, NotFoundError } from '../errors.ts';
import type { Log } from '../telemetry/log.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import type { ChannelStore, Job, Task } from './channel-store.ts';
import type { Channel, JsonObject, Saying } from './channel.ts';

/** What the channels need of the house. */
export interface DeskDependencies {
  readonly store: ChannelStore;
  readonly log: Log;
  /** @throws NotFoundError when the conversation is gone. */
  readonly answer: (question: Asked) => Promise<AnswerResponse>;
  readonly rate: (rating: { askId: string; rating: 'up' | 'down'; comment: string | null }) => void;
  /** Whether a document may still be quoted. */
  readonly isHeld: (documentId: string) => Promise<boolean>;
  /** The waits before each further attempt; when they are used up, the job has failed. */
  readonly retryDelaysMs: readonly number[];
}

export interface Asked {
  readonly askId: string;
  readonly text: string;
  readonly conversationId?: string | undefined;
  readonly language?: Language | undefined;
  readonly signal: AbortSignal;
}

/** What a job has to send: made once, and kept. */
export async function makeOutgoing(
  job: Job,
  channel: Channel,
  { deps, signal }: { deps: DeskDependencies; signal: AbortSignal },
): Promise<readonly JsonObject[]> {
  const { target } = job.task;
  if (job.task.kind === 'question' && job.task.text !== '')
    channel
      .begin?.(target, signal)
      .catch((error: unknown) => deps.log.debug({ channel: channel.name, error: String(error) }, 'begin'));
  const saying = await say(job, { deps, signal });
  const outgoing = channel.render(saying, target);
  await deps.store.saveOutgoing(job, outgoing, saying.kind === 'answer' ? saying.response : undefined);
  return outgoing;
}

/** The words for a question that could not be answered, though it was tried again. */
export async function makeApology(job: Job, channel: Channel, { store }: DeskDependencies): Promise<void> {
  const language = ('language' in job.task ? job.task.language : undefined) ?? 'en';
  const outgoing = channel.render({ kind: 'words', text: CHANNEL_WORDS[language].failed, language }, job.task.target);
  await store.saveOutgoing(job, outgoing);
}

type Making = { readonly deps: DeskDependencies; readonly signal: AbortSignal };

async function say({ channel, task }: Job, making: Making): Promise<Saying> {
  switch (task.kind) {
    case 'question':
      return answerTask(channel, task, making);
    case 'sources':
      return showSources(task.askId, making.deps);
    case 'thanks':
      return { kind: 'words', text: CHANNEL_WORDS[task.language].thanks, language: task.language };
  }
}

async function answerTask(
  channel: string,
  { text, thread, answerIn, language = answerIn ?? 'en' }: Extract<Task, { kind: 'question' }>,
  { deps, signal }: Making,
): Promise<Saying> {
  if (text === '') return { kind: 'words', text: CHANNEL_WORDS[language].help, language };
  const asked = { askId: `ask_${randomUUID()}`, text, language: answerIn, signal };
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
