import type { Passage, Unit } from '../domain.ts';
import { pointsBack, splitParts } from '../language/clauses.ts';
import { holdChunk } from '../language/held-terms.ts';
import { extractTerms } from '../language/terms.ts';
import { isTimelineQuestion } from '../language/timeline-question.ts';
import { narrowTo, type WeighedQuestion, type WeighedTerm } from '../language/weigh-question.ts';
import type { DraftRequest } from './chat-model.ts';
import { chooseTimeline } from './choose-timeline.ts';
import { chooseUnits, type ChosenUnit } from './choose-units.ts';
import { expectedAnswer, type ExpectedAnswer } from './expected-answer.ts';
import { answersPart, judgeEvidence, type Judgement } from './judge-evidence.ts';
import { inReadersLanguage } from './prefer-units.ts';
import { namesIn, scoreUnits, withChances, type Candidate } from './score-units.ts';

interface Extracted extends Judgement {
  readonly chosen: readonly ChosenUnit[];
}

/** The units that answer, what they amount to, and the parts of the question, as it puts them, that none answers. */
export interface AnsweredParts extends Extracted {
  readonly unanswered: readonly string[];
  /** Whether all parts are answered by more than the source's word that it does not know. */
  readonly isWhole: boolean;
}

/** Units that answer one of several parts: a list or a table counts whole. */
const MOST_OF_A_PART = 2;
const MOST_OF_ALL = 4;
/** In log-odds: how much worse one document may answer all parts than several would. */
const ONE_SUBJECT = 4;

/** The units that answer a question best, and what they amount to; of several questions in one, each by itself. */
export function answerParts(weighed: WeighedQuestion, request: DraftRequest): AnsweredParts {
  const whole = { ...concludePart(readPart(weighed, request), request), unanswered: [], isWhole: true };
  const parts = splitParts(weighed.asking);
  if (parts.length === 1 || isTimelineQuestion(request.question)) return whole;
  const subject = subjectOf(parts);
  const read = parts.map((part) => {
    const about = pointsBack(part) ? subject : NOTHING;
    return aboutIt(readPart(narrowTo(part, weighed, about), request), about);
  });
  const document = commonDocument(read.map(({ candidates }) => candidates));
  const concluded = read.map((part) => {
    const found = concludePart(withinDocument(part, document), request);
    const own = ownTerms(part.weighed, parts);
    const isAnswered = found.verdict === 'full' && answersPart(found.chosen, { expected: part.expected, own });
    return { ...found, expected: part.expected, part: part.weighed.asking, isAnswered };
  });
  const answered = concluded.filter(({ isAnswered }) => isAnswered);
  if (answered.length === 0) return whole;
  const ofParts = answered.flatMap(({ chosen }) => chosen.slice(0, MOST_OF_A_PART));
  const ofWhole = whole.verdict === 'full' && !parts.some(pointsBack) ? whole.chosen : [];
  const chosen = withoutRepeats([...ofParts, ...ofWhole]).slice(0, MOST_OF_ALL);
  const confidence = Math.max(...answered.map((part) => part.confidence));
  const unanswered = concluded.flatMap(({ part, isAnswered }) => (isAnswered ? [] : [part]));
  const isWhole = concluded.every((part) => part.isAnswered && !isSilent(part));
  return { chosen, verdict: 'full', confidence, unanswered, isWhole };
}

/** Nothing of what was asked but the source's word that it does not know. */
function isSilent({ chosen, expected: { kinds } }: Extracted & Pick<Part, 'expected'>): boolean {
  return kinds.length > 0 && chosen.every(({ found }) => found === 0) && chosen.some(({ denies }) => denies);
}

const NOTHING: ReadonlySet<string> = new Set();

/** The terms of what the first part names, or asks the meaning of: a later part may point back at it. */
function subjectOf([first = '']: readonly string[]): ReadonlySet<string> {
  const names = namesIn(first);
  if (names.size > 0) return names;
  return new Set(expectedAnswer(first).defines);
}

/** Of the candidates those whose passages speak of a subject, where some do. */
function aboutIt(part: Part, subject: ReadonlySet<string>): Part {
  const speaks = new Map<Passage, boolean>();
  const speaksOf = (passage: Passage): boolean => {
    const known = speaks.get(passage) ?? isSpokenOf(subject, passage);
    speaks.set(passage, known);
    return known;
  };
  const candidates = part.candidates.filter(({ passage }) => speaksOf(passage));
  return candidates.length > 0 ? { ...part, candidates: withChances(candidates) } : part;
}

function isSpokenOf(subject: ReadonlySet<string>, { chunk }: Passage): boolean {
  const { terms } = holdChunk(chunk);
  return [...subject].every((term) => terms.has(term));
}

function withoutRepeats(units: readonly ChosenUnit[]): ChosenUnit[] {
  const said = new Set<Unit>();
  return units.flatMap(({ lead, ...one }) => {
    if (said.has(one.unit)) return [];
    const isNew = lead !== undefined && !said.has(lead.unit);
    for (const { unit } of isNew ? [one, lead] : [one]) said.add(unit);
    return [isNew ? { ...one, lead } : one];
  });
}

/** The document that answers all parts best, where one comes near what several would: they ask about one subject. */
function commonDocument(parts: readonly (readonly Candidate[])[]): string | undefined {
  const sums = new Map<string, number>();
  const ids = new Set(parts.flat().map(({ passage }) => passage.chunk.documentId));
  for (const id of ids) {
    const best = parts.map((candidates) => candidates.find(({ passage }) => passage.chunk.documentId === id)?.score);
    sums.set(
      id,
      best.reduce((sum: number, score) => sum + (score ?? -Infinity), 0),
    );
  }
  const apart = parts.reduce((sum, [best]) => sum + (best?.score ?? 0), 0);
  const [first] = [...sums].toSorted(([, a], [, b]) => b - a);
  return first && first[1] >= apart - ONE_SUBJECT ? first[0] : undefined;
}

function isOf({ passage }: Candidate, document: string | undefined): boolean {
  return document === undefined || passage.chunk.documentId === document;
}

function withinDocument(part: Part, document: string | undefined): Part {
  if (document === undefined) return part;
  const candidates = part.candidates.filter((candidate) => isOf(candidate, document));
  return { ...part, candidates: withChances(candidates) };
}

/** The terms that only this part has. */
function ownTerms({ terms, asking }: WeighedQuestion, parts: readonly string[]): WeighedTerm[] {
  const others = new Set(parts.filter((part) => part !== asking).flatMap((part) => extractTerms(part)));
  const own = new Set(extractTerms(asking).filter((term) => !others.has(term)));
  return terms.filter(({ term }) => own.has(term));
}

interface Part {
  readonly weighed: WeighedQuestion;
  readonly expected: ExpectedAnswer;
  /** Best first. */
  readonly candidates: readonly Candidate[];
}

function readPart(weighed: WeighedQuestion, { question, passages, language }: DraftRequest): Part {
  const expected = expectedAnswer(weighed.asking, question);
  return { weighed, expected, candidates: scoreUnits(weighed, passages, { expected, language }) };
}

function concludePart({ weighed, expected, candidates }: Part, { question, passages }: DraftRequest): Extracted {
  const steps = isTimelineQuestion(question) ? chooseTimeline(inReadersLanguage(candidates)) : [];
  const chosen = steps.length > 0 ? steps : chooseUnits(candidates, expected);
  return { chosen, ...judgeEvidence(chosen, { weighed, expected, passages }) };
}
