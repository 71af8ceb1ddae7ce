import { ENGLISH_MONTHS } from './dates.ts';
import { extractTerms } from './terms.ts';

const WORD = /[\p{L}\p{M}\p{N}$€£¥₹%]+(?:[.,'’-][\p{L}\p{M}\p{N}]+)*/gu;
/** What a sentence is put under, before its own words. */
const LABEL = /^[^:;.!?(|—]{2,60}:\s/u;
const YEAR = /^(?:1[5-9]|20)\d{2}$/;
const DAY = /^\d{1,2}$/;
const PREPOSITIONS = new Set([
  'in',
  'on',
  'at',
  'under',
  'during',
  'for',
  'with',
  'within',
  'from',
  'through',
  'of',
  'to',
]);
const SUBORDINATORS = new Set(['because', 'since', 'when', 'while', 'after', 'before', 'until', 'if', 'although']);
/** Words between one of these and what it belongs to: "by the", "according to the". */
const REACH = 3;
/** Longer texts are not compared word by word. */
const MOST_TERMS = 400;

/** A word that means something, and the few small words before and after it. */
interface Placed {
  readonly word: string;
  readonly term: string;
  readonly before: readonly string[];
  readonly after: string;
}

/**
 * Whether a claim has the words that it takes from a source in the source's order, so that who did what to whom is kept.
 * A date may move, and so may what stands after "by" or "according to", and a clause with the word that joins it.
 */
export function keepsOrder(claim: string, sources: readonly string[]): boolean {
  return orderingsOf(sources).some((ordering) => isInOrder(claim, ordering.join('\n')));
}

/** A claim may take its quotes in any order. */
function orderingsOf(sources: readonly string[]): (readonly string[])[] {
  const [first, second] = sources;
  if (first === undefined || second === undefined || sources.length > 2) return [sources];
  return [sources, [second, first]];
}

function isInOrder(claim: string, source: string): boolean {
  const said = placeTerms(source.replace(LABEL, '')).slice(0, MOST_TERMS);
  const known = new Set(said.map(({ term }) => term));
  const claimed = placeTerms(claim)
    .filter(({ term }) => known.has(term))
    .slice(0, MOST_TERMS);
  if (swapsAgents({ claimed, said })) return false;
  const [a, b] = [claimed, said].map((placed) => placed.map(({ term }) => term)) as [string[], string[]];
  // Where two parts of one length change places, either may be the one that moved.
  const last = a.length - 1;
  const alignments = [
    findMoved(a, b),
    findMoved(a.toReversed(), b.toReversed())
      .map((i) => last - i)
      .toReversed(),
  ];
  return alignments.some((moved) => {
    const kept = claimed.filter((_, i) => !moved.includes(i));
    const isMovable = (block: readonly number[]): boolean => mayMove(block, { claimed, said });
    const blocks = blocksOf(moved);
    if (blocks.length === 1 && changesVoice(kept, said)) return true;
    return !kept.some((placed) => becomesAgent(placed, said)) && blocks.every(isMovable);
  });
}

function placeTerms(text: string): Placed[] {
  const matches = [...text.matchAll(WORD)];
  const words = matches.map(([word]) => word);
  const small = words.map((word) => word.toLowerCase());
  const isCut = ({ 0: word, index }: RegExpExecArray): boolean => /[,;:(]/.test(text.charAt(index + word.length));
  return words.flatMap((word, i) =>
    (small[i] === 'according' ? [] : extractTerms(word)).map((term) => ({
      term,
      word: small[i] ?? '',
      before: small.slice(Math.max(0, i - REACH), i),
      after: matches.slice(i, i + 1).some(isCut) ? '' : small.slice(i + 1, i + 3).join(' '),
    })),
  );
}

/** Which of the terms lie outside a longest run that both have in one order. */
function findMoved(a: readonly string[], b: readonly string[]): number[] {
  const lengthAt = commonLengths(a, b);
  const moved: number[] = [];
  let j = 0;
  for (const [i, term] of a.entries()) {
    while (j < b.length && term !== b[j] && lengthAt(i, j + 1) === lengthAt(i, j)) j += 1;
    const isKept = term === b[j] && lengthAt(i, j) === lengthAt(i + 1, j + 1) + 1;
    if (isKept) j += 1;
    else moved.push(i);
  }
  return moved;
}

/** The length of the longest common subsequence of `a` from i and `b` from j. */
function commonLengths(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}

/** Neighbours together. */
function blocksOf(indexes: readonly number[]): number[][] {
  const blocks: number[][] = [];
  for (const index of indexes) {
    const last = blocks.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else blocks.push([index]);
  }
  return blocks;
}

interface Compared {
  readonly claimed: readonly Placed[];
  readonly said: readonly Placed[];
}

function mayMove(block: readonly number[], { claimed, said }: Compared): boolean {
  const terms = block.flatMap((i) => claimed[i] ?? []);
  if (isTheOneDate(terms, claimed) && isTheOneDate(terms, said)) return true;
  const [first] = terms;
  const last = terms.at(-1);
  if (!first || !last) return true;
  const starts = said.filter(({ term }) => term === first.term);
  const ends = said.filter(({ term }) => term === last.term);
  const wasAgent = starts.some((start) => ends.some((end) => isAgent(start, end)));
  const isNowAgent = isAgent(first, last) && stoodBefore(block, { claimed, said });
  const isSpeaker = speaks(last) && ends.some(speaks);
  return [wasAgent, isNowAgent, isSpeaker, joins(first, starts), wasInFront(first, said)].includes(true);
}

/** "…, Kyodo says" of "Kyodo says that …". */
function speaks({ word, after }: Placed): boolean {
  return SPEAKS.test(word) || SPEAKS.test(after);
}

const SPEAKS = /^(?:says?|said|reports?|reported|writes?|wrote)\b/;

/** "Built by Hitachi" of "Hitachi built", not of "built for a port that Hitachi owns". */
function stoodBefore([at = 0]: readonly number[], { claimed, said }: Compared): boolean {
  const placeOf = (i: number): number => said.findIndex(({ term }) => term === claimed[i]?.term);
  return at === 0 || placeOf(at) < placeOf(at - 1) || isBy(said[placeOf(at)]?.before ?? []);
}

/** A date says the same at the beginning and at the end; of two, which is which may be told by their places. */
function isTheOneDate(terms: readonly Placed[], claimed: readonly Placed[]): boolean {
  const isDate = ({ term }: Placed): boolean => YEAR.test(term) || DAY.test(term) || MONTHS.has(term);
  const years = new Set(claimed.map(({ term }) => term).filter((term) => YEAR.test(term)));
  const months = claimed.filter(({ term }) => MONTHS.has(term)).length;
  const days = claimed.filter(isDay).map(({ term }) => term);
  const isOnly = !terms.some(isDay) || days.every((day) => terms.some(({ term }) => term === day));
  return isOnly && years.size <= 1 && months <= 1 && terms.every(isDate) && terms.some(({ term }) => !DAY.test(term));
}

/** The 14 of "14 May". */
function isDay({ term, after }: Placed): boolean {
  return DAY.test(term) && extractTerms(after.split(' ', 1)[0] ?? '').some((word) => MONTHS.has(word));
}

const MONTHS: ReadonlySet<string> = new Set(ENGLISH_MONTHS.flatMap((month) => extractTerms(month)));

/** "Built by Hitachi" is "Hitachi built"; "according to Kyodo" stands anywhere. */
function isAgent({ before }: Placed, { after, word }: Placed): boolean {
  const isDone = /^by [^\d]/.test(after) && PARTICIPLE.test(word);
  return isDone || isDoneBy(before) || /\baccording to(?: the| an?)?$/.test(before.join(' '));
}

function isBy(before: readonly string[]): boolean {
  return BY.test(before.join(' '));
}

/** The same of a source, where it is no "report by". */
function isDoneBy(before: readonly string[]): boolean {
  const found = BY.exec(before.join(' '));
  return found !== null && (found[1] === undefined || /^\d/.test(found[1]) || PARTICIPLE.test(found[1]));
}

const BY = /(?:^|(\S+) )by(?: the| an?| no| all| its| their| both)?$/;
/** "Built by the port", and not "a report by the port". */
const PARTICIPLE = /(?:ed|en|[our]n|wn|ne|ilt|eld|ent|und|ade|aid|ught|[ue]t|ept|ung)$/;

function isNumber(term: string): boolean {
  return /\p{Nd}/u.test(term);
}

/** "A was asked by B" of "A asked B": the order of the words, and the other one's deed. */
function becomesAgent({ term, before }: Placed, said: readonly Placed[]): boolean {
  return isBy(before) && !isNumber(term) && !said.some((other) => other.term === term && isBy(other.before));
}

/** "B built A" and "A was built by B": all but the one who did it is on the other side. */
function changesVoice([first]: readonly Placed[], said: readonly Placed[]): boolean {
  if (!first || isNumber(first.term)) return false;
  return isBy(first.before) !== said.some(({ term, before }) => term === first.term && isDoneBy(before));
}

/** "B declined what A called for" of "A declined what was called for by B" with another "by". */
function swapsAgents({ claimed, said }: Compared): boolean {
  const agents = said.filter(({ term, before }) => isBy(before) && !isNumber(term)).map(({ term }) => term);
  const isFreed = agents.some((agent) => claimed.some(({ term, before }) => term === agent && !isBy(before)));
  return isFreed && claimed.some((placed) => becomesAgent(placed, said));
}

/** "Under the plan, …" of a source may stand at the end. */
function wasInFront({ term, before }: Placed, [front]: readonly Placed[]): boolean {
  return front?.term === term && before.some((word) => PREPOSITIONS.has(word) && front.before.includes(word));
}

/** A clause that is joined by the same word in both. */
function joins({ before }: Placed, starts: readonly Placed[]): boolean {
  return before.some((word) => SUBORDINATORS.has(word) && starts.some((start) => start.before.includes(word)));
}
