import { extractTerms } from './terms.ts';

const CLAUSE = /[.;:!?。！？；。।]\s*|,\s+(?:but|while|although|though|and|which)\s+|\n+/u;
const NEGATION =
  /\b(?:not|no|none|never|nothing|nobody|neither|nor|without|cannot|lacks?|fails?|failed|denie[sd]|refus\w+|reject\w*)\b|n['’]t\b|नहीं|बिना|न तो|ない|ません|なかった|ず[、に]|இல்லை|வில்லை|அல்ல|இல்லாமல்/iu;
/** Words by which a source holds back, by how it does: a quote that has one asks for one of the same kind. */
const RESERVES: readonly RegExp[] = [
  /\b(?:may|might|could|would|should|likely|possib\w+|potential\w*|if|unless)\b|सकत|संभव|可能性|かもしれ|கூடும்|லாம்/iu,
  /\b(?:will|plan(?:s|ned|ning)?|aims?|intends?|intended|expect(?:s|ed)?|propos(?:es?|ed|al)|consider\w*|hopes?|seeks?|targets?|targeted|goals?|decided?|agreed?|agreeing|discuss\w*|explor\w*|draft|due)\b|योजना|प्रस्ताव|लक्ष्य|予定|見込|検討|目指|目標|方針|திட்ட|இலக்கு/iu,
  /\b(?:report(?:s|ed|edly)?|says?|said|according to|citing|alleged\w*|opinion|blog|author|commentary|kyodo|jiji)\b|के अनुसार|कहा|によると|によれば|と述べ|எனத் தெரிவி|கூறின/iu,
  /\b(?:estimated?|approximately|about|around|nearly|almost|up to|at least|part of|some|several|more than|less than|over)\b(?!\s+(?:ten|\d+)\s+years)|लगभग|करीब|कम से कम|約|およそ|以上|以下|சுமார்|குறைந்தது/iu,
];
/** Words by which a claim goes further than a source that does not have them. */
const EXTREMES =
  /\b(?:all|every|only|always|entire(?:ly)?|sole(?:ly)?|alone|most|largest|biggest|last|final(?:ly)?|fully|completely|exclusively)\b|केवल|सभी|だけ|のみ|すべて|全て|மட்டும்|அனைத்து/giu;

export type Overstatement = 'negation' | 'reserve' | 'extreme';

/**
 * What a claim makes of its quotes that they do not say: a denial turned into a statement or the reverse; a plan, guess or
 * report turned into a fact; a part turned into all. Undefined when it keeps to them. Judged by the clause nearest to it.
 */
export function overstates(claim: string, quotes: readonly string[]): Overstatement | undefined {
  const nearest = nearestClause(claim, quotes);
  if (NEGATION.test(claim) !== NEGATION.test(nearest)) {
    const elsewhere = quotes.some((quote) => NEGATION.test(quote));
    if (NEGATION.test(nearest) || !elsewhere) return 'negation';
  }
  if (quotes.some((quote) => dropsNon(claim, quote))) return 'negation';
  if (RESERVES.some((reserve) => reserve.test(nearest) && !reserve.test(claim))) return 'reserve';
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

function nearestClause(claim: string, quotes: readonly string[]): string {
  const wanted = new Set(extractTerms(claim));
  const clauses = quotes.flatMap((quote) => quote.split(CLAUSE)).filter((clause) => clause.trim() !== '');
  const shared = (clause: string): number => new Set(extractTerms(clause).filter((term) => wanted.has(term))).size;
  return clauses.reduce((best, clause) => (shared(clause) > shared(best) ? clause : best), clauses[0] ?? '');
}
