import { isTimelineQuestion } from '../language/timeline-question.ts';
import { plainText } from '../language/plain-text.ts';
import { chooseTimeline } from './choose-timeline.ts';
import { chooseUnits, type ChosenUnit } from './choose-units.ts';
import { expectedAnswer } from './expected-answer.ts';
import type { ChatModel, DraftEvent, DraftClaim, DraftRequest } from './chat-model.ts';
import { judgeEvidence, type Judgement } from './judge-evidence.ts';
import { scoreUnits } from './score-units.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { weighQuestion, type WeighedQuestion } from '../language/weigh-question.ts';

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

/** The units that answer a question best, and what they amount to. */
export function extractAnswer(
  weighed: WeighedQuestion,
  { question, passages, language }: DraftRequest,
): Judgement & { readonly chosen: readonly ChosenUnit[] } {
  const expected = expectedAnswer(weighed.asking);
  const candidates = scoreUnits(weighed, passages, { expected, language });
  const steps = isTimelineQuestion(question) ? chooseTimeline(candidates) : [];
  const chosen = steps.length > 0 ? steps : chooseUnits(candidates, expected);
  return { chosen, ...judgeEvidence(chosen, { weighed, expected, passages }) };
}

export function claimOf({ passage: { rank, chunk }, unit, text, lead }: ChosenUnit): DraftClaim {
  const start = lead?.unit.start ?? unit.start;
  const quote = lead ? chunk.text.slice(start - chunk.start, unit.end - chunk.start) : text;
  return { text: plainText(quote), quotes: [{ passage: rank, quote, start }] };
}
