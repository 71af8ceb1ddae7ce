import type { Passage, Unit } from '../domain.ts';
import { holds } from '../language/held-terms.ts';
import { isDirective, isQuestion } from '../language/manner.ts';
import { extractTerms } from '../language/terms.ts';
import { hidesText } from '../language/visible-text.ts';
import type { WeighedQuestion, WeighedTerm } from '../language/weigh-question.ts';
import type { ExpectedAnswer } from './expected-answer.ts';
import { FEATURES, measureUnit, type Asked, type UnitFeatures } from './measure-unit.ts';
import { readHead } from './question-head.ts';
import { readPassage, type Reading } from './read-passage.ts';
import { UNIT_WEIGHTS } from './unit-weights.ts';

/** How many passages tell which document the question is about. */
const TELLING_PASSAGES = 5;
/** A term that none of the passages holds says little of which unit answers, and may be a slip of the pen. */
const MISSING_SHARE = 0.5;

/** A quote is at least a clause. UTF-16 code units; scripts without spaces say as much in half. */
const SHORTEST_QUOTE = 12;
const SHORTEST_CJK_QUOTE = 6;

/** A unit that may be quoted, and how well it answers. */
export interface Candidate {
  readonly passage: Passage;
  readonly unit: Unit;
  /** The unit's place in its passage. */
  readonly at: number;
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  readonly families: ReadonlySet<string>;
  /** The terms of its headings. */
  readonly context: ReadonlySet<string>;
  /** What the unit itself holds of the question's weight, by term; all of it together is 1. */
  readonly held: ReadonlyMap<string, number>;
  /** The sum of that. */
  readonly own: number;
  /** The same with its surroundings: headings, the sentence before, the passage. */
  readonly coverage: number;
  /** Share (0–1) of the kinds of thing asked for that it holds. */
  readonly found: number;
  readonly denies: boolean;
  readonly features: UnitFeatures;
  /** Log-odds: a difference of 1 makes it 2.7 times as likely to be the answer. */
  readonly score: number;
  /** How likely (0–1) it is the answer, if one of the candidates is. */
  readonly chance: number;
}

/** Every quotable unit of the passages, best first; ties go to the better passage, then to what comes first. */
export function scoreUnits(
  question: WeighedQuestion,
  passages: readonly Passage[],
  { expected, language }: { expected: ExpectedAnswer; language: string },
): Candidate[] {
  const read = passages.map(readPassage);
  const inSame = withoutMissing(question.terms, read);
  const inOther = withoutMissing(question.foreign, read);
  const standing = rankPassages(passages);
  const names = namesIn(question.asking);
  const common = { expected, head: readHead(question.asking), sequence: extractTerms(question.asking), names };
  const candidates = read.flatMap((reading) => {
    const { language: written } = reading.passage.document;
    const foreign = written !== language;
    const terms = foreign ? inOther : inSame;
    const asked = {
      ...common,
      terms,
      foreign,
      third: foreign && written !== 'en',
      standing: standing(reading.passage),
    };
    return reading.units.flatMap((_, at) => scoreUnit(reading, at, asked) ?? []);
  });
  return withChances(candidates.filter((candidate) => isQuotable(candidate))).toSorted(
    (a, b) => b.score - a.score || a.passage.rank - b.passage.rank || a.unit.start - b.unit.start,
  );
}

/** A capital within a sentence, or Latin letters in another script. */
const NAME = /(?<=[\p{L}\p{N},"“'(]\s+)["“'(]?\p{Lu}[\p{L}\p{N}-]+|\p{Lu}[\p{L}\p{N}-]*\p{Lu}[\p{L}\p{N}-]*/gu;

export function namesIn(text: string): ReadonlySet<string> {
  return new Set((text.match(NAME) ?? []).flatMap((name) => extractTerms(name)));
}

function withoutMissing(terms: readonly WeighedTerm[], read: readonly Reading[]): WeighedTerm[] {
  return terms.map((term) =>
    read.some(({ whole, context }) => holds(whole, term) > 0 || holds(context, term) > 0)
      ? term
      : { ...term, weight: term.weight * MISSING_SHARE },
  );
}

/** How each passage stands: its score beside the best, and the share of its document in the best ones. */
function rankPassages(passages: readonly Passage[]): (passage: Passage) => Asked['standing'] {
  const best = Math.max(...passages.map(({ signals }) => signals.fused), 0);
  const telling = passages.slice(0, TELLING_PASSAGES);
  const total = telling.reduce((sum, { signals }) => sum + signals.fused, 0);
  const focus = new Map<string, number>();
  for (const { chunk, signals } of telling) {
    focus.set(chunk.documentId, (focus.get(chunk.documentId) ?? 0) + (total > 0 ? signals.fused / total : 0));
  }
  return ({ chunk, signals }) => ({
    fused: best > 0 ? signals.fused / best : 0,
    focus: focus.get(chunk.documentId) ?? 0,
  });
}

function scoreUnit(reading: Reading, at: number, asked: Asked): Candidate | undefined {
  const unit = reading.units[at];
  const measured = measureUnit(reading, at, asked);
  if (!unit || !measured) return undefined;
  const { held, ...rest } = measured;
  return {
    passage: reading.passage,
    unit: unit.unit,
    at,
    text: unit.text,
    terms: unit.terms,
    families: unit.families,
    context: reading.context.terms,
    held: held.byTerm,
    own: held.own,
    coverage: held.coverage,
    ...rest,
    score: FEATURES.reduce((sum, name) => sum + UNIT_WEIGHTS[name] * measured.features[name], 0),
    chance: 0,
  };
}

/** How likely each is, if one of them is the answer. */
export function withChances(candidates: readonly Candidate[]): Candidate[] {
  const best = Math.max(...candidates.map(({ score }) => score));
  const odds = candidates.map(({ score }) => Math.exp(score - best));
  const total = odds.reduce((sum, odd) => sum + odd, 0);
  return candidates.map((candidate, i) => ({ ...candidate, chance: (odds[i] ?? 0) / total }));
}

/** The first row of a table names its columns and states nothing. */
function isTableHead({ passage, at }: Candidate): boolean {
  const kindAt = (place: number): string | undefined => passage.chunk.units[place]?.kind;
  return kindAt(at) === 'row' && kindAt(at - 1) !== 'row' && kindAt(at + 1) === 'row' && !followsTable(passage);
}

/** Whether the chunk begins in the middle of a table. */
function followsTable({ chunk }: Passage): boolean {
  return !/\|\s*:?-{3,}/.test(chunk.text);
}

/** Whether a text, or a line within it that begins like a sentence, instructs or asks. */
function bids(text: string): boolean {
  const lines = text.split('\n').filter((line, i) => i === 0 || /^\s*["“]?\p{Lu}/u.test(line));
  return isQuestion(text) || lines.some((line) => isDirective(line));
}

/** Long enough to be a clause, and a statement: not an instruction, a table's head or a text that hides characters. */
function isQuotable(candidate: Candidate): boolean {
  const { text } = candidate;
  const shortest = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? SHORTEST_CJK_QUOTE
    : SHORTEST_QUOTE;
  return text.length >= shortest && !hidesText(text) && !bids(text) && !isTableHead(candidate);
}
