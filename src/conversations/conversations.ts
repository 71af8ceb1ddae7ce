import type { Turn } from '../domain.ts';

export interface Conversation {
  readonly id: string;
  /** Oldest first, bounded by the store. */
  readonly turns: readonly Turn[];
}

/** Remembers turns. A conversation is continued by its id and read or deleted with its token. */
export interface Conversations {
  /** A new conversation, with the token that is told once. Both are unguessable. */
  start(): Promise<{ id: string; token: string }>;
  find(id: string): Promise<Conversation | undefined>;
  /** Keeps the newest {@link MAX_TURNS} turns; does nothing when the conversation is gone. */
  remember(id: string, turn: Turn): Promise<void>;
  /** Whether the token is this conversation's. */
  authorise(id: string, token: string): Promise<boolean>;
  forget(id: string): Promise<void>;
  /** Takes out of every turn what was said from a document that is no more. */
  forgetDocument(documentId: string): Promise<void>;
}

export const MAX_TURNS = 20;
