import type { Passage } from '../domain.ts';
import { holds, shareHeld } from '../language/held-terms.ts';
import type { WeighedQuestion, WeighedTerm } from '../language/weigh-question.ts';
import { familiesOf } from '../language/word-families.ts';
import { EVIDENCE_BIAS, EVIDENCE_WEIGHTS } from './evidence-weights.ts';
import { measureAbsence } from './measure-absence.ts';
import type { UnitFeatures } from './measure-unit.ts';
import type { AnswerKind, ExpectedAnswer } from './expected-answer.ts';
import type { ChosenUnit } from './choose-units.ts';
import type { Candidate } from './score-units.ts';

/** How many of the best passages tell how near the corpus comes to the question. */
const TELLING_PASSAGES = 5;
/** Kinds of thing whose absence can be told from a text. */
const TELLABLE: readonly AnswerKind[] = ['date', 'duration', 'number', 'money'];

/** What is asked in the negative, texts seldom say; a condition or another clause may well be negative. */
const DENIES = /\b(?:not|never|without|neither|nor|except|other than|\p{L}+n['’]t)\b/iu;
const ASKS_DENIED =
  /\b(?:who|whom|whose|what|which|when|where|why|how)(?:\s+(?!(?:that|because|if|but|and|or|since)\b)[\p{L}\p{N}'’-]+){0,8}?\s+(?:not|never|without|neither|nor|except|\p{L}+n['’]t)\b/iu;
/** How English denies a verb, and asks for what is not. */
const NEGATION = /\b(?:not|never|\p{L}+n['’]t)\b/iu;
const ASKS_NEGATED =
  /\b(?:who|whom|what|which|when|where|why|how)(?:\s+[\p{L}\p{N}-]+){0,4}?\s+(?:not|never|\p{L}+n['’]t)\b/iu;

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const INDIC = /[\p{Script=Devanagari}\p{Script=Tamil}]/u;

export type Signal = keyof typeof EVIDENCE_WEIGHTS;
export const SIGNALS = Object.keys(EVIDENCE_WEIGHTS) as Signal[];

interface Evidence {
  readonly weighed: WeighedQuestion;
  readonly expected: ExpectedAnswer;
  readonly passages: readonly Passage[];
}

/** What the chosen units amount to: an answer, something on the subject only, or nothing. */
export type Verdict = 'full' | 'near-miss' | 'nothing';

export interface Judgement {
  readonly verdict: Verdict;
  /** How likely (0–1) the units speak of what was asked. */
  readonly confidence: number;
}

/**
 * Below this confidence the units do not speak of the question, by the script it is in: what matches by chance differs.
 * Chosen with questions of other subjects, see docs/BENCHMARKS.md.
 */
const LEAST_CONFIDENCE = { latin: 0.1, indic: 0.25, cjk: 0.17 };

export function judgeEvidence(units: readonly ChosenUnit[], evidence: Evidence): Judgement {
  const chosen = units.flatMap(({ lead, ...unit }): Candidate[] => (lead ? [unit, lead] : [unit]));
  if (chosen.length === 0) return { verdict: 'nothing', confidence: 0 };
  const signals = weighEvidence(chosen, evidence);
  const odds = SIGNALS.reduce((sum, signal) => sum + EVIDENCE_WEIGHTS[signal] * signals[signal], EVIDENCE_BIAS);
  const confidence = 1 / (1 + Math.exp(-odds));
  const script = signals.cjk === 1 ? 'cjk' : signals.indic === 1 ? 'indic' : 'latin';
  const speaks = confidence >= LEAST_CONFIDENCE[script];
  return { verdict: speaks ? completeness(chosen, evidence.expected) : 'nothing', confidence };
}

/** What tells whether the chosen units, at least one, answer the question. */
export function weighEvidence(
  chosen: readonly Candidate[],
  { weighed, expected, passages }: Evidence,
): Readonly<Record<Signal, number>> {
  const bestUnit = chosen.reduce((a, b) => (b.score > a.score ? b : a));
  const { features: best } = bestUnit;
  const most = (value: (candidate: Candidate) => number): number => Math.max(0, ...chosen.map(value));
  const similarity = Math.max(0, ...passages.slice(0, TELLING_PASSAGES).map((passage) => passage.similarity));
  const own = most((candidate) => candidate.own);
  return {
    ...measureAbsence(chosen, { weighed, passages, best: bestUnit }),
    ...measureLanguage(weighed, best, own),
    coverage: most(({ coverage }) => coverage),
    own,
    ownSquared: own ** 2,
    passage: most(({ features }) => inPassage(features)),
    score: bestUnit.score / 10,
    focus: best.focus,
    similarity,
    unread: Number(similarity <= 0),
    found: most(({ found }) => found),
    lacking: Number(lacksKind(chosen, expected)),
    chance: most(({ chance }) => chance),
    order: best.order,
    density: best.density,
    count: most(({ features }) => features.count),
    kindred: best.kindred,
    negated: Number(ASKS_NEGATED.test(weighed.asking) && !chosen.some(({ text }) => NEGATION.test(text))),
    uncounted: Number(lacksCounted(chosen, expected)),
    denied: Number(ASKS_DENIED.test(weighed.asking) && !chosen.some(({ text }) => DENIES.test(text))),
    dated: Number(expected.kinds.includes('date')),
    elsewhere: best.elsewhere,
    ...measureRanks(bestUnit.passage, passages),
    terms: Math.log1p(weighed.terms.length) / 2,
  };
}

/** How well the best passage was ranked, and how far the best unit's own is ahead of those of other documents. */
function measureRanks(own: Passage, passages: readonly Passage[]): Readonly<Record<'fused' | 'ahead', number>> {
  const others = passages.filter(({ chunk }) => chunk.documentId !== own.chunk.documentId);
  const coverageOf = ({ signals }: Passage): number => signals.coverage ?? 0;
  return {
    fused: Math.max(...passages.map(({ signals }) => signals.fused)),
    ahead: coverageOf(own) - Math.max(0, ...others.map(coverageOf)),
  };
}

function inPassage({ own, context, before, after, elsewhere }: UnitFeatures): number {
  return own + context + before + after + elsewhere;
}

/** Words of two languages match in fewer ways, and words without spaces or with endings in more. */
function measureLanguage(
  { asking, foreign: equivalents }: WeighedQuestion,
  best: UnitFeatures,
  own: number,
): Readonly<Record<'foreign' | 'foreignOwn' | 'foreignPassage' | 'matched' | 'cjk' | 'indic', number>> {
  const { foreign } = best;
  const words = asking.split(/[\s、。]/).length;
  return {
    foreign,
    foreignOwn: foreign * own,
    foreignPassage: foreign * inPassage(best),
    matched: foreign === 1 ? Math.min(1, equivalents.length / words) : 1,
    cjk: Number(CJK.test(asking)),
    indic: Number(INDIC.test(asking)),
  };
}

function completeness(chosen: readonly Candidate[], expected: ExpectedAnswer): Verdict {
  if (chosen.some(({ denies }) => denies)) return 'full';
  return lacksKind(chosen, expected) || lacksCounted(chosen, expected) ? 'near-miss' : 'full';
}

/** A part's own terms of which the units hold less than this are not spoken of. */
const LEAST_SPOKEN_OF = 0.25;
/** Kinds that many a text holds, whatever it speaks of. */
const LOOSE: readonly AnswerKind[] = ['person', 'place', 'reason', 'verdict'];

/** Whether units hold what one part of a question asks for, of the kind that it asks for. */
export function answersPart(
  chosen: readonly Candidate[],
  { expected, own }: { readonly expected: ExpectedAnswer; readonly own: readonly WeighedTerm[] },
): boolean {
  const { kinds } = expected;
  if (kinds.some((kind) => kind === 'person') && chosen.every(({ found }) => found === 0)) return false;
  if (!kinds.every((kind) => LOOSE.includes(kind))) return true;
  // What its words are in another language is not known here.
  if (own.length === 0 || chosen.every(({ features }) => features.foreign === 1)) return true;
  return shareHeld(own, (term) => spokenOf(term, chosen)) >= LEAST_SPOKEN_OF;
}

function spokenOf(term: WeighedTerm, chosen: readonly Candidate[]): number {
  return Math.max(
    0,
    ...chosen.map((candidate) => Math.max(holds(candidate, term), Number(candidate.context.has(term.term)))),
  );
}

/** A date, a duration, a number or a sum was asked for, and none was found. */
function lacksKind(chosen: readonly Candidate[], { kinds }: ExpectedAnswer): boolean {
  const tellable = kinds.length > 0 && kinds.every((kind) => TELLABLE.includes(kind));
  return tellable && chosen.every(({ found }) => found === 0);
}

/** There are numbers, but not of what was to be counted. */
function lacksCounted(chosen: readonly Candidate[], { counted }: ExpectedAnswer): boolean {
  if (counted.length === 0) return false;
  const families = counted.flatMap((term) => familiesOf(term));
  const isCounted = (candidate: Candidate): boolean =>
    (counted.some((term) => candidate.terms.has(term)) && candidate.features.counted > 0) ||
    counted.some((term) => candidate.context.has(term)) ||
    families.some((family) => candidate.families.has(family));
  return !chosen.some((candidate) => candidate.found > 0 && isCounted(candidate));
}
