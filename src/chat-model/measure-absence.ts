import type { Passage } from '../domain.ts';
import { holds, holdTerms, type HeldTerms } from '../language/held-terms.ts';
import type { WeighedQuestion } from '../language/weigh-question.ts';
import type { Candidate } from './score-units.ts';

const NUMBER = /\p{Nd}{2,}/gu;
const NAME = /(?<=[\p{L}\p{N},"“'(]\s+)["“'(]?\p{Lu}\p{Ll}{3,}(?![\p{L}\p{N}])/gu;
const MOST_NAMES = 2;

interface Asked {
  readonly weighed: WeighedQuestion;
  readonly passages: readonly Passage[];
  readonly best: Candidate;
}

/** What of a question stands nowhere: names and weight in no passage, numbers in no chosen unit; all about 0–1. */
export function measureAbsence(chosen: readonly Candidate[], { weighed, passages, best }: Asked): Absence {
  const read = passages.map(({ chunk }) => holdTerms(`${chunk.context}\n${chunk.text}`));
  const terms = best.features.foreign === 1 ? weighed.foreign : weighed.terms;
  const total = terms.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const lost = terms.filter((term) => !read.some((held) => holds(held, term) > 0));
  return {
    missingNames: Math.min(MOST_NAMES, countMissingNames(weighed.asking, read)),
    missingNumbers: shareOfNumbersMissing(weighed.asking, chosen, best),
    lost: lost.reduce((sum, { weight }) => sum + weight, 0) / total,
  };
}

type Absence = Readonly<Record<'missingNames' | 'missingNumbers' | 'lost', number>>;

/** Names of the question, other than its first word, that stand in none of the passages. */
function countMissingNames(asking: string, read: readonly HeldTerms[]): number {
  const names = new Set(
    [...asking.matchAll(NAME)].flatMap(([name]) => holdTerms(name)).flatMap(({ terms }) => [...terms]),
  );
  return [...names].filter((name) => !read.some(({ terms }) => terms.has(name))).length;
}

function shareOfNumbersMissing(asking: string, chosen: readonly Candidate[], { passage }: Candidate): number {
  const numbers = [...new Set(asking.match(NUMBER))];
  if (numbers.length === 0) return 0;
  const said = [passage.document.date, ...chosen.flatMap(({ terms, context }) => [...terms, ...context])].join(' ');
  return numbers.filter((number) => !said.includes(number)).length / numbers.length;
}
