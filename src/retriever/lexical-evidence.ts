import { extractTerms } from '../language/terms.ts';

/** Terms further apart than this do not count as standing together. */
const NEAR = 3;
/** A term that occurs again and again counts up to 1 + this, as in BM25. */
const SATURATION = 1.2;
/** Once in the title or a heading is as often as this in the text. */
const CONTEXT_COUNT = 3;

/** How much of a question stands in a passage, whatever its length. Shares of the question's term weight, 0–1. */
export interface LexicalEvidence {
  /** Terms that occur. */
  readonly coverage: number;
  /** The same, a term that occurs often or in the title counting more, up to 2.2. */
  readonly frequency: number;
  /** Neighbouring terms of the question that stand together, in its order. */
  readonly order: number;
  /** Terms that one sentence, item or row holds: the one that holds most. */
  readonly together: number;
}

/** A passage as it is read: what stands over it, and its sentences, items or rows. */
export interface ReadablePassage {
  readonly context: string;
  readonly units: readonly string[];
}

/** Reads passages for one question. */
export function createEvidenceReader(
  terms: readonly string[],
  weights: ReadonlyMap<string, number>,
): (passage: ReadablePassage) => LexicalEvidence {
  const weightOf = (term: string): number => weights.get(term) ?? 0;
  const distinct = [...new Set(terms)].map((term) => ({ term, weight: weightOf(term) }));
  const pairs = terms.slice(1).flatMap((second, i) => {
    const first = terms[i] ?? '';
    return first === second ? [] : [{ first, second, weight: (weightOf(first) + weightOf(second)) / 2 }];
  });
  const coverBy = (held: { has(term: string): boolean }): number =>
    share(distinct, ({ term }) => Number(held.has(term)));
  return ({ context, units }) => {
    const sequences = units.map(extractTerms);
    const above = extractTerms(context);
    const positions = locate([...above, ...sequences.flat()], weights);
    const countOf = (term: string): number => {
      const found = positions.get(term) ?? [];
      return found.reduce((sum, at) => sum + (at < above.length ? CONTEXT_COUNT : 1), 0);
    };
    return {
      coverage: coverBy(positions),
      frequency: share(distinct, ({ term }) => saturate(countOf(term))),
      order: share(pairs, ({ first, second }) => Number(standTogether(positions.get(first), positions.get(second)))),
      together: Math.max(0, ...sequences.map((sequence) => coverBy(new Set(sequence)))),
    };
  };
}

function locate(sequence: readonly string[], wanted: ReadonlyMap<string, unknown>): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [at, term] of sequence.entries()) {
    if (!wanted.has(term)) continue;
    const known = positions.get(term);
    if (known) known.push(at);
    else positions.set(term, [at]);
  }
  return positions;
}

function standTogether(first: readonly number[] | undefined, second: readonly number[] | undefined): boolean {
  if (!first || !second) return false;
  return first.some((from) => second.some((to) => to > from && to - from <= NEAR));
}

function saturate(count: number): number {
  return (count * (SATURATION + 1)) / (count + SATURATION);
}

function share<T extends { readonly weight: number }>(parts: readonly T[], holds: (part: T) => number): number {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const held = parts.reduce((sum, part) => sum + holds(part) * part.weight, 0);
  return total > 0 ? held / total : 0;
}
