import { contradicts, type Statement } from '../language/contradicts.ts';
import { leansBack } from '../language/manner.ts';
import { chooseOpening } from './choose-opening.ts';
import type { ExpectedAnswer } from './expected-answer.ts';
import { chanceOf, introducesList, listOf, togetherLikeliest } from './list-units.ts';
import { findOtherVersions, inReadersLanguage, withOfficial } from './prefer-units.ts';
import { withChances, type Candidate } from './score-units.ts';

/** A further sentence must be this likely to be the answer, beside the best. */
const NEAR_BEST = 0.1;
/** And this likely when it holds something of the question that nothing chosen does. */
const NEAR_ENOUGH = 0.02;
/** How much more of the question's weight that must be. */
const WORTHWHILE_GAIN = 0.12;
/** While the answer is less likely than this to be among the chosen, the next best is added. */
const LIKELY = 0.95;
/** If it is this likely itself. */
const LEAST_CHANCE = 0.02;
/** Sentences and characters that an answer grows to: few when the best one answers plainly, more when it may not. */
const PLAIN = { sentences: 3, characters: 500 };
const UNSURE = { sentences: 4, characters: 600 };
/** This much of the question in one unit, with the kind of thing asked for, answers plainly. */
const PLAIN_COVERAGE = 0.75;
/** And this much where it does not speak of what the best speaks of. */
const MAKES_UP = 0.25;
/** A sentence before, to be quoted along, is no longer than this. */
const LONGEST_LEAD = 250;

/** A denial that holds this much of the question itself is on what was asked, whatever its property. */
const OWN_SILENCE = 0.35;

/** A unit to quote, with the sentence before it where it cannot be understood without. */
export interface ChosenUnit extends Candidate {
  readonly lead?: Candidate;
}

/** The units that answer together: the best, what it needs, what adds to it; a list in its own order. */
export function chooseUnits(scored: readonly Candidate[], expected: ExpectedAnswer): ChosenUnit[] {
  const { candidates, units } = chooseInOneLanguage(inReadersLanguage(scored), expected);
  const chosen: ChosenUnit[] = [];
  for (const candidate of withOfficial(units, candidates)) {
    const lead = leadOf(candidate, candidates);
    const at = chosen.findIndex((one) => one.unit === lead?.unit && !one.lead);
    if (chosen.some((one) => one.lead?.unit === candidate.unit)) continue;
    if (!lead || chosen.some((one) => one.lead?.unit === lead.unit)) chosen.push(candidate);
    else chosen.splice(at === -1 ? chosen.length : at, 1, { ...candidate, lead });
  }
  return chosen;
}

/** Of a brief in two languages only one is quoted: what the other is left out for is looked for in that one. */
function chooseInOneLanguage(
  candidates: readonly Candidate[],
  expected: ExpectedAnswer,
): { readonly candidates: readonly Candidate[]; readonly units: readonly Candidate[] } {
  const units = choose(candidates, expected);
  const others = findOtherVersions(units);
  if (others.size === 0) return { candidates, units };
  const rest = withChances(candidates.filter(({ passage }) => !others.has(passage.document.id)));
  return { candidates: rest, units: choose(rest, expected) };
}

/** The sentence that another leans on, to be quoted with it in one piece. */
function leadOf({ text, passage, at, unit }: Candidate, candidates: readonly Candidate[]): Candidate | undefined {
  if (unit.kind !== 'sentence' || !leansBack(text)) return undefined;
  return candidates.find(
    (other) =>
      other.passage === passage &&
      other.at === at - 1 &&
      other.unit.kind === 'sentence' &&
      other.text.length <= LONGEST_LEAD &&
      /^\s?$/.test(passage.chunk.text.slice(other.unit.end - passage.chunk.start, unit.start - passage.chunk.start)),
  );
}

function choose(candidates: readonly Candidate[], expected: ExpectedAnswer): Candidate[] {
  const best = candidates[0];
  if (!best) return [];
  const opening = expected.defines.length > 0 ? chooseOpening(candidates, expected.defines) : [];
  if (opening.length > 0) return opening;
  const listed = expected.list || introducesList(best) ? listOf(best, candidates) : [];
  if (listed.length > 1) return listed;
  const chosen = gather(togetherLikeliest(candidates), { candidates, expected });
  const introduced = chosen.find(introducesList);
  const items = introduced ? listOf(introduced, candidates) : [];
  return [...new Set([...chosen, ...items])];
}

interface Choice {
  readonly candidates: readonly Candidate[];
  readonly expected: ExpectedAnswer;
}

interface Gathered {
  readonly best: Candidate;
  readonly chosen: readonly Candidate[];
  /** How many answer together with the best: they count as one. */
  readonly together: number;
  /** The most telling term of the question that the passage of the best holds. */
  readonly subject: string;
}

