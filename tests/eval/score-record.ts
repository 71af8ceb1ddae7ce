import { findViolations, type Violation } from './find-violations.ts';
import type { AnswerRecord } from './generate-answers.ts';
import { isAnswerable, isGold, scoreAnswer, type Fault } from './score-answer.ts';

/** A record with its verdict. */
export interface ScoredRecord {
  readonly record: AnswerRecord;
  /** Undefined when the answer is correct. */
  readonly fault: Fault | undefined;
  readonly violations: readonly Violation[];
  readonly answerable: boolean;
  readonly answered: boolean;
  readonly goldCited: boolean;
  readonly citations: number;
  readonly goldCitations: number;
}

export function scoreRecord(record: AnswerRecord, promptLines: readonly string[]): ScoredRecord {
  const { question, answer } = record;
  const fault: Fault | undefined = answer
    ? scoreAnswer({ question, answer, promptLines })
    : { cause: 'failed-request', detail: record.error ?? '' };
  const citations = answer?.citations ?? [];
  const goldCitations = citations.filter(({ documentId }) => isGold(question, documentId)).length;
  return {
    record,
    fault,
    violations: findViolations(record),
    answerable: isAnswerable(question.type),
    answered: answer?.outcome === 'answered',
    goldCited: goldCitations > 0,
    citations: citations.length,
    goldCitations,
  };
}
