import type { Chunk, Passage } from '../domain.ts';

/**
 * Passages that touch in their document become one, so that a sentence is read with the one before it: the best of them
 * lends its rank and signals. Passages stay in the order of their ranks.
 */
export function joinNeighbours(passages: readonly Passage[]): Passage[] {
  const runs: Passage[][] = [];
  for (const passage of passages.toSorted(byPlace)) {
    const run = runs.at(-1);
    if (run && touches(run.at(-1)?.chunk, passage.chunk)) run.push(passage);
    else runs.push([passage]);
  }
  return runs.map(joinRun).toSorted((a, b) => a.rank - b.rank);
}

function byPlace({ chunk: a }: Passage, { chunk: b }: Passage): number {
  return a.documentId === b.documentId ? a.start - b.start : a.documentId < b.documentId ? -1 : 1;
}

function touches(before: Chunk | undefined, after: Chunk): boolean {
  return before?.documentId === after.documentId && before.end === after.start;
}

function joinRun(run: readonly Passage[]): Passage {
  const best = run.reduce((a, b) => (a.rank <= b.rank ? a : b));
  const parts = run.map(({ chunk }) => chunk);
  if (parts.length === 1) return best;
  const text = parts.map((part) => part.text).join('');
  const units = parts.flatMap((part) => part.units);
  const [first, last] = [parts[0] ?? best.chunk, parts.at(-1) ?? best.chunk];
  return { ...best, chunk: { ...first, end: last.end, text, units }, parts };
}
