import { useRef, useState } from 'preact/hooks';
import type { ApiClient } from '../api/api-client.ts';
import { askStream, type Outcome } from '../api/ask-stream.ts';
import type { SentenceView } from '../api/views.ts';

export interface Exchange {
  readonly id: number;
  readonly question: string;
  readonly sentences: readonly SentenceView[];
  /** Absent while the answer is on its way. */
  readonly outcome?: Outcome;
}

interface Conversing {
  readonly turns: readonly Exchange[];
  readonly asking: boolean;
  readonly ask: (question: string) => void;
  readonly stop: () => void;
}

/** One conversation, as long as the window is open. */
export function useConversation(api: ApiClient): Conversing {
  const [turns, setTurns] = useState<readonly Exchange[]>([]);
  const conversationId = useRef<string | undefined>(undefined);
  const stopper = useRef(new AbortController());
  const change = (id: number, changed: (turn: Exchange) => Exchange): void =>
    setTurns((before) => before.map((turn) => (turn.id === id ? changed(turn) : turn)));
  const ask = async (question: string): Promise<void> => {
    const id = turns.length;
    stopper.current = new AbortController();
    setTurns((before) => [...before, { id, question, sentences: [] }]);
    const onSentence = (sentence: SentenceView): void =>
      change(id, (turn) => ({ ...turn, sentences: [...turn.sentences, sentence] }));
    const request = { question, conversationId: conversationId.current, asOf: '', authorities: [] };
    const listener = { onStage: () => {}, onSentence };
    const outcome = await askStream(request, { api, listener, signal: stopper.current.signal });
    if ('answer' in outcome) conversationId.current = outcome.answer.conversationId;
    if ('problem' in outcome && outcome.problem.status === 404) conversationId.current = undefined;
    change(id, (turn) => ({ ...turn, outcome }));
  };
  const last = turns.at(-1);
  return {
    turns,
    asking: last !== undefined && last.outcome === undefined,
    ask: (question) => void ask(question),
    stop: () => stopper.current.abort(),
  };
}
