import type { Passage } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';
import { plainText } from '../language/plain-text.ts';
import { isTimelineQuestion } from '../language/timeline-question.ts';
import { chooseTimeline } from './choose-timeline.ts';
import { chooseUnits } from './choose-units.ts';
import { expectedAnswer } from './expected-answer.ts';
import type { ChatModel, DraftEvent, DraftClaim } from './chat-model.ts';
import { judgeEvidence } from './judge-evidence.ts';
import { scoreUnits, type Candidate } from './score-units.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { weighQuestion } from '../language/weigh-question.ts';

/** How many of the best passages tell how near the corpus comes to the question. */
const TELLING_PASSAGES = 5;

/** Answers with the sentences, items and rows that hold most of what the question asks; deterministic, no model. */
export function createExtractiveModel(vocabulary: Vocabulary): ChatModel {
  return {
    id: 'extractive',
    promptDigests: {},
    async *draft({ question, language, passages }): AsyncGenerator<DraftEvent> {
      const weighed = await weighQuestion(question, vocabulary);
      const expected = expectedAnswer(weighed.asking);
      const candidates = scoreUnits(weighed, passages, { expected, language });
      const steps = isTimelineQuestion(question) ? chooseTimeline(candidates) : [];
      const chosen = steps.length > 0 ? steps : chooseUnits(candidates, expected);
      const verdict = judgeEvidence(chosen, {
        expected,
        similarity: Math.max(...passages.slice(0, TELLING_PASSAGES).map((passage) => passage.similarity), 0),
        missingNames: countMissingNames(weighed.asking, passages),
      });
      if (verdict !== 'nothing') for (const candidate of chosen) yield { type: 'claim', claim: claimOf(candidate) };
      yield { type: 'completeness', completeness: verdict === 'full' ? 'full' : 'none' };
    },
  };
}

/** Names of the question, other than its first word, that stand in none of the passages. */
function countMissingNames(asking: string, passages: readonly Passage[]): number {
  const names = new Set(
    [...asking.matchAll(/(?<=[\p{L}\p{N},"“'(]\s+)["“'(]?\p{Lu}\p{Ll}{3,}(?![\p{L}\p{N}])/gu)].flatMap(([name]) =>
      extractTerms(name),
    ),
  );
  const held = new Set(passages.flatMap(({ chunk }) => extractTerms(`${chunk.context}\n${chunk.text}`)));
  return [...names].filter((name) => !held.has(name)).length;
}

function claimOf({ passage, unit, text }: Candidate): DraftClaim {
  return { text: plainText(text), quotes: [{ passage: passage.rank, quote: text, start: unit.start }] };
}
