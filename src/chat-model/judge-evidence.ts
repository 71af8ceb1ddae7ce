import { familiesOf } from '../language/word-families.ts';
import type { AnswerKind, ExpectedAnswer } from './expected-answer.ts';
import type { Candidate } from './score-units.ts';

/** Below this share of the question's weight in a unit and its surroundings, it does not speak of the question. */
const LEAST_COVERAGE = 0.2;
/** Where nothing is known of its similarity in meaning, this much is needed. */
const LEAST_COVERAGE_ALONE = 0.3;
/** Coverage and similarity together; either may make up for the other. Chosen on development questions and off-topic ones. */
const LEAST_TOGETHER = 0.68;
/** What a name that stands in no passage takes off: the question is likely about something else. */
const MISSING_NAME = 0.35;

/** Terms of a question that one shared word is too few for. */
const LONGER_QUESTION = 3;

/** Kinds of thing whose absence can be told from a text. */
const TELLABLE: readonly AnswerKind[] = ['date', 'duration', 'number', 'money'];

interface Evidence {
  readonly expected: ExpectedAnswer;
  /** The highest similarity among the passages; 0 where there is none. */
  readonly similarity: number;
  /** Names in the question that stand in no passage. */
  readonly missingNames: number;
}

/** What the chosen units amount to: an answer, something on the subject only, or nothing. */
type Verdict = 'full' | 'near-miss' | 'nothing';

export function judgeEvidence(chosen: readonly Candidate[], evidence: Evidence): Verdict {
  if (!speaksOf(chosen, evidence)) return 'nothing';
  if (chosen.some(({ denies }) => denies)) return 'full';
  return lacksKind(chosen, evidence.expected) || lacksCounted(chosen, evidence.expected) ? 'near-miss' : 'full';
}

function speaksOf(chosen: readonly Candidate[], { similarity, missingNames }: Evidence): boolean {
  const coverage = Math.max(...chosen.map((candidate) => candidate.coverage), 0);
  if (coverage < LEAST_COVERAGE || sharesOneWord(chosen)) return false;
  if (similarity <= 0) return coverage >= LEAST_COVERAGE_ALONE;
  return coverage + similarity - MISSING_NAME * missingNames >= LEAST_TOGETHER;
}

/** One common word of a longer question is chance. */
function sharesOneWord(chosen: readonly Candidate[]): boolean {
  const terms = chosen[0] ? [...chosen[0].held.keys()] : [];
  const shared = terms.filter((term) =>
    chosen.some(({ held, context }) => (held.get(term) ?? 0) > 0 || context.has(term)),
  );
  return terms.length >= LONGER_QUESTION && shared.length <= 1;
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
  const holds = (candidate: Candidate): boolean =>
    counted.some((term) => candidate.terms.has(term) || candidate.context.has(term)) ||
    families.some((family) => candidate.families.has(family));
  return !chosen.some((candidate) => candidate.found > 0 && holds(candidate));
}
