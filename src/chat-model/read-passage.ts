import type { Chunk, Passage, Unit } from '../domain.ts';
import { holds, holdTerms, joinHeld, type HeldTerms } from '../language/held-terms.ts';
import { memoiseByObject } from '../language/memoise.ts';
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
  return { passage, ...readChunk(passage.chunk) };
}

const readChunk = memoiseByObject((chunk: Chunk): Omit<Reading, 'passage'> => {
  const units = chunk.units.map((unit) => {
    const text = chunk.text.slice(unit.start - chunk.start, unit.end - chunk.start);
    return { unit, text, ...holdTerms(text) };
  });
  return { units, context: holdTerms(chunk.context), whole: joinHeld(units) };
});

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
  const [unit = NOTHING, before = NOTHING, after = NOTHING] = [units[at], units[at - 1], units[at + 1]];
  const inContext = units[at]?.unit.kind === 'sentence' ? WORTH.context : WORTH.heading;
  const worth = [1, inContext, leans ? WORTH.leaning : WORTH.before, 0, WORTH.passage];
  const total = asked.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const shares = asked.map((term): TermShares => {
    const share = term.weight / total;
    const places = [unit, context, before, after, whole].map((held) => holds(held, term));
    const [own = 0] = places;
    const beyond = beyondNearer(places).map((more) => share * more);
    const coverage = share * Math.max(...places.map((held, i) => held * (worth[i] ?? 0)));
    const kindred = own === 0 && holdsKindred(unit, term) ? share : 0;
    return { term: term.term, beyond, coverage, kindred, meaning: own > 0 && own < 1 ? share : 0 };
  });
  const sum = (value: (shares: TermShares) => number): number => shares.reduce((all, one) => all + value(one), 0);
  const place = (i: number): number => sum(({ beyond }) => beyond[i] ?? 0);
  return {
    byTerm: new Map(shares.map(({ term, beyond: [own = 0] }) => [term, own])),
    own: place(0),
    context: place(1),
    before: place(2),
    after: place(3),
    elsewhere: place(4),
    coverage: sum(({ coverage }) => coverage),
    kindred: sum(({ kindred }) => kindred),
    meaning: sum(({ meaning }) => meaning),
    count: sum(({ beyond: [own = 0] }) => Math.sign(own)),
  };
}

/** One term's part in the shares; `beyond` is what the unit, its headings, the one before, the one after and the passage add. */
interface TermShares {
  readonly term: string;
  readonly beyond: readonly number[];
  readonly coverage: number;
  readonly kindred: number;
  readonly meaning: number;
}

/** What each place holds beyond all the nearer ones. */
function beyondNearer(places: readonly number[]): number[] {
  return places.map((held, i) => Math.max(0, held - Math.max(0, ...places.slice(0, i))));
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
