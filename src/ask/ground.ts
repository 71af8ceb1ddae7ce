import type { DraftClaim, DraftQuote } from '../chat-model/chat-model.ts';
import type { Passage, Span } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';

/** Share of a claim's words that its quotes (or the title or date cited) must hold. */
const LEAST_WORDS = 0.6;

/** A quote found where it claims to be: `passage.chunk.text` holds it at these offsets of the document. */
export interface GroundedQuote extends Span {
  readonly passage: Passage;
  readonly quote: string;
}

export interface GroundedClaim {
  readonly text: string;
  readonly quotes: readonly GroundedQuote[];
}

export interface Ungrounded {
  readonly text: string;
  readonly reason: string;
}

/**
 * Checks a claim: every quote stands verbatim in the passage it names, every number of the claim and most of its words
 * stand in the quotes, or in the title or date of the documents quoted. What fails does not reach the reader.
 */
export function groundClaim(claim: DraftClaim, passages: readonly Passage[]): GroundedClaim | Ungrounded {
  const reject = (reason: string): Ungrounded => ({ text: claim.text, reason });
  if (claim.quotes.length === 0) return reject('it has no quote');
  const quotes: GroundedQuote[] = [];
  for (const draft of claim.quotes) {
    const passage = passages.find(({ rank }) => rank === draft.passage);
    if (!passage) return reject(`it quotes passage ${draft.passage}, which was not given`);
    const start = locate(draft, passage);
    if (start === undefined) return reject('its quote does not stand in the passage');
    quotes.push({ passage, quote: draft.quote, start, end: start + draft.quote.length });
  }
  const fault = findUnsupported(claim.text, quotes.map(evidenceOf).join('\n'));
  return fault === undefined ? { text: claim.text, quotes } : reject(fault);
}

/** The quote's offset in the document, or undefined when the passage does not hold it. */
function locate({ quote, start }: DraftQuote, { chunk }: Passage): number | undefined {
  if (quote.trim() === '') return undefined;
  if (start !== undefined && chunk.text.startsWith(quote, start - chunk.start) && start >= chunk.start) return start;
  const at = chunk.text.indexOf(quote);
  return at === -1 ? undefined : chunk.start + at;
}

function evidenceOf({ quote, passage: { document } }: GroundedQuote): string {
  return `${quote}\n${document.title}\n${document.date ?? ''}`;
}

/** Why a sentence does not rest on its evidence (quotes, titles and dates of what is quoted); undefined when it does. */
export function findUnsupported(text: string, evidence: string): string | undefined {
  const held = new Set(extractTerms(evidence));
  const terms = [...new Set(extractTerms(text))];
  const number = terms.find((term) => /\p{Nd}/u.test(term) && !held.has(term));
  if (number !== undefined) return `its quotes do not hold "${number}"`;
  const shared = terms.filter((term) => held.has(term)).length;
  return shared < terms.length * LEAST_WORDS ? 'its quotes do not hold its words' : undefined;
}
