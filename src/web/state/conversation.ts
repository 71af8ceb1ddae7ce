import { computed, signal } from '@preact/signals';
import { api } from '../api/api-client.ts';
import { askStream, type Outcome } from '../api/ask-stream.ts';
import type { AskFilters } from '../api/views.ts';
import {
  dropConversation,
  listConversations,
  readConversation,
  saveConversation,
  type ConversationRecord,
  type TurnRecord,
} from './conversation-store.ts';
import { closePanel } from './panel.ts';
import { navigate, questionPath, readQuestion, route } from './route.ts';

const CURRENT = 'concordat.current';

const fresh = (): ConversationRecord => ({ key: crypto.randomUUID(), title: '', updatedAt: 0, turns: [] });

export const conversations = signal(listConversations());
export const current = signal<ConversationRecord>(fresh());
export const filters = signal<AskFilters>({ asOf: '', authorities: [] });
export const isAsking = computed(() => current.value.turns.at(-1)?.state === 'asking');

let asking: AbortController | undefined;

/** Asks in the current conversation, restricted as the filters say. */
export async function ask(question: string, restrict: AskFilters = filters.value): Promise<void> {
  stopAsking();
  const stop = new AbortController();
  asking = stop;
  const { asOf, authorities } = restrict;
  const turn: TurnRecord = { id: crypto.randomUUID(), question, asOf, authorities, state: 'asking', sentences: [] };
  const { key, title, turns, id: conversationId } = current.value;
  current.value = { ...current.value, title: title || question, turns: [...turns, turn] };
  sessionStorage.setItem(CURRENT, key);
  history.replaceState(null, '', questionPath(question, restrict));
  const listener = {
    onStage: (stage: string) => changeTurn(key, turn.id, () => ({ stage })),
    onSentence: (sentence: TurnRecord['sentences'][number]) =>
      changeTurn(key, turn.id, ({ sentences }) => ({ sentences: [...sentences, sentence] })),
  };
  const request = { question, conversationId, asOf, authorities, explain: true };
  const outcome = await askStream(request, { api, listener, signal: stop.signal });
  if (asking === stop) asking = undefined;
  finish(outcome, { key, turnId: turn.id });
}

function finish(outcome: Outcome, { key, turnId }: { key: string; turnId: string }): void {
  if (current.value.key !== key) return;
  if ('answer' in outcome) {
    const { answer } = outcome;
    const { conversationId: id, conversationToken: token } = answer;
    changeTurn(key, turnId, () => ({ state: 'answered', answer }));
    current.value = { ...current.value, updatedAt: Date.now(), id, ...(token !== undefined && { token }) };
    conversations.value = saveConversation(current.value);
    const turn = current.value.turns.find((one) => one.id === turnId);
    if (turn && route.value.view === 'ask') {
      history.replaceState(null, '', questionPath(answer.standaloneQuestion, turn));
    }
  } else if ('stopped' in outcome) changeTurn(key, turnId, () => ({ state: 'stopped' }));
  else {
    // The server no longer has the conversation: asked again, the question begins a new one there.
    if (outcome.problem.status === 404) current.value = withoutServer(current.value);
    changeTurn(key, turnId, () => ({ state: 'failed', problem: outcome.problem }));
  }
}

function withoutServer({ key, title, updatedAt, turns }: ConversationRecord): ConversationRecord {
  return { key, title, updatedAt, turns };
}

function changeTurn(key: string, turnId: string, change: (turn: TurnRecord) => Partial<TurnRecord>): void {
  if (current.value.key !== key) return;
  const turns = current.value.turns.map((turn) => (turn.id === turnId ? { ...turn, ...change(turn) } : turn));
  current.value = { ...current.value, turns };
}

export function stopAsking(): void {
  asking?.abort();
  asking = undefined;
}

/** Takes a turn away and asks its question again, under the same restrictions. */
export function askAgain({ id, question, asOf, authorities }: TurnRecord): void {
  current.value = { ...current.value, turns: current.value.turns.filter((turn) => turn.id !== id) };
  void ask(question, { asOf, authorities });
}

export function rateTurn(turnId: string, rating: 'up' | 'down'): void {
  changeTurn(current.value.key, turnId, () => ({ rating }));
  conversations.value = saveConversation(current.value);
}

export function startConversation(): void {
  stopAsking();
  closePanel();
  sessionStorage.removeItem(CURRENT);
  current.value = fresh();
  navigate('/');
}

export function openConversation(key: string): void {
  const found = readConversation(key);
  if (!found) return;
  stopAsking();
  closePanel();
  sessionStorage.setItem(CURRENT, key);
  const last = found.turns.at(-1);
  navigate(last ? questionPath(last.answer?.standaloneQuestion ?? last.question, last) : '/');
  current.value = found;
}

export function renameConversation(key: string, title: string): void {
  const found = key === current.value.key ? current.value : readConversation(key);
  if (!found || title.trim() === '') return;
  const renamed = { ...found, title: title.trim() };
  conversations.value = saveConversation(renamed);
  if (key === current.value.key) current.value = renamed;
}

/** Forgets a conversation here and on the server. */
export async function deleteConversation(key: string): Promise<void> {
  const { id, token } = readConversation(key) ?? {};
  conversations.value = dropConversation(key);
  if (key === current.value.key) startConversation();
  if (id === undefined || token === undefined) return;
  const headers = { 'X-Conversation-Token': token };
  // Where this fails, the server prunes what has long been unused.
  await api.send(`/api/conversations/${id}`, { method: 'DELETE', headers });
}

/** What a fresh page shows: the conversation it had before it was loaded again, or the question of its address. */
export function restoreConversation(): void {
  const asked = readQuestion();
  const found = readConversation(sessionStorage.getItem(CURRENT) ?? '');
  if (found && (asked === undefined || endsWith(found, asked.question))) current.value = found;
  else if (asked) {
    filters.value = { asOf: asked.asOf, authorities: asked.authorities };
    void ask(asked.question);
  }
}

function endsWith({ turns }: ConversationRecord, question: string): boolean {
  const last = turns.at(-1);
  return question === last?.question || question === last?.answer?.standaloneQuestion;
}
