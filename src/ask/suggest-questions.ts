import type { Citation, Language, Passage } from '../domain.ts';
import { WORDING } from './wording.ts';

const MOST_SUGGESTIONS = 3;
/** Longer titles or headings do not read as part of a question. */
const LONGEST_PART = 90;
/** Headings that speak to whoever answers. */
const FOR_ANSWERERS = /\b(?:rules?|answers?|how to answer|use|instructions?)\b|उत्तर|回答|பதில்/iu;

/**
 * Follow-up questions that the corpus can answer by construction: each names a section that was found for this question
 * and is not quoted in the answer, first of the documents quoted, then of the others.
 */
export function suggestQuestions(
  passages: readonly Passage[],
  citations: readonly Citation[],
  language: Language,
): string[] {
  const quotedChunks = new Set(citations.map(({ chunkId }) => chunkId));
  const quotedDocuments = new Set(citations.map(({ documentId }) => documentId));
  const isNear = ({ chunk }: Passage): boolean => quotedDocuments.has(chunk.documentId);
  const further = passages.filter(({ chunk }) => !quotedChunks.has(chunk.id));
  const ordered = [...further.filter(isNear), ...further.filter((passage) => !isNear(passage))];
  const questions = ordered.flatMap(({ chunk, document }) => {
    const heading = chunk.headings.at(-1);
    if (heading === undefined || heading === document.title || FOR_ANSWERERS.test(heading)) return [];
    if (heading.length > LONGEST_PART || document.title.length > LONGEST_PART) return [];
    return [WORDING[language].suggestion(document.title, heading)];
  });
  return [...new Set(questions)].slice(0, MOST_SUGGESTIONS);
}
