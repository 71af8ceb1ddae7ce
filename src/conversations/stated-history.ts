import type { Turn } from '../domain.ts';
import type { Conversations } from './conversations.ts';

/** The id of the one conversation that a stated history is. */
export const STATED = 'stated';

/** A conversation that the client keeps and states with each question: nothing of it is remembered. */
export function fromHistory(turns: readonly Turn[]): Conversations {
  return {
    start: async () => ({ id: STATED, token: '' }),
    find: async () => ({ id: STATED, turns }),
    remember: async () => {},
    authorise: async () => false,
    forget: async () => {},
    forgetDocument: async () => {},
  };
}
