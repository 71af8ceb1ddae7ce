import { readFacts } from '../language/read-facts.ts';
import type { CalendarDate } from '../language/values.ts';
import type { Candidate } from './score-units.ts';

/** Steps of a development that an answer tells at most. */
const MOST_STEPS = 8;
/** A step speaks of the question this much, beside the best unit; less is needed in the document that is about it. */
const LEAST_COVERAGE = 0.6;
const LEAST_IN_FOCUS = 0.25;
/** A figure without a date of its own must speak of the question itself this much. */
const LEAST_OWN = 0.3;
/** Two units with more terms in common tell the same step. */
const SAME_STEP = 0.7;

/** The dated units that tell how something went on, in order of their dates; none when there are fewer than two dates. */
export function chooseTimeline(candidates: readonly Candidate[]): Candidate[] {
  const steps = stepsOf(candidates.filter(({ features }) => features.foreign === 0));
  return steps.length > 0 ? steps : stepsOf(candidates);
}

function stepsOf(candidates: readonly Candidate[]): Candidate[] {
  const [best] = candidates;
  if (!best) return [];
  const steps: { readonly candidate: Candidate; readonly day: string }[] = [];
  for (const candidate of candidates) {
    if (steps.length === MOST_STEPS) break;
    const day = speaksOfIt(candidate, best) ? dayOf(candidate) : undefined;
    if (day === undefined || steps.some((step) => isSameStep(step.candidate, candidate))) continue;
    steps.push({ candidate, day });
  }
  if (new Set(steps.map(({ day }) => day)).size < 2) return [];
  return steps.toSorted((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1)).map(({ candidate }) => candidate);
}

/** What another language says again is left out. */
function speaksOfIt({ passage, coverage, own }: Candidate, best: Candidate): boolean {
  const { document } = passage;
  if (document.language !== best.passage.document.language) return false;
  if (document.id === best.passage.document.id) return coverage >= best.coverage * LEAST_IN_FOCUS;
  return own > 0 && coverage >= best.coverage * LEAST_COVERAGE;
}

/** The first day a unit tells of; a figure without one is of its document's date. */
function dayOf({ text, passage, own }: Candidate): string | undefined {
  const { dates, quantities } = readFacts(text);
  const days = dates.flatMap(({ value }) => (value.year === undefined ? [] : [sortable(value)]));
  const [first] = days.toSorted();
  return first ?? (quantities.length > 0 && own >= LEAST_OWN ? (passage.document.date ?? undefined) : undefined);
}

function sortable({ year = 0, month = 0, day = 0 }: CalendarDate): string {
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}

function isSameStep(a: Candidate, b: Candidate): boolean {
  const [small, large] = a.terms.size <= b.terms.size ? [a.terms, b.terms] : [b.terms, a.terms];
  if ([...small].some((term) => /\p{Nd}/u.test(term) && !large.has(term))) return false;
  return [...small].filter((term) => large.has(term)).length >= small.size * SAME_STEP;
}
