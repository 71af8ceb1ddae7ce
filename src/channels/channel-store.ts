import type { AnswerResponse } from '../answer-response.ts';
import type { Language } from '../domain.ts';
import type { ChannelEvent, JsonObject } from './channel.ts';

/** An event that is worked on: a question, a wish for sources, or thanks to say. */
export type Task =
  | Omit<Extract<ChannelEvent, { kind: 'question' }>, 'ids'>
  | { readonly kind: 'sources'; readonly askId: string; readonly target: JsonObject }
  | { readonly kind: 'thanks'; readonly target: JsonObject; readonly language: Language };

export interface JobKey {
  readonly channel: string;
  readonly id: string;
}

/** One task and how far it is. */
export interface Job extends JobKey {
  readonly task: Task;
  /** What is to be sent; undefined until it is made. */
  readonly outgoing: readonly JsonObject[] | undefined;
  /** How many of them have been sent. */
  readonly sent: number;
  readonly attempts: number;
  /** Not before this time. */
  readonly dueMs: number;
  readonly state: 'open' | 'done' | 'failed';
}

/** What the channels remember, so that a restart neither loses nor repeats an answer. */
export interface ChannelStore {
  /** Takes a task once: false when one of its ids has been seen before. */
  accept(channel: string, ids: readonly [string, ...string[]], task: Task): Promise<boolean>;
  find(channel: string, id: string): Promise<Job | undefined>;
  /** Open jobs of a channel that are due, oldest first; at most a hundred. */
  listDue(channel: string, nowMs: number): Promise<Job[]>;
  /** When the next open job of a channel is due, after a time. */
  nextDueMs(channel: string, afterMs: number): Promise<number | undefined>;
  saveOutgoing(job: JobKey, outgoing: readonly JsonObject[], response?: AnswerResponse): Promise<void>;
  /** Where the answer goes has changed: a part of it is shown there already. */
  saveTarget(job: JobKey, target: JsonObject): Promise<void>;
  /** One more has been sent, under the tool's id if it gave one. */
  saveSent(job: JobKey, sentId: string | undefined): Promise<void>;
  postpone(job: JobKey, dueMs: number): Promise<void>;
  /** Nothing more happens; where the answer was to go is forgotten. */
  close(job: JobKey, state: 'done' | 'failed'): Promise<void>;
  findAnswer(
    about: { readonly askId: string } | { readonly channel: string; readonly sentId: string },
  ): Promise<AnswerResponse | undefined>;
  findConversation(channel: string, thread: string): Promise<string | undefined>;
  saveConversation(channel: string, thread: string, conversationId: string): Promise<void>;
}
