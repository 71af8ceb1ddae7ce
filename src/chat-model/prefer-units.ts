import { areSiblings } from '../are-siblings.ts';
import { AUTHORITIES } from '../domain.ts';
import { chanceOf } from './list-units.ts';
import type { Candidate } from './score-units.ts';

/** Below this chance what is in known languages does not answer. */
const UNLIKELY = 0.005;
/** In log-odds: words of two languages are not weighed alike. */
const FAIRLY_LIKELY = 4.5;
/** What a unit must hold of the question, and how likely it must be, beside the one that it stands in for. */
const AS_TELLING = 0.85;
const AS_LIKELY = 0.1;
/** And what one that confirms it must hold. */
const AS_CLOSE = 0.4;
/** Share of the shorter one's terms that two units have in common when they state the same, and how many it must have. */
const SAME_STATEMENT = 0.5;
const FEWEST_TERMS = 6;

/**
 * Without what is in neither the reader's language nor English, where the rest is at all likely; led by what a brief says in
 * the reader's language where its English twin says the same.
 */
export function inReadersLanguage(scored: readonly Candidate[]): readonly Candidate[] {
  const known = scored.filter(({ features }) => features.third === 0);
  const candidates = known.some(({ own }) => own > 0) && chanceOf(known) > UNLIKELY ? known : scored;
  const [best] = candidates;
  const own = best && candidates.find((other) => translates(other, best));
  if (!best || !own) return candidates;
  const { score, chance } = best;
  return [{ ...own, score, chance }, ...candidates.filter((candidate) => candidate !== own && candidate !== best)];
}

/** The chosen units, the best with an official source that confirms it. */
export function withOfficial(chosen: readonly Candidate[], candidates: readonly Candidate[]): readonly Candidate[] {
  const [best, ...rest] = chosen;
  if (!best || chosen.some((unit) => isMoreOfficial(unit, best))) return chosen;
  const official = candidates.find((other) => confirms(other, best));
  return official ? [best, official, ...rest] : chosen;
}

function translates(other: Candidate, unit: Candidate): boolean {
  return (
    unit.features.foreign === 1 &&
    unit.own > 0 &&
    other.features.foreign === 0 &&
    other.score >= unit.score - FAIRLY_LIKELY &&
    other.own >= unit.own * AS_TELLING &&
    other.denies === unit.denies &&
    areSiblings(other.passage.document, unit.passage.document) &&
    figuresOf(unit).every((figure) => other.terms.has(figure))
  );
}

/** The documents that tell in another language what a brief of the reader's tells too, unless they do so far likelier. */
export function findOtherVersions(chosen: readonly Candidate[]): ReadonlySet<string> {
  const best = new Map<string, Candidate>();
  for (const unit of chosen) {
    const { id } = unit.passage.document;
    if (unit.chance > (best.get(id)?.chance ?? -1)) best.set(id, unit);
  }
  const isBeaten = (unit: Candidate): boolean =>
    [...best.values()].some(
      (other) => areSiblings(other.passage.document, unit.passage.document) && beats(other, unit),
    );
  return new Set([...best.values()].filter(isBeaten).map(({ passage }) => passage.document.id));
}

function beats(a: Candidate, b: Candidate): boolean {
  if (a.features.foreign === b.features.foreign) return a.score > b.score;
  return a.features.foreign === 0 ? a.chance >= b.chance * AS_LIKELY : b.chance < a.chance * AS_LIKELY;
}

function confirms(other: Candidate, unit: Candidate): boolean {
  return (
    isMoreOfficial(other, unit) &&
    other.passage.document.language === unit.passage.document.language &&
    other.own >= unit.own * AS_CLOSE &&
    other.denies === unit.denies &&
    statesTheSame(other, unit)
  );
}

function isMoreOfficial(a: Candidate, b: Candidate): boolean {
  const rank = ({ passage }: Candidate): number => AUTHORITIES.indexOf(passage.document.authority);
  return rank(a) < rank(b);
}

function statesTheSame(a: Candidate, b: Candidate): boolean {
  const [small, large] = a.terms.size <= b.terms.size ? [a, b] : [b, a];
  if (small.terms.size < FEWEST_TERMS || figuresOf(small).some((figure) => !large.terms.has(figure))) return false;
  const shared = [...small.terms].filter((term) => large.terms.has(term)).length;
  return shared >= small.terms.size * SAME_STATEMENT;
}

function figuresOf({ terms }: Candidate): string[] {
  return [...terms].filter((term) => /^\p{Nd}/u.test(term));
}
