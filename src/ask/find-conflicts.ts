import { AUTHORITIES, type AnswerSentence, type Citation, type Conflict } from '../domain.ts';
import { contradicts } from '../language/contradicts.ts';

/** A conflict between two documents, and which of them is later and more official, where one is. */
export interface FoundConflict {
  readonly conflict: Conflict;
  readonly sides: readonly [Citation, Citation];
  readonly later?: Citation;
  readonly moreOfficial?: Citation;
}

/** The pairs of sentences from different documents that give different values for one thing. */
export function findConflicts(
  about: string,
  sentences: readonly AnswerSentence[],
  citations: readonly Citation[],
): FoundConflict[] {
  const stated = sentences.flatMap(({ text, markers }) => {
    const citation = citations.find(({ marker }) => marker === markers[0]);
    return citation ? [{ text, title: citation.title, citation }] : [];
  });
  return stated.flatMap((left, i) =>
    stated
      .slice(i + 1)
      .filter(({ citation }) => citation.documentId !== left.citation.documentId)
      .filter((right) => contradicts(left, right))
      .map((right) => describe(about, left.citation, right.citation)),
  );
}

function describe(about: string, first: Citation, second: Citation): FoundConflict {
  const later = latest(first, second);
  const rank = ({ authority }: Citation): number => AUTHORITIES.indexOf(authority);
  const moreOfficial = rank(first) === rank(second) ? undefined : rank(first) < rank(second) ? first : second;
  return {
    conflict: { about, sides: [{ marker: first.marker }, { marker: second.marker }] },
    sides: [first, second],
    ...(later && { later }),
    ...(moreOfficial && { moreOfficial }),
  };
}

/** The later one, as far as the shorter of the two dates can tell. */
function latest(first: Citation, second: Citation): Citation | undefined {
  if (first.date === null || second.date === null) return undefined;
  const precision = Math.min(first.date.length, second.date.length);
  const [a, b] = [first.date.slice(0, precision), second.date.slice(0, precision)];
  if (a === b) return undefined;
  return a > b ? first : second;
}
