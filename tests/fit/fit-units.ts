import { expectedAnswer } from '../../src/chat-model/expected-answer.ts';
import { FEATURES } from '../../src/chat-model/measure-unit.ts';
import { scoreUnits, type Candidate } from '../../src/chat-model/score-units.ts';
import { containsPhrase } from '../eval/contains-phrase.ts';
import type { FitCase } from './collect-cases.ts';
import { at, descend, dot, isHeldOut } from './descend.ts';

/** Strength of the pull towards 0: features are shares and flags, all about 0–1. */
const PULL = 0.0005;
const STEPS = 300;
/** Questions on agreements count more than those on anything. */
const OWN_WEIGHT = 3;
/** A sentence that holds the answer in another document than the judged one may be chance. */
const ELSEWHERE = 0.3;

interface Sample {
  readonly set: string;
  readonly heldOut: boolean;
  /** One row of features a unit. */
  readonly features: readonly Float64Array[];
  /** How far each unit answers, 0–1. */
  readonly answers: readonly number[];
}

/** What a fit found, and how it does on what it saw and on what it did not. */
export interface UnitFit {
  readonly weights: Readonly<Record<string, number>>;
  readonly shares: readonly UnitShare[];
}

/** Share of questions whose best unit, and whose two best units, hold the answer. */
export interface UnitShare {
  readonly set: string;
  readonly heldOut: boolean;
  readonly n: number;
  readonly first: number;
  readonly firstTwo: number;
}

/**
 * Weights under which the units that answer are likely among all units of a question: softmax over its candidates.
 * Half of each public set's documents are held out, and every set named in `tests`; `all` fits on those halves too.
 */
export function fitUnits(
  cases: readonly FitCase[],
  { tests, all }: { tests: readonly string[]; all: boolean },
): UnitFit {
  const samples = cases.flatMap((one) => toSample(one, tests) ?? []);
  const used = samples.filter(({ set, heldOut }) => !tests.includes(set) && (all || !heldOut));
  const weights = descend(slopeOf(used), {
    start: new Float64Array(FEATURES.length),
    prior: new Float64Array(FEATURES.length),
    pull: new Float64Array(FEATURES.length).fill(PULL),
    steps: STEPS,
  });
  const named = FEATURES.map((name, k) => [name, Number(at(weights, k).toFixed(2))] as const);
  return { weights: Object.fromEntries(named), shares: sharesOf(samples, weights) };
}

function toSample(one: FitCase, tests: readonly string[]): Sample | undefined {
  if (one.kind !== 'answerable' && one.kind !== 'unanswerable') return undefined;
  const { text, weighed, passages, language, set, gold } = one;
  const expected = expectedAnswer(weighed.asking, text);
  const candidates = scoreUnits(weighed, passages, { expected, language });
  const answers = candidates.map((candidate) => answersOf(one, candidate));
  const features = candidates.map((candidate) => Float64Array.from(FEATURES, (name) => candidate.features[name]));
  const heldOut = tests.includes(set) || (isPublic(one) && isHeldOut(articleOf(gold)));
  return { set, heldOut, features, answers };
}

/** How far a unit answers: by the share of groups it holds; for what is not given, by saying so. */
function answersOf(one: FitCase, { passage, text, denies, own }: Candidate): number {
  const isGold = one.gold.some((id) => withoutLanguage(id) === withoutLanguage(passage.document.id));
  if (one.kind === 'unanswerable') return isGold && denies && own > 0 ? 1 : 0;
  const held = one.groups.filter((group) => group.some((phrase) => containsPhrase(text, phrase))).length;
  const share = one.groups.length > 0 ? held / one.groups.length : 0;
  return isGold ? share : isPublic(one) ? share * ELSEWHERE : 0;
}

/** Public sets name an answer by one group of strings, copied from the text. */
function isPublic({ set }: FitCase): boolean {
  return !isOwn(set);
}

function isOwn(set: string): boolean {
  return set.startsWith('questions');
}

function articleOf([first = '']: readonly string[]): string {
  return first.replace(/-\d+$/, '');
}

function withoutLanguage(id: string): string {
  return id.replace(/-(?:hi|ja|ta)$/, '');
}

/** The slope of the mean loss; a set counts by the root of its size, so that the largest does not drown the others. */
function slopeOf(samples: readonly Sample[]): (weights: Float64Array) => Float64Array {
  const usable = samples.filter(({ answers }) => answers.some((answer) => answer > 0));
  const sizes = new Map<string, number>();
  for (const { set } of usable) sizes.set(set, (sizes.get(set) ?? 0) + 1);
  const weightOf = ({ set }: Sample): number => (isOwn(set) ? OWN_WEIGHT : 1) / Math.sqrt(sizes.get(set) ?? 1);
  const total = usable.reduce((sum, sample) => sum + weightOf(sample), 0);
  return (weights) => {
    const slope = new Float64Array(weights.length);
    for (const sample of usable) addSlope(slope, sample, { weights, share: weightOf(sample) / total });
    return slope;
  };
}

function addSlope(
  slope: Float64Array,
  { features, answers }: Sample,
  { weights, share }: { weights: Float64Array; share: number },
): void {
  const chances = softmax(features.map((row) => dot(weights, row)));
  const right = dot(chances, answers);
  for (const [i, row] of features.entries()) {
    const chance = at(chances, i);
    const difference = share * (chance - (chance * at(answers, i)) / right);
    if (Math.abs(difference) < 1e-7) continue;
    for (let k = 0; k < row.length; k++) slope[k] = at(slope, k) + difference * at(row, k);
  }
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - most));
  const total = odds.reduce((sum, odd) => sum + odd, 0);
  return odds.map((odd) => odd / total);
}

function sharesOf(samples: readonly Sample[], weights: Float64Array): UnitShare[] {
  const keys = [...new Set(samples.map(({ set, heldOut }) => `${set} ${heldOut}`))];
  return keys.map((key) => {
    const group = samples.filter(({ set, heldOut }) => `${set} ${heldOut}` === key);
    const places = group.map((sample) => placeOfAnswer(sample, weights));
    const n = group.length;
    const within = (most: number): number => places.filter((place) => place < most).length / n;
    return { set: group[0]?.set ?? '', heldOut: group[0]?.heldOut ?? false, n, first: within(1), firstTwo: within(2) };
  });
}

/** The place (0 is first) of the first unit that answers whole. */
function placeOfAnswer({ features, answers }: Sample, weights: Float64Array): number {
  const scored = features.map((row, i) => ({ score: dot(weights, row), answer: at(answers, i) }));
  const place = scored.toSorted((a, b) => b.score - a.score).findIndex(({ answer }) => answer >= ELSEWHERE);
  return place === -1 ? Infinity : place;
}
