import type { CorpusStore } from '../corpus-store/corpus-store.ts';
import type { Passage } from '../domain.ts';
import type { Embeddings } from '../embeddings/embeddings.ts';
import { cosine } from '../vector-index/cosine.ts';
import type { VectorHit, VectorIndex } from '../vector-index/vector-index.ts';
import { fuseSignals, weighCosine, type Fused, type Signals } from './fuse.ts';
import type { RetrievalQuery, Retriever } from './retriever.ts';
import { searchWords, type WordSearchDependencies } from './search-words.ts';

/** Candidates taken from each signal, at the least. */
const CANDIDATES = 60;
/**
 * Up to so many allowed chunks every vector is scored: a walk through the graph sees the more, the fewer may be found.
 * Where the two cost the same on indexes of a thousand to 40,000 vectors (docs/BENCHMARKS.md).
 */
const scoreAllUpTo = (size: number): number => 0.75 * size ** 0.75;

export interface HybridDependencies extends WordSearchDependencies {
  readonly vectors: VectorIndex;
  readonly embeddings: Embeddings;
}

/** Full-text search and nearest vectors, fused. With no vectors yet, or none that mean anything, by words alone. */
export function createHybridRetriever(deps: HybridDependencies): Retriever {
  return {
    async retrieve(query) {
      const wide = { ...query, limit: Math.max(query.limit, CANDIDATES) };
      const meaning = query.wordsOnly ? undefined : await embedQuestion(query, deps);
      const byWords = await searchWords(wide, deps);
      const cosines = meaning ? await findCosines(meaning, { query: wide, byWords }, deps) : new Map<number, number>();
      const candidates = merge(byWords, cosines);
      const bestCoverage = Math.max(0, ...byWords.map(({ coverage }) => coverage ?? 0));
      const fused = fuseSignals(candidates, meaning ? weighCosine(bestCoverage) : 0);
      return hydrate(fused.slice(0, query.limit), deps.store);
    },
  };
}

/** The cosines of the nearest chunks, and of those that the words found. */
async function findCosines(
  meaning: readonly number[],
  { query, byWords }: { query: RetrievalQuery; byWords: readonly Signals[] },
  deps: HybridDependencies,
): Promise<Map<number, number>> {
  const nearest = await findNearest(meaning, query, deps);
  const cosines = new Map(nearest.map(({ label, similarity }) => [label, similarity]));
  const missing = byWords.map(({ label }) => label).filter((label) => !cosines.has(label));
  for (const { label, vector } of await deps.store.findVectors(deps.embeddings.id, missing)) {
    cosines.set(label, cosine(meaning, vector));
  }
  return cosines;
}

function merge(byWords: readonly Signals[], cosines: ReadonlyMap<number, number>): Signals[] {
  const known = new Set(byWords.map(({ label }) => label));
  const byMeaning = [...cosines].filter(([label]) => !known.has(label)).map(([label]): Signals => ({ label }));
  return [...byWords, ...byMeaning].map((signals) => {
    const similarity = cosines.get(signals.label);
    return similarity === undefined ? signals : { ...signals, cosine: similarity };
  });
}

/** Embeddings that cannot be asked cost an answer its vectors, not the answer. */
async function embedQuestion(
  { text, onNotice }: RetrievalQuery,
  { embeddings, vectors }: HybridDependencies,
): Promise<number[] | undefined> {
  if (vectors.size === 0 || !embeddings.covers(text)) return undefined;
  try {
    return await embeddings.embedQuery(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    onNotice?.(`The question could not be embedded (${cause}); passages were found by their words.`);
    return undefined;
  }
}

async function findNearest(
  meaning: readonly number[],
  { limit, filters }: RetrievalQuery,
  { store, vectors, embeddings }: HybridDependencies,
): Promise<VectorHit[]> {
  if (Object.values(filters).every((filter) => filter === undefined)) return vectors.search(meaning, limit);
  const allowed = await store.findLabels(filters);
  if (allowed.size > scoreAllUpTo(vectors.size)) return vectors.search(meaning, limit, allowed);
  const stored = await store.findVectors(embeddings.id, [...allowed]);
  return stored.map(({ label, vector }) => ({ label, similarity: cosine(meaning, vector) }));
}

async function hydrate(fused: readonly Fused[], store: CorpusStore): Promise<Passage[]> {
  const found = await store.findChunks(fused.map(({ label }) => label));
  const signalsOf = new Map(fused.map((signals) => [signals.label, signals]));
  return found.map(({ label, chunk, document }, i) => {
    const { label: _, ...signals } = signalsOf.get(label) ?? { label, fused: 0 };
    return { rank: i + 1, similarity: signals.cosine ?? 0, chunk, document, signals };
  });
}
