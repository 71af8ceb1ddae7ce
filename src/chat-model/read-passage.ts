import type { Passage, Unit } from '../domain.ts';
import { holds, holdTerms, joinHeld, type HeldTerms } from '../language/held-terms.ts';
import type { WeighedTerm } from '../language/weigh-question.ts';

export interface ReadUnit extends HeldTerms {
  readonly unit: Unit;
  readonly text: string;
}

/** A passage as it is read for a question. */
export interface Reading {
  readonly passage: Passage;
  /** The terms of its title and headings. */
  readonly context: HeldTerms;
  readonly whole: HeldTerms;
  readonly units: readonly ReadUnit[];
}

export function readPassage(passage: Passage): Reading {
  const { chunk } = passage;
  const units = chunk.units.map((unit) => {
    const text = chunk.text.slice(unit.start - chunk.start, unit.end - chunk.start);
    return { unit, text, ...holdTerms(text) };
  });
  return { passage, units, context: holdTerms(chunk.context), whole: joinHeld(units) };
}

/** What a term of the question is worth by where it stands, when not in the unit itself. */
const WORTH = { leaning: 0.6, context: 0.5, heading: 0.75, before: 0.35, passage: 0.25 };
/** A kindred English word begins with this share of the word, and with this many letters of it. */
const KINDRED = { share: 0.7, letters: 4 };
const NOTHING: HeldTerms = joinHeld([]);

/** Where the terms of a question stand for one unit: shares of their weight, 0–1, each term counted where it is nearest. */
export interface HeldShares {
  /** What the unit itself holds, by term; all of the question is 1. */
  readonly byTerm: ReadonlyMap<string, number>;
  readonly own: number;
  /** With its surroundings, each worth less the further it is. */
  readonly coverage: number;
  readonly context: number;
  readonly before: number;
  readonly after: number;
  readonly elsewhere: number;
  /** Terms that the unit lacks, but for a word of the same beginning. */
  readonly kindred: number;
  /** Terms that it holds by another word of their meaning. */
  readonly meaning: number;
  /** How many terms it holds. */
  readonly count: number;
}

export function holdQuestion(
  { units, context, whole }: Reading,
  at: number,
  { asked, leans }: { asked: readonly WeighedTerm[]; leans: boolean },
): HeldShares {
  const unit = units[at] ?? NOTHING;
  const [before, after] = [units[at - 1] ?? NOTHING, units[at + 1] ?? NOTHING];
  const inContext = units[at]?.unit.kind === 'sentence' ? WORTH.context : WORTH.heading;
  const nearness = leans ? WORTH.leaning : WORTH.before;
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);
  const sums = { own: 0, coverage: 0, context: 0, before: 0, after: 0, elsewhere: 0, kindred: 0, meaning: 0, count: 0 };
  const byTerm = new Map<string, number>();
  for (const term of asked) {
    const share = total > 0 ? term.weight / total : 0;
    const own = holds(unit, term);
    const around = [context, before, after, whole].map((held) => holds(held, term));
    const [byContext = 0, byBefore = 0, byAfter = 0, byWhole = 0] = around;
    byTerm.set(term.term, share * own);
    sums.own += share * own;
    sums.coverage += share * Math.max(own, inContext * byContext, nearness * byBefore, WORTH.passage * byWhole);
    sums.context += share * Math.max(0, byContext - own);
    sums.before += share * Math.max(0, byBefore - Math.max(own, byContext));
    sums.after += share * Math.max(0, byAfter - Math.max(own, byContext, byBefore));
    sums.elsewhere += share * Math.max(0, byWhole - Math.max(own, byContext, byBefore, byAfter));
    if (own > 0) sums.count += 1;
    if (own > 0 && own < 1) sums.meaning += share;
    if (own === 0 && holdsKindred(unit, term)) sums.kindred += share;
  }
  return { byTerm, ...sums };
}

/** "Invade" and "invasion": an English word that begins alike. */
function holdsKindred({ terms }: HeldTerms, { term }: WeighedTerm): boolean {
  if (!/^[a-z]{5,}$/.test(term)) return false;
  const stem = beginning(term);
  return [...terms].some(
    (other) => other.length >= KINDRED.letters && (other.startsWith(stem) || term.startsWith(beginning(other))),
  );
}

function beginning(word: string): string {
  return word.slice(0, Math.max(KINDRED.letters, Math.ceil(word.length * KINDRED.share)));
}
