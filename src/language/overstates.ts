import { deniesTheSame } from './denies-the-same.ts';
import { goesFurther } from './goes-further.ts';
import { leansBack } from './manner.ts';
import { realises } from './realises.ts';
import { extractTerms } from './terms.ts';

const CLAUSE =
  /[.;!?。！？；。।]\s+|[.;!?。！？；。।]$|,\s+(?:but|while|although|though|and|which|so|where|because|since|unless|whereas)\s+|(?<=\s(?:is|are|was|were|has|have|had|will|would|can|may|must)\s[^.;,]{3,80})\s+and\s+(?=(?:the|an?|its|their|\p{Lu}[\p{L}-]*)\s(?:[\p{L}-]+\s){0,4}(?:is|are|was|were|has|have|had|will|would|can|may|must)\s)|\n+/u;
/** Words by which a source holds back, by how it does: a quote that has one asks for one of the same kind. */
const RESERVES: readonly RegExp[] = [
  /\b(?:may|might|could|would|should|likely|possib\w+|potential\w*|if|unless)\b|सकत|संभव|可能性|かもしれ|கூடும்|லாம்/iu,
  /\b(?:will|plan(?:s|ned|ning)?|aims?|intends?|intended|expect(?:s|ed)?|propos(?:es?|ed|al)|consider\w*|hopes?|wish\w*|want\w*|seeks?|targets?|targeted|goals?|decided?|agreed?|agreeing|discuss\w*|explor\w*|draft|due|to be|set to|scheduled|envisag\w*|foresees?|urg(?:es|ed)|encourag\w*|invit(?:es?|ed)|asked|request\w*|call(?:s|ed)? for|pledg\w*|promis\w*|vow\w*|commit(?:s|ted)?|undert(?:akes?|ook))\b|योजना|प्रस्ताव|लक्ष्य|予定|見込|検討|目指|目標|方針|திட்ட|இலக்கு/iu,
  /\b(?:report(?:s|ed|edly)?|says?|said|according to|citing|alleged\w*|call(?:s|ed)|claim(?:s|ed)|describ\w+|argu\w+|believ\w+|consider(?:s|ed)|list(?:s|ed)?|not(?:es|ed)|writes?|wrote|prints?|printed|opinion|blog|author|commentary|articles?|newspapers?|websites?|sites?|sources?|outlets?|magazines?|headlines?|kyodo|jiji|(?:states?|stated|adds?|added|shows?|suggests?|warn(?:s|ed)|insist(?:s|ed)|tells?|told) that)\b|के अनुसार|के मुताबिक|कहा|कही|बताया|によると|によれば|と述べ|எனத் தெரிவி|கூறின/iu,
  /\b(?:estimated?|approximately|about|around|nearly|almost|up to|at least|part of|portions?|parts of|share of|half|majority|mostly|mainly|largely|partly|some|several|more than|less than|over)\b(?!\s+(?:ten|\d+)\s+years)|लगभग|करीब|कम से कम|約|およそ|以上|以下|சுமார்|குறைந்தது/iu,
];
/** What is left open, or is only said not to be told. */
const OPEN: readonly RegExp[] = [
  /\bwhether\b|かどうか|या नहीं/iu,
  /\b(?:not|never)\s+(?:yet\s+)?(?:said?|says?|stated?|states?|names?|named|mention(?:ed)?|shown?|shows?|confirm(?:ed)?|explain(?:ed)?|tell|told|describe[ds]?)\b/iu,
];
export type Overstatement = 'negation' | 'reserve' | 'patch' | 'extreme';

/**
 * What a claim makes of its quotes that they do not say: a denial turned into a statement or the reverse; a plan, guess or
 * report turned into a fact; a part turned into all; what is said of one thing put to another. Undefined when it keeps to
 * them. Judged by the clauses that it takes its words from.
 */
export function overstates(claim: string, quotes: readonly string[]): Overstatement | undefined {
  const { clauses, isPatched } = clausesUsed(claim, quotes);
  if (!deniesTheSame(claim, { clauses, quotes })) return 'negation';
  if (realises(claim, quotes)) return 'reserve';
  if ([...RESERVES, ...OPEN].some((reserve) => clauses.some((clause) => reserve.test(clause)) && !reserve.test(claim)))
    return 'reserve';
  if (isPatched) return 'patch';
  return goesFurther(claim, quotes) ? 'extreme' : undefined;
}

/** What a clause is put under is used by all that do. */
const LABEL = /^[^:(|—]{2,60}:\s/u;
/** Terms that only this clause has, from which on a claim uses it; of a short claim, one. */
const USES = 2;
const SHORT = 3;

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
  const uses = wanted.size <= SHORT ? 1 : USES;
  const used = own.filter(({ gives }) => new Set(gives).size >= uses);
  const lends = ({ gives }: { gives: readonly string[] }): boolean => gives.length > 0 && gives.every(isNumber);
  const isOrphaned = (clause: Clause): boolean => lacksSubject(clause, wanted);
  const [lead = ''] = extractTerms(claim);
  const takesLead = own.some(({ gives }) => gives.includes(lead));
  const isSpliced = (clause: Clause): boolean => takesLead && OWN_SUBJECT.test(clause.text) && isOrphaned(clause);
  return {
    clauses: parts.length === 0 ? [''] : [...parts.filter((part) => part === nearest), ...used].map(({ text }) => text),
    isPatched: own.some(lends) || used.some(isOrphaned) || parts.some((part) => part === nearest && isSpliced(part)),
  };
}

interface Clause {
  readonly text: string;
  readonly terms: readonly string[];
}

/** Whether a claim takes what a clause says, and not what it says it of. */
function lacksSubject({ text, terms: [subject = ''] }: Clause, wanted: ReadonlySet<string>): boolean {
  return !wanted.has(subject) && !leansBack(text) && !LABEL.test(text);
}

/** Begins with what it is said of, and not with a verb or a time that the clause before has the subject for. */
const OWN_SUBJECT = /^\s*(?:the|an?|some|all|both|another|\p{Lu})/u;

function isNumber(term: string): boolean {
  return /\p{Nd}/u.test(term);
}