function subjectOf(candidates: readonly Candidate[]): string {
  const held = candidates.flatMap((candidate) => [...candidate.held]);
  return held.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/** The best, the source's silence on what was asked, what the best needs, and what adds to it. */
function gather(together: readonly Candidate[], { candidates, expected }: Choice): Candidate[] {
  const best = together.reduce((a, b) => (b.chance > a.chance ? b : a));
  const silence = silenceOn(expected, { best, candidates });
  const subject = subjectOf(candidates.filter(({ passage }) => passage === best.passage));
  const rival = candidates.find((candidate) => isRival(candidate, best));
  const claim = claimDenied([best, silence], candidates);
  const count = countBeside(best, candidates);
  const chosen = [...new Set([count, ...together, rival, silence, claim])].filter(
    (candidate) => candidate !== undefined,
  );
  for (const candidate of [...companionsOf(best, { candidates, expected }), ...candidates]) {
    if (adds(candidate, { best, chosen, subject, together: together.length })) chosen.push(candidate);
  }
  return chosen;
}

/** A number of what is to be counted, where the best gives none. */
function countBeside(best: Candidate, candidates: readonly Candidate[]): Candidate | undefined {
  if (best.features.uncounted === 0) return undefined;
  return candidates.find(({ features, chance }) => features.counted > 0 && chance >= best.chance * NEAR_BEST);
}

/** The source's own word that the very thing asked for is not given. */
function silenceOn(
  { attributes }: ExpectedAnswer,
  { best, candidates }: { best: Candidate; candidates: readonly Candidate[] },
): Candidate | undefined {
  return candidates.find(
    ({ denies, families, passage, own }) =>
      denies &&
      own > 0 &&
      passage.chunk.documentId === best.passage.chunk.documentId &&
      (own >= OWN_SILENCE || [...attributes].some((attribute) => families.has(attribute))),
  );
}

/** What commentary claims of the matter, where a source is quoted that it says nothing of it: the reader sees both. */
function claimDenied(
  quoted: readonly (Candidate | undefined)[],
  candidates: readonly Candidate[],
): Candidate | undefined {
  if (!quoted.some((one) => one?.denies)) return undefined;
  return candidates.find(({ passage, own }) => passage.document.authority === 'commentary' && own >= OWN_SILENCE);
}

/** Another document that gives a different value for the same thing: the reader sees both. */
function isRival(candidate: Candidate, best: Candidate): boolean {
  return (
    candidate.passage.chunk.documentId !== best.passage.chunk.documentId &&
    candidate.chance >= best.chance * NEAR_ENOUGH &&
    contradicts(statementOf(best), statementOf(candidate))
  );
}

function statementOf({ text, passage }: Candidate): Statement {
  return { text, title: passage.document.title, date: passage.document.date };
}

/** How much of the question's weight a candidate holds that none of the chosen does. */
function gain(candidate: Candidate, chosen: readonly Candidate[]): number {
  let sum = 0;
  for (const [term, share] of candidate.held) {
    sum += Math.max(0, share - Math.max(...chosen.map(({ held }) => held.get(term) ?? 0)));
  }
  return sum;
}

/** Whether a candidate may be the answer, belongs to the best, or brings more of the question. */
function isGood(candidate: Candidate, { best, chosen }: Pick<Gathered, 'best' | 'chosen'>): boolean {
  const { chance } = candidate;
  if (chance >= best.chance * NEAR_BEST || isCompanion(candidate, best)) return true;
  if (chance >= LEAST_CHANCE && chanceOf(chosen) < LIKELY) return true;
  return chance >= best.chance * NEAR_ENOUGH && gain(candidate, chosen) >= WORTHWHILE_GAIN;
}

/** Whether a candidate is worth its room beside those chosen. */
function adds(candidate: Candidate, { best, chosen, together, subject }: Gathered): boolean {
  const { sentences, characters } = room(best);
  if (chosen.length - together + 1 >= sentences || lengthOf(chosen) + candidate.text.length > characters) return false;
  if (!isGood(candidate, { best, chosen }) || strays(candidate, { best, chosen, together, subject })) return false;
  return chosen.every((other) => other !== candidate && !saysTheSame(other, candidate));
}

/**
 * Whether a unit of another document lacks what the best is about, and makes up for it by little else of the question: it would be read as if it spoke of the same thing.
 */
function strays(candidate: Candidate, { best, chosen, subject }: Gathered): boolean {
  if (candidate.passage.chunk.documentId === best.passage.chunk.documentId) return false;
  const holdsSubject = (candidate.held.get(subject) ?? 0) > 0 || candidate.context.has(subject);
  return !holdsSubject && gain(candidate, chosen) < MAKES_UP;
}

/** The sentence that leans on the best, or brings what it lacks. */
function companionsOf(best: Candidate, { candidates, expected }: Choice): Candidate[] {
  const after = candidates.find(({ passage, at }) => passage === best.passage && at === best.at + 1);
  const isOpen = expected.kinds.length === 0 || best.denies;
  const continues = after && (after.found > best.found || (leansBack(after.text) && isOpen));
  return continues ? [after] : [];
}

/** How long an answer may grow. */
function room({ coverage, found, denies }: Candidate): typeof PLAIN {
  return coverage >= PLAIN_COVERAGE && (found === 1 || denies) ? PLAIN : UNSURE;
}

function isCompanion(candidate: Candidate, best: Candidate): boolean {
  if (candidate.passage !== best.passage || Math.abs(candidate.at - best.at) !== 1) return false;
  return completes(candidate, best) || leansTogether(candidate, best);
}

/** It holds what the best lacks, or goes on from the best's word that something is not given. */
function completes(candidate: Candidate, best: Candidate): boolean {
  if (best.found === 0 && candidate.found > 0) return true;
  return best.denies && candidate.at > best.at && leansBack(candidate.text);
}

function leansTogether(candidate: Candidate, best: Candidate): boolean {
  const tells = candidate.own > 0 || candidate.found > best.found;
  return tells && (leansBack(candidate.text) || leansBack(best.text));
}

function lengthOf(chosen: readonly Candidate[]): number {
  return chosen.reduce((sum, { text }) => sum + text.length, 0);
}

/** Most of the shorter one's terms are in the other, with the same figures: it would add nothing. */
function saysTheSame(a: Candidate, b: Candidate): boolean {
  const [small, large] = a.terms.size <= b.terms.size ? [a.terms, b.terms] : [b.terms, a.terms];
  if ([...small].some((term) => /^\p{Nd}/u.test(term) && !large.has(term))) return false;
  const shared = [...small].filter((term) => large.has(term)).length;
  return shared >= small.size * 0.7;
}
