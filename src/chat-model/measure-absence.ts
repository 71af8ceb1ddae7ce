import type { Passage } from '../domain.ts';
import { holdChunk, holds, holdTerms, type HeldTerms } from '../language/held-terms.ts';
import type { WeighedQuestion } from '../language/weigh-question.ts';
import { namesIn, type Candidate } from './score-units.ts';

const NUMBER = /\p{Nd}{2,}/gu;
const NAME = /(?<=[\p{L}\p{N},"“'(]\s+)["“'(]?\p{Lu}\p{Ll}{3,}(?![\p{L}\p{N}])/gu;
const MOST_NAMES = 2;

interface Asked {
  readonly weighed: WeighedQuestion;
  readonly passages: readonly Passage[];
  readonly best: Candidate;
}

/** What of a question stands nowhere: names and weight in no passage, names and numbers in no chosen unit; all about 0–2. */
export function measureAbsence(chosen: readonly Candidate[], { weighed, passages, best }: Asked): Absence {
  const read = passages.map(({ chunk }) => holdChunk(chunk));
  const terms = best.features.foreign === 1 ? weighed.foreign : weighed.terms;
  const total = terms.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const lost = terms.filter((term) => !read.some((held) => holds(held, term) > 0));
  return {
    missingNames: Math.min(MOST_NAMES, countMissingNames(weighed.asking, read)),
    unsaidNames: Math.min(MOST_NAMES, countUnsaidNames(weighed.asking, chosen)),
    missingNumbers: shareOfNumbersMissing(weighed.asking, chosen, best),
    absentNumbers: Math.min(MOST_NAMES, countAbsentNumbers(weighed.asking, best.passage)),
    lost: lost.reduce((sum, { weight }) => sum + weight, 0) / total,
  };
}

type Absence = Readonly<Record<'missingNames' | 'unsaidNames' | 'missingNumbers' | 'absentNumbers' | 'lost', number>>;

/** Names of the question, other than its first word, that stand in none of the passages. */
function countMissingNames(asking: string, read: readonly HeldTerms[]): number {
  const names = new Set(
    [...asking.matchAll(NAME)].flatMap(([name]) => holdTerms(name)).flatMap(({ terms }) => [...terms]),
  );
  return [...names].filter((name) => !read.some(({ terms }) => terms.has(name))).length;
}

/** Names of the question that neither a chosen unit nor its headings hold. */
function countUnsaidNames(asking: string, chosen: readonly Candidate[]): number {
  const names = [...namesIn(asking)];
  return names.filter((name) => !chosen.some(({ terms, context }) => terms.has(name) || context.has(name))).length;
}

/** Numbers of the question that the passage of the best unit does not hold. */
function countAbsentNumbers(asking: string, { chunk: { context, text } }: Passage): number {
  return numbersOf(asking).filter((number) => !context.includes(number) && !text.includes(number)).length;
}

function numbersOf(asking: string): string[] {
  return [...new Set(asking.match(NUMBER))];
}

function shareOfNumbersMissing(asking: string, chosen: readonly Candidate[], { passage }: Candidate): number {
  const numbers = numbersOf(asking);
  if (numbers.length === 0) return 0;
  const said = [passage.document.date, ...chosen.flatMap(({ terms, context }) => [...terms, ...context])].join(' ');
  return numbers.filter((number) => !said.includes(number)).length / numbers.length;
}
