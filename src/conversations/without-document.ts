import type { Turn } from '../domain.ts';

const FORGOTTEN = 'This answer was taken back: it quoted a document that has been deleted.';

/** A turn without what was said from a document. The question stays as it was typed: it is the asker's own. */
export function withoutDocument(turn: Turn, documentId: string): Turn {
  if (!turn.documentIds.includes(documentId)) return turn;
  const documentIds = turn.documentIds.filter((cited) => cited !== documentId);
  return { ...turn, standaloneQuestion: turn.question, answer: FORGOTTEN, documentIds };
}
