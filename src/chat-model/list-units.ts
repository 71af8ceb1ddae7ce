import type { Candidate } from './score-units.ts';

const MOST_ITEMS = 10;
/** Items of one list answer together when each is this likely beside the likeliest of them. */
const LIKE_ITS_PEERS = 0.35;
const MOST_TOGETHER = 5;

/** Ends as what introduces a list does. */
export function introducesList({ text }: Candidate): boolean {
  return /[:：]\s*$/.test(text);
}

/** The list a unit belongs to or introduces, in its order, with what introduces it; empty when there is none. */
export function listOf(best: Candidate, candidates: readonly Candidate[]): Candidate[] {
  const introduces = !isListed(best, best.at) && isListed(best, best.at + 1);
  if (!introduces && !isListed(best, best.at)) return [];
  const { first, last } = spanOf(best, introduces ? best.at + 1 : best.at);
  const before = candidates.find(({ passage, at }) => passage === best.passage && at === first - 1);
  const from = introduces || (before && introducesList(before)) ? first - 1 : first;
  return candidates
    .filter(({ passage, at }) => passage === best.passage && at >= from && at <= last)
    .toSorted((a, b) => a.at - b.at)
    .slice(0, MOST_ITEMS);
}

/**
 * The best candidate; where items or rows of one list are together likelier than any other, those: a list that is gone
 * through, a table that gives a value by each source.
 */
export function togetherLikeliest(candidates: readonly Candidate[]): Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = `${candidate.passage.rank}:${spanOf(candidate, candidate.at).first}`;
    const group = groups.get(key);
    if (group) {
      if (candidate.chance >= (group[0]?.chance ?? 0) * LIKE_ITS_PEERS) group.push(candidate);
    } else if (candidate === candidates[0] || candidate.own > 0) groups.set(key, [candidate]);
  }
  const likeliest = [...groups.values()].reduce((a, b) => (chanceOf(b) > chanceOf(a) ? b : a));
  return likeliest.slice(0, MOST_TOGETHER).toSorted((a, b) => a.at - b.at);
}

/** How likely one of them is the answer. */
export function chanceOf(chosen: readonly Candidate[]): number {
  return chosen.reduce((sum, { chance }) => sum + chance, 0);
}

/** The places of the list that a place of the passage belongs to; itself where it belongs to none. */
function spanOf(candidate: Candidate, at: number): { first: number; last: number } {
  let [first, last] = [at, at];
  if (!isListed(candidate, at)) return { first, last };
  while (isListed(candidate, first - 1)) first--;
  while (isListed(candidate, last + 1)) last++;
  return { first, last };
}

function isListed({ passage }: Candidate, at: number): boolean {
  const kind = passage.chunk.units[at]?.kind;
  return kind === 'item' || kind === 'row';
}
