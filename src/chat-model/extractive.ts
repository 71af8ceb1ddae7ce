import type { DraftClaim } from '../domain.ts';
import { plainText } from '../language/plain-text.ts';
import { chooseUnits } from './choose-units.ts';
import { expectedAnswer } from './expected-answer.ts';
import type { ChatModel, DraftEvent } from './chat-model.ts';
import { judgeEvidence } from './judge-evidence.ts';
import { scoreUnits, type Candidate } from './score-units.ts';
import { weighQuestion } from '../language/weigh-question.ts';

export interface ExtractiveDependencies {
  /** How much each term tells, > 0. */
  readonly weighTerms: (terms: readonly string[]) => Promise<ReadonlyMap<string, number>>;
}

/** Answers with the sentences, items and rows that hold most of what the question asks; deterministic, no model. */
export function createExtractiveModel({ weighTerms }: ExtractiveDependencies): ChatModel {
  return {
    id: 'extractive',
    promptDigests: {},
    async *draft({ question, language, passages }): AsyncGenerator<DraftEvent> {
      const weighed = await weighQuestion(question, weighTerms);
      const expected = expectedAnswer(weighed.asking);
      const candidates = scoreUnits(weighed, passages, { expected, language });
      const chosen = chooseUnits(candidates, expected);
      const completeness = judgeEvidence(chosen);
      if (completeness !== 'none') for (const candidate of chosen) yield { type: 'claim', claim: claimOf(candidate) };
      yield { type: 'completeness', completeness };
    },
  };
}

function claimOf({ passage, unit, text }: Candidate): DraftClaim {
  return { text: plainText(text), quotes: [{ passage: passage.rank, quote: text, start: unit.start }] };
}
