import type { AnswerView, AskFilters, ProblemView, SentenceView } from '../api/views.ts';
import { dropStored, readStored, writeStored } from './storage.ts';

/** A question on the page, from being asked to its end. */
export interface TurnRecord extends AskFilters {
  /** Unique on the page. */
  readonly id: string;
  readonly question: string;
  readonly state: 'asking' | 'answered' | 'failed' | 'stopped';
  readonly stage?: string;
  readonly sentences: readonly SentenceView[];
  readonly answer?: AnswerView;
  readonly problem?: ProblemView;
  readonly rating?: 'up' | 'down';
}

export interface ConversationSummary {
  readonly key: string;
  readonly title: string;
  readonly updatedAt: number;
}

/** A conversation as this browser keeps it: whole answers, and what continues and deletes it on the server. */
export interface ConversationRecord extends ConversationSummary {
  readonly id?: string;
  readonly token?: string;
  readonly turns: readonly TurnRecord[];
}

const LIST = 'concordat.conversations';
const MOST = 50;
const recordKey = (key: string): string => `concordat.conversation.${key}`;

export function listConversations(): readonly ConversationSummary[] {
  const list = readStored(LIST);
  return Array.isArray(list) ? (list as ConversationSummary[]) : [];
}

export function readConversation(key: string): ConversationRecord | undefined {
  return readStored(recordKey(key)) as ConversationRecord | undefined;
}

/** Keeps a conversation as the newest; where there is no room, the longest unused go first. */
export function saveConversation(record: ConversationRecord): readonly ConversationSummary[] {
  const { key, title, updatedAt } = record;
  let list = [{ key, title, updatedAt }, ...listConversations().filter((other) => other.key !== key)];
  const drop = (): void => {
    dropStored(recordKey(list.at(-1)?.key ?? ''));
    list = list.slice(0, -1);
  };
  while (list.length > MOST) drop();
  // Only what has ended is worth keeping.
  const turns = record.turns.filter(({ state }) => state === 'answered');
  while (!writeStored(recordKey(key), { ...record, turns }) && list.length > 1) drop();
  writeStored(LIST, list);
  return list;
}

export function dropConversation(key: string): readonly ConversationSummary[] {
  dropStored(recordKey(key));
  const list = listConversations().filter((other) => other.key !== key);
  writeStored(LIST, list);
  return list;
}
