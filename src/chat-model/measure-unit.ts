import { isDenial, leansBack } from '../language/manner.ts';
import { extractTerms } from '../language/terms.ts';
import type { WeighedTerm } from '../language/weigh-question.ts';
import type { AnswerKind, ExpectedAnswer } from './expected-answer.ts';
import type { QuestionHead } from './question-head.ts';
import { holdQuestion, type HeldShares, type Reading, type ReadUnit } from './read-passage.ts';
import { UNIT_WEIGHTS } from './unit-weights.ts';

/** What is asked. */
export interface Asked {
  /** The terms as they may stand in the passage's language. */
  readonly terms: readonly WeighedTerm[];
  readonly expected: ExpectedAnswer;
  readonly head: QuestionHead;
  /** The terms of the clauses that ask, in their order. */
  readonly sequence: readonly string[];
  /** The terms of the names in it. */
  readonly names: ReadonlySet<string>;
  /** How the passage was ranked, 0–1: its score beside the best one's, and its document's share in the best. */
  /** Whether the passage is in another language than the question, and whether in one that is not English either. */
  readonly foreign: boolean;
  readonly third: boolean;
  readonly standing: { readonly fused: number; readonly focus: number };
}

/** What was read of a unit, and what speaks for it as the answer, each about 0–1. */
export interface Measured {
  readonly held: HeldShares;
  /** Share (0–1) of the kinds of thing asked for that it holds. */
  readonly found: number;
  readonly denies: boolean;
  readonly features: UnitFeatures;
}

type FeatureName = keyof typeof UNIT_WEIGHTS;
export type UnitFeatures = Readonly<Record<FeatureName, number>>;

export const FEATURES = Object.keys(UNIT_WEIGHTS) as FeatureName[];
const NO_FEATURES = Object.fromEntries(FEATURES.map((name) => [name, 0])) as UnitFeatures;

/** Terms further apart than this do not stand together. */
const NEAR = 3;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const INDIC = /[\p{Script=Devanagari}\p{Script=Tamil}]/u;
const NAME = /(?<=[\p{L}\p{N},;:(]\s+|["“「(])\p{Lu}\p{L}+|[\p{Script=Katakana}ー]{3,}/gu;
const DEFINES = /\b(?:is|are|was|were|called|known as|named|means?|defined)\b|とは|という|と呼ば/u;

export function measureUnit(reading: Reading, at: number, asked: Asked): Measured | undefined {
  const unit = reading.units[at];
  if (!unit) return undefined;
  const leans = leansBack(unit.text);
  const denies = isDenial(unit.text);
  const held = holdQuestion(reading, at, { asked: asked.terms, leans });
  const found = held.own > 0 || leans ? asked.expected.found(unit.text) : 0;
  const features = {
    ...NO_FEATURES,
    ...measureHeld(held, leans),
    ...measureKinds(found, held, asked.expected),
    ...measureHead(unit.text, asked.head),
    ...measureOrder(unit.text, asked.sequence, held.own),
    ...measureText(unit, asked),
    rank: 1 / reading.passage.rank,
    ...asked.standing,
    similarity: reading.passage.similarity,
    first: Number(at === 0),
    nameless: shareMissing(reading, asked.names),
    foreign: Number(asked.foreign),
    third: Number(asked.third),
    silence: denies && held.own > 0 && answersBySilence(unit, asked.expected) ? 1 : 0,
  };
  return { held, found, denies, features };
}

/** Share of the question's names that stand neither in the unit nor over it. */
function shareMissing({ context, whole }: Reading, names: ReadonlySet<string>): number {
  if (names.size === 0) return 0;
  const missing = [...names].filter((name) => !whole.terms.has(name) && !context.terms.has(name));
  return missing.length / names.size;
}

function measureHeld(held: HeldShares, leans: boolean): Partial<UnitFeatures> {
  const { byTerm: _, count, ...shares } = held;
  return {
    ...shares,
    ownSquared: held.own ** 2,
    count: Math.log1p(count) / 2,
    leans: leans ? 1 : 0,
    leansOnHeld: leans ? held.before : 0,
  };
}

function measureKinds(found: number, { own }: HeldShares, { kinds }: ExpectedAnswer): Partial<UnitFeatures> {
  const byKind: Partial<Record<AnswerKind, number>> = Object.fromEntries(kinds.map((kind) => [kind, found]));
  return { ...byKind, foundOwn: found * own };
}

function measureHead(text: string, { isHeld, isNamed, isCounted }: QuestionHead): Partial<UnitFeatures> {
  const counted = isCounted?.(text) ?? false;
  return {
    headHeld: isHeld(text) ? 1 : 0,
    headNamed: isNamed(text) ? 1 : 0,
    counted: counted ? 1 : 0,
    uncounted: isCounted !== undefined && !counted ? 1 : 0,
  };
}

/** How many neighbours of the question stand together here too, and how close all its terms stand. */
function measureOrder(text: string, sequence: readonly string[], own: number): Partial<UnitFeatures> {
  const wanted = new Set(sequence);
  const places = new Map<string, number[]>();
  for (const [place, term] of extractTerms(text).entries()) {
    if (wanted.has(term)) places.set(term, [...(places.get(term) ?? []), place]);
  }
  const pairs = sequence.slice(1).map((second, i) => [places.get(sequence[i] ?? ''), places.get(second)] as const);
  const together = pairs.filter(([first, second]) => first?.some((a) => second?.some((b) => b > a && b - a <= NEAR)));
  const all = [...places.values()].flat();
  const span = all.length > 1 ? Math.max(...all) - Math.min(...all) + 1 : 0;
  return {
    order: pairs.length > 0 ? together.length / pairs.length : 0,
    density: span > 0 ? (own * all.length) / span : 0,
  };
}

/** What a unit says that the question does not. */
function measureText({ text, terms }: ReadUnit, { sequence, expected }: Asked): Partial<UnitFeatures> {
  const known = new Set(sequence);
  const open = expected.kinds.length === 0;
  const isNew = (word: string): boolean => !extractTerms(word).some((term) => known.has(term));
  const countNew = (pattern: RegExp): number => (text.match(pattern) ?? []).filter(isNew).length;
  const novel = [...terms].filter((term) => !known.has(term)).length;
  return {
    novel: Math.log1p(novel / (CJK.test(text) ? 2 : INDIC.test(text) ? 4 : 1)),
    length: Math.log(text.length * (CJK.test(text) ? 2.5 : 1)) / 5,
    name: open ? Math.min(1, countNew(NAME) / 3) : 0,
    numeral: open ? Math.min(1, countNew(/\p{Nd}+/gu) / 2) : 0,
    defines: open && DEFINES.test(text) ? 1 : 0,
  };
}

/** A source's silence answers when it is on the property asked for, or when yes or no was asked. */
function answersBySilence({ families }: ReadUnit, { attributes, kinds }: ExpectedAnswer): boolean {
  return kinds.includes('verdict') || [...attributes].some((attribute) => families.has(attribute));
}
