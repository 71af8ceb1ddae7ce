import type { Language, Passage } from '../domain.ts';
import { comparableText } from '../language/comparable-text.ts';
import { WORDING } from './wording.ts';

const MOST_SUGGESTIONS = 3;
/** Candidates that are tried at most. */
const MOST_TRIED = 6;
/** Longer titles or headings do not read as part of a question. */
const LONGEST_PART = 90;
/** Headings that speak to whoever answers. */
const FOR_ANSWERERS = /\b(?:rules?|answers?|how to answer|use|instructions?)\b|उत्तर|回答|பதில்/iu;

export interface SuggestionSource {
  /** What was found for the question, best first. */
  readonly retrieved: readonly Passage[];
  readonly quotedChunks: ReadonlySet<string>;
  readonly quotedDocuments: ReadonlySet<string>;
  /** Questions of this conversation, which are not suggested again. */
  readonly asked: readonly string[];
  readonly language: Language;
}

/**
 * Follow-up questions on sections that were found and not quoted, first of the documents quoted; each is one that
 * `isAnswerable` says the corpus answers from that very section.
 */
export async function suggestQuestions(
  source: SuggestionSource,
  isAnswerable: (question: string, passage: Passage) => Promise<boolean>,
): Promise<string[]> {
  const suggestions: string[] = [];
  for (const { question, passage } of propose(source).slice(0, MOST_TRIED)) {
    if (suggestions.length === MOST_SUGGESTIONS) break;
    if (await isAnswerable(question, passage)) suggestions.push(question);
  }
  return suggestions;
}

interface Proposal {
  readonly question: string;
  readonly passage: Passage;
}

function propose({ retrieved, quotedChunks, quotedDocuments, asked, language }: SuggestionSource): Proposal[] {
  const known = new Set(asked.map(comparableText));
  const further = retrieved.filter(({ chunk }) => !quotedChunks.has(chunk.id));
  const preference = ({ chunk, document }: Passage): number =>
    (quotedDocuments.has(chunk.documentId) ? 0 : 1) + (document.language === language ? 0 : 2);
  const proposals = new Map<string, Proposal>();
  for (const passage of further.toSorted((a, b) => preference(a) - preference(b))) {
    const question = askAbout(passage, language);
    if (question === undefined || proposals.has(question) || known.has(comparableText(question))) continue;
    proposals.set(question, { question, passage });
  }
  return [...proposals.values()];
}

function askAbout({ chunk, document }: Passage, language: Language): string | undefined {
  const heading = chunk.headings.at(-1);
  if (heading === undefined || heading === document.title || FOR_ANSWERERS.test(heading)) return undefined;
  if (heading.length > LONGEST_PART || document.title.length > LONGEST_PART) return undefined;
  return WORDING[language].suggestion(document.title, heading);
}
