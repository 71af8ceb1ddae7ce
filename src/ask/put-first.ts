import type { Passage } from '../domain.ts';

/** Passages in the order of these ranks; those that are not named follow as they were, so that none is lost by a judgement. */
export function putFirst(passages: readonly Passage[], ranks: readonly number[] = []): readonly Passage[] {
  const named = [...new Set(ranks)].flatMap((rank) => passages.filter((passage) => passage.rank === rank));
  return [...named, ...passages.filter((passage) => !named.includes(passage))];
}
