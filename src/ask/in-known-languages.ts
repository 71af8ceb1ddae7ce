import { areSiblings } from '../are-siblings.ts';
import type { Passage } from '../domain.ts';

/** Without passages in neither the reader's language nor English of a brief that was found in one of them too; ranks are dense. */
export function inKnownLanguages(passages: readonly Passage[], language: string): Passage[] {
  const isKnown = ({ document }: Passage): boolean => document.language === language || document.language === 'en';
  const known = new Map(passages.filter(isKnown).map(({ document }) => [document.id, document]));
  const isTold = ({ document }: Passage): boolean => [...known.values()].some((other) => areSiblings(other, document));
  return passages
    .filter((passage) => isKnown(passage) || !isTold(passage))
    .map((passage, i) => ({ ...passage, rank: i + 1 }));
}
