import type { DraftClaim, DraftQuote } from '../chat-model/chat-model.ts';
import type { Passage, Span } from '../domain.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { keepsLinks } from '../language/keeps-links.ts';
import { keepsOrder } from '../language/keeps-order.ts';
import { keepsPairs } from '../language/keeps-pairs.ts';
import { locateQuote } from '../language/locate-quote.ts';
import { overstates } from '../language/overstates.ts';
import { extractTerms } from '../language/terms.ts';

/** Share of a claim's words that its quotes (or the title or date cited) must hold for a second opinion to be worth it. */
const LEAST_WORDS = 0.6;
const TOKEN = /\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{L}\p{M}]+/gu;
const YEAR = /^(?:19|20)\d\d$/;
/** Words behind a number among which what it counts must stand. */
const COUNTED_WITHIN = 3;
/** Characters of a quote that says something; a shorter one is widened to its sentence. */
const SHORTEST_QUOTE = 12;
const SHORTEST_JAPANESE_QUOTE = 6;
/** Capitalised, and not merely because a sentence begins. */
const NAME = /(?<=[\p{L}\p{N},;:)"'”’]\s+["'“‘(]?)\p{Lu}[\p{L}\p{M}\p{N}&-]+(?:\.\p{Nd}+)*/gu;

/** A quote found where it claims to be: `passage.chunk.text` holds it at these offsets of the document. */
export interface GroundedQuote extends Span {
  readonly passage: Passage;
  readonly quote: string;
}

export interface GroundedClaim {
  readonly text: string;
  readonly quotes: readonly GroundedQuote[];
  /** Why words alone do not prove it: it has some that its quotes do not have. A second opinion must. */
  readonly doubt?: Fault;
}

interface Fault {
  /** The check that stopped it. */
  readonly check: string;
  readonly reason: string;
}

export interface Ungrounded extends Fault {
  /** Absent where it must not be seen. */
  readonly text?: string;
}

/**
 * Checks a claim: every quote stands in the passage it names, every number and name of the claim and most of its words
 * stand in the quotes, or in the title or date of the documents quoted, and it says no more than they do. What fails does
 * not reach the reader.
 */
export function groundClaim({ text, quotes }: DraftClaim, passages: readonly Passage[]): GroundedClaim | Ungrounded {
  if (quotes.length === 0) return { text, check: 'quote', reason: 'it has no quote' };
  const found: GroundedQuote[] = [];
  for (const draft of quotes) {
    const passage = passages.find(({ rank }) => rank === draft.passage);
    if (!passage) return { text, check: 'token', reason: `it quotes passage ${draft.passage}, which was not given` };
    const span = locate(draft, passage);
    if (!span) return { text, check: 'quote', reason: 'its quote does not stand in the passage' };
    const { start, end } = span;
    const quote = passage.chunk.text.slice(start - passage.chunk.start, end - passage.chunk.start);
    found.push({ passage, quote, start, end });
  }
  const verdict = weighSupport(
    text,
    found.map(({ quote, passage: { document } }) => ({ quote, title: document.title, date: document.date })),
  );
  return 'check' in verdict ? { text, ...verdict } : { text, quotes: found, ...verdict };
}

/** The quote's place in the document, or undefined when the passage does not hold it. */
function locate({ quote, start }: DraftQuote, { chunk }: Passage): Span | undefined {
  if (quote.trim() === '') return undefined;
  if (start !== undefined && start >= chunk.start && chunk.text.startsWith(quote, start - chunk.start)) {
    return { start, end: start + quote.length };
  }
  const span = locateQuote(quote, chunk.text);
  return span && widen({ start: chunk.start + span.start, end: chunk.start + span.end }, chunk);
}

/** The span, or the sentence that it is too short a part of; undefined when there is none. */
function widen(span: Span, { units, text, start }: Passage['chunk']): Span | undefined {
  const says = ({ start: from, end: to }: Span): boolean => {
    const quote = text.slice(from - start, to - start).trim();
    return quote.length >= (detectLanguage(quote) === 'ja' ? SHORTEST_JAPANESE_QUOTE : SHORTEST_QUOTE);
  };
  if (says(span)) return span;
  return units.find((unit) => unit.start <= span.start && span.end <= unit.end && says(unit));
}

/** A quote, and what is known of the document it stands in. */
export interface Evidence {
  readonly quote: string;
  readonly title: string;
  readonly date: string | null;
}

/**
 * Whether quotes hold what a text says: its numbers with what they count, its names, its words, and no less than it makes
 * of them. With some words of its own, or in another language, it is in doubt.
 */
export function weighSupport(text: string, quoted: readonly Evidence[]): Fault | { readonly doubt?: Fault } {
  const words = quoted.map(({ quote }) => quote);
  if (words.some((quote) => isWholeOf(text, quote))) return {};
  const known = new Set(quoted.flatMap(({ quote, title, date }) => extractTerms(`${quote}\n${title}\n${date ?? ''}`)));
  const lacks = (term: string): boolean => !known.has(term);
  const lost = findLost(text, lacks);
  return lost ?? weighWords(text, { words, lacks });
}

/** Whether a text is a quote, or sentences of it: a part of a sentence may leave out who says it, or that it is denied. */
function isWholeOf(text: string, quote: string): boolean {
  const span = locateQuote(text, quote);
  if (!span) return false;
  const [before, after] = [quote.slice(0, span.start).trimEnd(), quote.slice(span.end).trimStart()];
  const ends = /[.!?。！？।]["”'’)]*$/u;
  return (
    (before === '' || ends.test(before)) && (after === '' || ends.test(text.trimEnd()) || /^[.!?。！？।]/u.test(after))
  );
}

function weighWords(
  text: string,
  { words, lacks }: { readonly words: readonly string[]; readonly lacks: (term: string) => boolean },
): Fault | { readonly doubt?: Fault } {
  const terms = [...new Set(extractTerms(text))];
  const missing = terms.filter(
    (term) => lacks(term) && !isSeam(term) && !(term === 'accord' && tellsWhoSays(text, words)),
  );
  if (missing.length > 0 && detectLanguage(text) !== detectLanguage(words.join(' '))) return { doubt: FOREIGN };
  const fault = findFar(terms, missing) ?? findStretch(text, words);
  if (fault) return fault;
  const doubt = findRearranged(text, words) ?? lackOf(missing);
  return doubt ? { doubt } : {};
}

/** Two Japanese letters where a word ends and the next begins; what the words are is told by their other terms. */
function isSeam(term: string): boolean {
  return /^(?:\p{Script=Hiragana}[^\p{Script=Hiragana}]|[^\p{Script=Hiragana}]\p{Script=Hiragana})$/u.test(term);
}

/** "According to Kyodo, …" of "Kyodo says that …". */
function tellsWhoSays(text: string, quotes: readonly string[]): boolean {
  return /\baccording to\b/i.test(text) && quotes.some((quote) => SAYS.test(quote));
}

const SAYS =
  /\b(?:says?|said|reports?|reported|writes?|wrote|adds?|added|gives?|gave|calls?|called|notes?|noted|tells?|told)\b/i;

/** The words of the quotes, put together in another way. */
function findRearranged(text: string, words: readonly string[]): Fault | undefined {
  if (!keepsOrder(text, words)) return DISORDER;
  if (!keepsLinks(text, words)) return RELINKED;
  return keepsPairs(text, words) ? undefined : CROSSED;
}

/** Too many words of its own to be what the quotes say. */
function findFar(terms: readonly string[], missing: readonly string[]): Fault | undefined {
  return missing.length > terms.length * (1 - LEAST_WORDS) ? lackOf(missing) : undefined;
}

function lackOf([missing]: readonly string[]): Fault | undefined {
  return missing === undefined ? undefined : { check: 'support', reason: `its quotes do not hold "${missing}"` };
}

/** What a text makes of its quotes that they do not say. */
function findStretch(text: string, quotes: readonly string[]): Fault | undefined {
  const [said, quoted] = [tokensOf(text), tokensOf(quotes.join('\n'))];
  const miscounted =
    findMiscounted(said, quoted) ?? findMiscounted(said.filter(isNoMagnitude), quoted.filter(isNoMagnitude));
  if (miscounted !== undefined) return { check: 'number', reason: `"${miscounted}" is not what its quotes count` };
  const stretch = overstates(text, quotes);
  return stretch && { check: stretch, reason: STRETCHED[stretch] };
}

/** A number or a name that the evidence lacks. */
function findLost(text: string, lacks: (term: string) => boolean): Fault | undefined {
  const number = extractTerms(text).find((term) => /\p{Nd}/u.test(term) && lacks(term));
  if (number !== undefined) return { check: 'number', reason: `its quotes do not hold "${number}"` };
  const [name] = [...text.matchAll(NAME)].map(([word]) => word).filter((word) => extractTerms(word).some(lacks));
  return name === undefined ? undefined : { check: 'name', reason: `its quotes do not hold the name "${name}"` };
}

/** A number with the word behind it, where the quotes have the number with other words. */
function findMiscounted(said: readonly string[], quoted: readonly string[]): string | undefined {
  const pairs = said.map((figure, i) => ({ figure, word: said[i + 1] ?? '' }));
  return pairs
    .filter(({ figure, word }) => /^\p{Nd}/u.test(figure) && !YEAR.test(figure) && /^\p{L}/u.test(word))
    .filter(({ figure, word }) => {
      const [wanted = ''] = extractTerms(word);
      const places = quoted.flatMap((token, i) =>
        token === figure ? [quoted.slice(i + 1, i + 1 + COUNTED_WITHIN)] : [],
      );
      const counts = (words: readonly string[]): boolean => words.some((token) => extractTerms(token).includes(wanted));
      return wanted !== '' && places.length > 0 && !places.some(counts);
    })
    .map(({ figure, word }) => `${figure} ${word}`)[0];
}

/** "Trillion" makes a number larger; what is counted comes behind it. */
function isNoMagnitude(word: string): boolean {
  return !/^(?:hundred|thousand|million|billion|trillion|lakh|crore)$/.test(word);
}

function tokensOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(TOKEN) ?? [];
}

const FOREIGN = { check: 'language', reason: 'it is in another language than its quotes' };
const DISORDER = { check: 'order', reason: 'it puts the words of its quotes in another order' };

const RELINKED = {
  check: 'link',
  reason: 'it joins the words of its quotes by other small words: from for to, before for after',
};

const CROSSED = { check: 'pair', reason: 'it gives one thing the date or number that its quotes give another' };

const STRETCHED = {
  negation: 'its quotes deny what it says, or say what it denies',
  reserve: 'its quotes say it with reserve: planned, possible, in part, or as reported',
  patch: 'it puts together what its quotes say of different things',
  extreme: 'it says all, only, last or most where its quotes do not',
} as const;
