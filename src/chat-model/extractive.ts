import type { Unit } from '../domain.ts';
import { isTimelineQuestion } from '../language/timeline-question.ts';
import { splitParts } from '../language/clauses.ts';
import { plainText } from '../language/plain-text.ts';
import { chooseTimeline } from './choose-timeline.ts';
import { chooseUnits, type ChosenUnit } from './choose-units.ts';
import { expectedAnswer, type ExpectedAnswer } from './expected-answer.ts';
import type { ChatModel, DraftEvent, DraftClaim, DraftRequest } from './chat-model.ts';
import { judgeEvidence, type Judgement } from './judge-evidence.ts';
import { scoreUnits, withChances, type Candidate } from './score-units.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { narrowTo, weighQuestion, type WeighedQuestion } from '../language/weigh-question.ts';

/** Answers with the sentences, items and rows that hold most of what the question asks; deterministic, no model. */
export function createExtractiveModel(vocabulary: Vocabulary): ChatModel {
  return {
    id: 'extractive',
    promptDigests: {},
    async *draft(request): AsyncGenerator<DraftEvent> {
      const { chosen, verdict, confidence } = extractAnswer(await weighQuestion(request.question, vocabulary), request);
      if (verdict !== 'nothing') for (const candidate of chosen) yield { type: 'claim', claim: claimOf(candidate) };
      yield { type: 'completeness', completeness: verdict === 'full' ? 'full' : 'none', confidence };
    },
  };
}

interface Extracted extends Judgement {
  readonly chosen: readonly ChosenUnit[];
}

/** Units that answer one of several parts: a list or a table counts whole. */
const MOST_OF_A_PART = 2;
const MOST_OF_ALL = 4;
/** In log-odds: how much worse one document may answer all parts than several would. */
const ONE_SUBJECT = 4;

/** The units that answer a question best, and what they amount to; of several questions in one, each by itself. */
export function extractAnswer(weighed: WeighedQuestion, request: DraftRequest): Extracted {
  const whole = concludePart(readPart(weighed, request), request);
  const parts = splitParts(weighed.asking);
  if (parts.length === 1 || isTimelineQuestion(request.question)) return whole;
  const read = parts.map((part) => readPart(narrowTo(part, weighed), request));
  const document = commonDocument(read.map(({ candidates }) => candidates));
  const answered = read
    .map((part) => concludePart(withinDocument(part, document), request))
    .filter(({ verdict }) => verdict === 'full');
  if (answered.length === 0) return whole;
  const ofParts = answered.flatMap(({ chosen }) => chosen.slice(0, MOST_OF_A_PART));
  const units = [...ofParts, ...(whole.verdict === 'full' ? whole.chosen : [])];
  const confidence = Math.max(...answered.map((part) => part.confidence));
  return { chosen: withoutRepeats(units).slice(0, MOST_OF_ALL), verdict: 'full', confidence };
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

function withinDocument(part: Part, document: string | undefined): Part {
  if (document === undefined) return part;
  const candidates = part.candidates.filter(({ passage }) => passage.chunk.documentId === document);
  return { ...part, candidates: withChances(candidates) };
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
  const steps = isTimelineQuestion(question) ? chooseTimeline(candidates) : [];
  const chosen = steps.length > 0 ? steps : chooseUnits(candidates, expected);
  return { chosen, ...judgeEvidence(chosen, { weighed, expected, passages }) };
}

export function claimOf({ passage: { rank, chunk }, unit, text, lead }: ChosenUnit): DraftClaim {
  const start = lead?.unit.start ?? unit.start;
  const quote = lead ? chunk.text.slice(start - chunk.start, unit.end - chunk.start) : text;
  return { text: plainText(quote), quotes: [{ passage: rank, quote, start }] };
}
