import type { AbstentionReason } from '../domain.ts';

/** Small talk and what is out of scope says nothing of what the corpus lacks, and may be private. */
const TELLING: ReadonlySet<AbstentionReason> = new Set([
  'no-passages',
  'weak-evidence',
  'model-declined',
  'ungrounded',
]);

/** Whether it tells what the corpus lacks. */
export function isTelling(reason: AbstentionReason | null): reason is AbstentionReason {
  return reason !== null && TELLING.has(reason);
}

/** So that the same words count as one question, whatever their case, width and closing punctuation. */
export function normaliseQuestion(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s?!.。।]+$/, '')
    .trim();
}
