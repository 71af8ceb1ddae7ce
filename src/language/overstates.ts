import { leansBack } from './manner.ts';
import { extractTerms } from './terms.ts';

const CLAUSE = /[.;!?。！？；。।]\s+|[.;!?。！？；。।]$|,\s+(?:but|while|although|though|and|which)\s+|\n+/u;
const NEGATION =
  /\b(?:not|no|none|never|nothing|nobody|neither|nor|without|cannot|lacks?|fails?|failed|denie[sd]|refus\w+|reject\w*)\b|n['’]t\b|नहीं|बिना|न तो|ない|ません|なかった|ず[、に]|இல்லை|வில்லை|அல்ல|இல்லாமல்/iu;
const NEGATIONS = new RegExp(NEGATION, 'giu');
/** Words by which a source holds back, by how it does: a quote that has one asks for one of the same kind. */
const RESERVES: readonly RegExp[] = [
  /\b(?:may|might|could|would|should|likely|possib\w+|potential\w*|if|unless)\b|सकत|संभव|可能性|かもしれ|கூடும்|லாம்/iu,
  /\b(?:will|plan(?:s|ned|ning)?|aims?|intends?|intended|expect(?:s|ed)?|propos(?:es?|ed|al)|consider\w*|hopes?|wish\w*|want\w*|seeks?|targets?|targeted|goals?|decided?|agreed?|agreeing|discuss\w*|explor\w*|draft|due|to be)\b|योजना|प्रस्ताव|लक्ष्य|予定|見込|検討|目指|目標|方針|திட்ட|இலக்கு/iu,
  /\b(?:report(?:s|ed|edly)?|says?|said|according to|citing|alleged\w*|call(?:s|ed)|claim(?:s|ed)|describ\w+|argu\w+|believ\w+|consider(?:s|ed)|list(?:s|ed)?|not(?:es|ed)|writes?|wrote|prints?|printed|opinion|blog|author|commentary|kyodo|jiji)\b|के अनुसार|कहा|によると|によれば|と述べ|எனத் தெரிவி|கூறின/iu,
  /\b(?:estimated?|approximately|about|around|nearly|almost|up to|at least|part of|some|several|more than|less than|over)\b(?!\s+(?:ten|\d+)\s+years)|लगभग|करीब|कम से कम|約|およそ|以上|以下|சுமார்|குறைந்தது/iu,
];
/** Words by which a claim goes further than a source that does not have them. */
const EXTREMES =
  /\b(?:all|every|only|always|entire(?:ly)?|sole(?:ly)?|alone|most|largest|biggest|last|final(?:ly)?|fully|completely|exclusively)\b|केवल|सभी|だけ|のみ|すべて|全て|மட்டும்|அனைத்து/giu;

export type Overstatement = 'negation' | 'reserve' | 'patch' | 'extreme';

/**
 * What a claim makes of its quotes that they do not say: a denial turned into a statement or the reverse; a plan, guess or
 * report turned into a fact; a part turned into all; what is said of one thing put to another. Undefined when it keeps to
 * them. Judged by the clauses that it takes its words from.
 */
export function overstates(claim: string, quotes: readonly string[]): Overstatement | undefined {
  const { clauses, isPatched } = clausesUsed(claim, quotes);
  if (!deniesTheSame(claim, { clauses, quotes })) return 'negation';
  if (quotes.some((quote) => dropsNon(claim, quote))) return 'negation';
  if (RESERVES.some((reserve) => clauses.some((clause) => reserve.test(clause)) && !reserve.test(claim)))
    return 'reserve';
  if (isPatched) return 'patch';
  const said = new Set(quotes.flatMap(extremesOf));
  return extremesOf(claim).every((word) => said.has(word)) ? undefined : 'extreme';
}

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

function extremesOf(text: string): string[] {
  return [...text.matchAll(EXTREMES)].map(([word]) => word.toLowerCase());
}

/** What a clause is put under is used by all that do. */
const LABEL = /^[^:(|—]{2,60}:\s/u;
/** Terms that only this clause has, from which on a claim uses it. */
const USES = 2;

interface Used {
  readonly clauses: readonly string[];
  /** Whether one of them gives a number without its words, or words without what they are said of. */
  readonly isPatched: boolean;
}

/** The clause that a claim is nearest to, then the others from which it takes words of their own. */
function clausesUsed(claim: string, quotes: readonly string[]): Used {
  const wanted = new Set(extractTerms(claim));
  const clauses = quotes.flatMap((quote) => quote.split(CLAUSE)).filter((clause) => clause.trim() !== '');
  const parts = clauses.map((text) => ({ text, terms: extractTerms(text.replace(LABEL, '')) }));
  const shared = (terms: readonly string[]): number => new Set(terms.filter((term) => wanted.has(term))).size;
  const [nearest, ...others] = parts.toSorted((a, b) => shared(b.terms) - shared(a.terms));
  const known = new Set(nearest?.terms);
  const own = others.map((part) => ({
    ...part,
    gives: part.terms.filter((term) => wanted.has(term) && !known.has(term)),
  }));
  const used = own.filter(({ gives }) => new Set(gives).size >= USES);
  const lends = ({ gives }: { gives: readonly string[] }): boolean => gives.length > 0 && gives.every(isNumber);
  const isOrphaned = ({ text, terms: [subject = ''] }: { text: string; terms: readonly string[] }): boolean =>
    !wanted.has(subject) && !leansBack(text) && !LABEL.test(text);
  return {
    clauses: [nearest?.text ?? '', ...used.map(({ text }) => text)],
    isPatched: own.some(lends) || used.some(isOrphaned),
  };
}

function isNumber(term: string): boolean {
  return /\p{Nd}/u.test(term);
}

/** Words after a denial that it denies. */
const DENIED = 2;

/** Whether what the clauses deny is denied by the claim, if it speaks of it, and nothing else is. */
function deniesTheSame(
  claim: string,
  { clauses, quotes }: { readonly clauses: readonly string[]; readonly quotes: readonly string[] },
): boolean {
  const claimed = deniedBy(claim);
  const said = clauses.flatMap(deniedBy);
  const spoken = new Set(extractTerms(claim));
  const isKept = (denied: readonly string[]): boolean =>
    !denied.some((term) => spoken.has(term)) || claimed.some((other) => other.some((term) => denied.includes(term)));
  const elsewhere = quotes.flatMap(deniedBy);
  const isTaken = ([head = '']: readonly string[]): boolean => elsewhere.some((denied) => denied.includes(head));
  return said.every(isKept) && claimed.every(isTaken);
}

/** For each denial of a text, what it denies: the words after it, or in languages that deny at the end, before it. */
function deniedBy(text: string): string[][] {
  return [...text.matchAll(NEGATIONS)].map(({ 0: word, index }) => {
    const isLatin = /^[\p{Script=Latin}'’ ]+$/u.test(word);
    const after = extractTerms(text.slice(index + word.length));
    return isLatin ? after.slice(0, DENIED) : extractTerms(text.slice(0, index)).slice(-DENIED);
  });
}
