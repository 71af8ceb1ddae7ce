import { plainText } from '../language/plain-text.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { weighQuestion } from '../language/weigh-question.ts';
import { answerParts } from './answer-parts.ts';
import type { ChatModel, DraftClaim, DraftEvent } from './chat-model.ts';
import type { ChosenUnit } from './choose-units.ts';

/** Answers with the sentences, items and rows that hold most of what the question asks; deterministic, no model. */
export function createExtractiveModel(vocabulary: Vocabulary): ChatModel {
  return {
    id: 'extractive',
    promptDigests: {},
    async *draft(request): AsyncGenerator<DraftEvent> {
      const weighed = await weighQuestion(request.question, vocabulary);
      const { chosen, verdict, confidence, unanswered, isWhole } = answerParts(weighed, request);
      if (verdict !== 'nothing') for (const candidate of chosen) yield { type: 'claim', claim: claimOf(candidate) };
      const answered = isWhole ? 'full' : 'partial';
      const completeness = verdict === 'full' ? answered : 'none';
      yield { type: 'completeness', completeness, confidence, unanswered };
    },
  };
}

export function claimOf({ passage: { rank, chunk }, unit, text, lead }: ChosenUnit): DraftClaim {
  const start = lead?.unit.start ?? unit.start;
  const quote = lead ? chunk.text.slice(start - chunk.start, unit.end - chunk.start) : text;
  return { text: plainText(quote), quotes: [{ passage: rank, quote, start }] };
}
