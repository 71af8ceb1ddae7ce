import { arePair } from './are-pair.ts';
import { leansBack } from './manner.ts';
import { agree } from './quantities.ts';
import { readFacts, type Facts, type Stated } from './read-facts.ts';
import { extractTerms } from './terms.ts';
import type { CalendarDate } from './values.ts';

/** Share of the smaller statement's other words that both must have to speak of the same thing. */
const SAME_SUBJECT = 0.6;
/** The same where only a name differs, which is weaker evidence than a figure. */
const SAME_SUBJECT_BUT_NAME = 0.75;
/** Shared words by which statements name their subject themselves; with fewer, it is what their titles name. */
const OWN_SUBJECT_WORDS = 3;
const SAME_TITLE = 0.6;

/** A sentence, the title of the document it stands in, and that document's date (`YYYY…`) where it is known. */
export interface Statement {
  readonly text: string;
  readonly title: string;
  readonly date?: string | null;
}

/** What two statements differ in. */
export type Difference = 'date' | 'number' | 'name';

/** Whether two statements speak of the same thing and give different dates, numbers or names for it. */
export function contradicts(a: Statement, b: Statement): boolean {
  return findDifference(a, b) !== undefined;
}

/** What two statements of the same thing give different values for; undefined when they can both be right. */
export function findDifference(a: Statement, b: Statement): Difference | undefined {
  const [left, right] = [readFacts(a.text), readFacts(b.text)];
  const [only, ...further] = differencesOf(left, right);
  if (only === undefined) return arePair(a.text, b.text) ? 'name' : undefined;
  const differs = further.length === 0 && !areOfOtherThings(a, b) && !(only === 'date' && areOfTheirOwnYears(a, b));
  return differs && shareOneSubject(a, b, only) ? only : undefined;
}

/** One is of the first round and one of the second, or each begins with a subject of its own. */
function areOfOtherThings(a: Statement, b: Statement): boolean {
  const [left, right] = [readFacts(a.text), readFacts(b.text)];
  return (
    areOtherOnes(left.ordinals, right.ordinals) ||
    areOtherOnes(readFacts(a.title).ordinals, readFacts(b.title).ordinals) ||
    haveOwnLeads(left, right)
  );
}

/** "It entered into force on …" in two documents is of two things, unless both documents are of one. */
function shareOneSubject(a: Statement, b: Statement, difference: Difference): boolean {
  const [left, right] = [readFacts(a.text).words, readFacts(b.text).words];
  if (shareOf(left, right) < (difference === 'name' ? SAME_SUBJECT_BUT_NAME : SAME_SUBJECT)) return false;
  const shared = [...left].filter((word) => right.has(word)).length;
  const named = shared >= OWN_SUBJECT_WORDS && !leansBack(a.text) && !leansBack(b.text);
  return named || shareOf(new Set(extractTerms(a.title)), new Set(extractTerms(b.title))) >= SAME_TITLE;
}

/** The kinds of value in which the statements differ both ways. */
function differencesOf(left: Facts, right: Facts): Difference[] {
  const kinds: Difference[] = [];
  if (differBothWays(left.dates, right.dates, sameDay)) kinds.push('date');
  if (numbersDiffer(left, right)) kinds.push('number');
  if (differBothWays(left.names, right.names, sameName)) kinds.push('name');
  return kinds;
}

/** Different numbers of the same thing, in the same place. */
function numbersDiffer(left: Facts, right: Facts): boolean {
  const units = new Set(left.quantities.map(({ value }) => value.unit));
  return [...units].some((unit) => {
    const ofUnit = ({ value }: Facts['quantities'][number]): boolean => value.unit === unit;
    return differBothWays(left.quantities.filter(ofUnit), right.quantities.filter(ofUnit), agree);
  });
}

/** Each side gives a value that none of the other's agrees with, and these two stand in the same place. */
function differBothWays<T>(a: readonly Stated<T>[], b: readonly Stated<T>[], same: (x: T, y: T) => boolean): boolean {
  const alone = (x: Stated<T>, others: readonly Stated<T>[]): boolean => others.every((y) => !same(x.value, y.value));
  const left = a.filter((x) => alone(x, b));
  const right = b.filter((y) => alone(y, a));
  return left.some((x) => right.some((y) => standAlike(x, y)));
}

/** The word nearest to one of them stands near the other, too: "signed on …" and "in force since …" do not. */
function standAlike({ slot: a }: Stated<unknown>, { slot: b }: Stated<unknown>): boolean {
  return [...a.near].some((word) => b.around.has(word)) || [...b.near].some((word) => a.around.has(word));
}

/** Dates agree where both tell: May 2027 is 3 May 2027, a span holds its days. */
function sameDay(a: CalendarDate, b: CalendarDate): boolean {
  const same = (x: number | undefined, y: number | undefined): boolean => x === undefined || y === undefined || x === y;
  return same(a.year, b.year) && same(a.month, b.month) && daysMeet(a, b);
}

function daysMeet(a: CalendarDate, b: CalendarDate): boolean {
  if (a.day === undefined || b.day === undefined) return true;
  return a.day <= (b.untilDay ?? b.day) && b.day <= (a.untilDay ?? a.day);
}

/** "Ms Sato" is "Hanako Sato". */
function sameName(a: string, b: string): boolean {
  const [left, right] = [extractTerms(a), extractTerms(b)];
  return left.some((word) => right.includes(word));
}

/** The first and the second round are two things; where only one side tells which, they may be one. */
function areOtherOnes(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && [...a].every((one) => !b.has(one));
}

/** Each begins with a word that the other does not have at all: "The tram line …", "The ferry line …". */
function haveOwnLeads(left: Facts, right: Facts): boolean {
  const isOwn = (lead: readonly string[], { all }: Facts): boolean =>
    lead.length > 0 && lead.every((term) => !all.has(term));
  return left.leads.some((lead) => isOwn(lead, right)) && right.leads.some((lead) => isOwn(lead, left));
}

/** Reports of different years, each on a day of its own year, tell of what happens every year. */
function areOfTheirOwnYears(a: Statement, b: Statement): boolean {
  const [first, second] = [a, b].map(({ date }) => date?.slice(0, 4));
  if (first === undefined || second === undefined || first === second) return false;
  const isOwn = ({ text }: Statement, year: string): boolean =>
    readFacts(text).dates.some(({ value }) => value.year === Number(year));
  return isOwn(a, first) && isOwn(b, second);
}

function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  return [...small].filter((word) => large.has(word)).length / small.size;
}
