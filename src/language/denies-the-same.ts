import { extractTerms } from './terms.ts';

const NEGATIONS =
  /\b(?:not|no|none|never|nothing|nobody|neither|nor|without|cannot|lacks?|fails?|failed|denie[sd]|refus\w+|reject\w*)\b|n['’]t\b|नहीं|बिना|न तो|ない|(?<!だけで|のみで|少|間も|まも)なく|ません|なかった|ず[、に]|இல்லை|வில்லை|அல்ல|இல்லாமல்/giu;
/** Words after a denial that it denies, and before one at the end. */
const DENIED = 2;
const DENIED_BEFORE = 3;
/** Before which something else is said. */
const JOINT = /[,;、]|\s(?:और|तथा|कि|लेकिन|मगर)\s/u;

/**
 * Whether a claim denies what the clauses that it is taken from deny, as far as it speaks of it, and nothing that its quotes
 * do not deny.
 */
export function deniesTheSame(
  claim: string,
  { clauses, quotes }: { readonly clauses: readonly string[]; readonly quotes: readonly string[] },
): boolean {
  if (quotes.some((quote) => dropsNon(claim, quote))) return false;
  const claimed = deniedBy(claim);
  const said = clauses.flatMap(deniedBy);
  const spoken = new Set(extractTerms(claim));
  const holdsHead = ({ all }: Denied, { head }: Denied): boolean => head.some((term) => all.includes(term));
  const areOne = (a: Denied, b: Denied): boolean =>
    holdsHead(a, b) && (holdsHead(b, a) || b.all.length === b.head.length);
  const isKept = (denied: Denied): boolean =>
    !denied.all.some((term) => spoken.has(term)) || claimed.some((other) => areOne(denied, other));
  const elsewhere = quotes.flatMap(deniedBy);
  return said.every(isKept) && claimed.every((other) => elsewhere.some((denied) => holdsHead(denied, other)));
}

/** The word that a denial is nearest to, and it with those beyond. */
interface Denied {
  readonly head: readonly string[];
  readonly all: readonly string[];
}

/** For each denial of a text, what it denies: the words after it, or in languages that deny at the end, before it. */
function deniedBy(text: string): Denied[] {
  return [...text.matchAll(NEGATIONS)].map(({ 0: word, index }) => {
    const isLatin = /^[\p{Script=Latin}'’ ]+$/u.test(word);
    const words = isLatin
      ? splitIntoTerms(text.slice(index + word.length)).slice(0, DENIED)
      : splitIntoTerms(text.slice(0, index).split(JOINT).at(-1) ?? '')
          .slice(-DENIED_BEFORE)
          .toReversed();
    const [head = []] = words;
    const isContrast = /^[,;]?\s*(?:बल्कि|अपितु)/u.test(text.slice(index + word.length));
    return { head, all: isContrast ? head : words.flat() };
  });
}

/** The terms of each word: of Hindi and Tamil words with their runs of letters, of Japanese ones each alone. */
function splitIntoTerms(text: string): (readonly string[])[] {
  const words = text.match(/[\p{L}\p{M}\p{N}]+(?:[.,'’-][\p{L}\p{M}\p{N}]+)*/gu) ?? [];
  return words.flatMap((word) => {
    const terms = extractTerms(word);
    if (terms.length === 0) return [];
    return JAPANESE.test(word) ? terms.map((term) => [term]) : [terms];
  });
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** "A company for profit" of a "non-profit company". */
function dropsNon(claim: string, quote: string): boolean {
  const claimed = wordsOf(claim);
  const said = wordsOf(quote);
  return [...said].some((word) => {
    const base = /^non-?(\p{L}{3,})$/u.exec(word)?.[1];
    return base !== undefined && claimed.has(base) && !said.has(base);
  });
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{M}-]+/gu));
}
