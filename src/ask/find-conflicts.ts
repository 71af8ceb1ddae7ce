import { AUTHORITIES, type AnswerSentence, type Citation, type Conflict, type DocumentMetadata } from '../domain.ts';
import { findDifference } from '../language/contradicts.ts';
import { comparableText } from '../language/comparable-text.ts';

/** Two documents that give different values for one thing, and which of them is later and more official, where one is. */
export interface FoundConflict {
  readonly conflict: Conflict;
  readonly sides: readonly [Citation, Citation];
  /** The later one replaces the earlier, or goes on with it: it is news, not a contradiction. */
  readonly isUpdate: boolean;
  readonly later?: Citation;
  readonly moreOfficial?: Citation;
}

interface Stated {
  readonly text: string;
  readonly title: string;
  readonly date: string | null;
  readonly citation: Citation;
}

/** The pairs of sentences from different documents that give different values for one thing; of two documents, one pair. */
export function findConflicts(
  about: string,
  { sentences, citations }: { readonly sentences: readonly AnswerSentence[]; readonly citations: readonly Citation[] },
  documents: ReadonlyMap<string, DocumentMetadata>,
): FoundConflict[] {
  const stated = sentences.flatMap(({ text, markers }): Stated[] => {
    const citation = citations.find(({ marker }) => marker === markers[0]);
    return citation ? [{ text, title: citation.title, date: citation.date, citation }] : [];
  });
  const found = new Map<string, FoundConflict>();
  for (const [i, left] of stated.entries()) {
    for (const right of stated.slice(i + 1)) {
      const pair = [left.citation.documentId, right.citation.documentId].toSorted().join('\n');
      if (found.has(pair) || left.citation.documentId === right.citation.documentId) continue;
      if (findDifference(left, right) !== undefined) {
        found.set(pair, describe(about, [left.citation, right.citation], documents));
      }
    }
  }
  return [...found.values()];
}

function describe(
  about: string,
  sides: readonly [Citation, Citation],
  documents: ReadonlyMap<string, DocumentMetadata>,
): FoundConflict {
  const [first, second] = sides;
  const later = latest(first, second);
  const rank = ({ authority }: Citation): number => AUTHORITIES.indexOf(authority);
  const moreOfficial = rank(first) === rank(second) ? undefined : rank(first) < rank(second) ? first : second;
  return {
    conflict: { about, sides: [{ marker: first.marker }, { marker: second.marker }] },
    sides,
    isUpdate: later !== undefined && updates(later, later === first ? second : first, documents),
    ...(later && { later }),
    ...(moreOfficial && { moreOfficial }),
  };
}

/** It says so itself, or it is the next of a series by the same kind of source. */
function updates(later: Citation, earlier: Citation, documents: ReadonlyMap<string, DocumentMetadata>): boolean {
  const replaced = documents.get(later.documentId)?.supersedes ?? [];
  if (replaced.includes(earlier.documentId) || replaced.includes(earlier.title)) return true;
  if (later.authority !== earlier.authority || seriesOf(later.title) !== seriesOf(earlier.title)) return false;
  return later.title !== earlier.title || later.sources.some(({ publisher }) => isPublishedBy(earlier, publisher));
}

function isPublishedBy({ sources }: Citation, publisher: string): boolean {
  return publisher !== '' && sources.some((source) => source.publisher === publisher);
}

/** A title without what tells one of a series from the next. */
function seriesOf(title: string): string {
  return comparableText(title)
    .replaceAll(/[^\p{L}\p{M}]+/gu, ' ')
    .trim();
}

/** The later one, as far as the shorter of the two dates can tell. */
function latest(first: Citation, second: Citation): Citation | undefined {
  if (first.date === null || second.date === null) return undefined;
  const precision = Math.min(first.date.length, second.date.length);
  const [a, b] = [first.date.slice(0, precision), second.date.slice(0, precision)];
  if (a === b) return undefined;
  return a > b ? first : second;
}
