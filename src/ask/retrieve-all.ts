import type { Passage } from '../domain.ts';
import type { RetrievalQuery, Retriever } from '../retriever/retriever.ts';
import { isPlain } from './check-claim.ts';

/** Further queries that are searched. */
const MOST_QUERIES = 3;
const LONGEST_QUERY = 300;
/** Reciprocal rank fusion: what a first place is worth beside a second. */
const RANK_OFFSET = 20;
/** What the question's own words weigh beside each further query. */
const OWN_WEIGHT = 2;

/** What a question finds, and what further queries find as well, by their places in each list. */
export async function retrieveAll(
  retriever: Retriever,
  query: RetrievalQuery,
  further: readonly string[] = [],
): Promise<Passage[]> {
  const others = [...new Set(further.map((text) => text.trim()))]
    .filter((text) => text !== '' && text !== query.text && text.length <= LONGEST_QUERY && isPlain(text))
    .slice(0, MOST_QUERIES);
  const [own = [], ...lists] = await Promise.all(
    [query.text, ...others].map((text) => retriever.retrieve({ ...query, text })),
  );
  return lists.length === 0 ? own : fuse(own, lists).slice(0, query.limit);
}

function fuse(own: readonly Passage[], lists: readonly (readonly Passage[])[]): Passage[] {
  const scores = new Map<string, number>();
  const passages = new Map<string, Passage>();
  for (const [list, weight] of [[own, OWN_WEIGHT] as const, ...lists.map((other) => [other, 1] as const)]) {
    for (const passage of list) {
      const { id } = passage.chunk;
      scores.set(id, (scores.get(id) ?? 0) + weight / (RANK_OFFSET + passage.rank));
      if (!passages.has(id)) passages.set(id, passage);
    }
  }
  return [...passages.values()]
    .toSorted((a, b) => (scores.get(b.chunk.id) ?? 0) - (scores.get(a.chunk.id) ?? 0))
    .map((passage, i) => ({ ...passage, rank: i + 1 }));
}
