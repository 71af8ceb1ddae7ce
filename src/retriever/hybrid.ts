import type { CorpusStore, LexicalIndex } from '../corpus-store/corpus-store.ts';
import type { Passage } from '../domain.ts';
import type { Embeddings } from '../embeddings/embeddings.ts';
import { extractTerms } from '../language/terms.ts';
import { cosine } from '../vector-index/cosine.ts';
import type { VectorHit, VectorIndex } from '../vector-index/vector-index.ts';
import { fuseSignals, type Fused, type Signals } from './fuse.ts';
import type { RetrievalQuery, Retriever } from './retriever.ts';

/** Candidates taken from each signal, at the least. */
const CANDIDATES = 60;
/** How much the vectors count where the embeddings cover the question; docs/adr/0003 has the measurements. */
const COSINE_WEIGHT = 0.5;

/** Up to this many allowed chunks every vector is scored; an HNSW walk finds few of a small share. */
const EXACT_UP_TO = 1000;

export interface HybridDependencies {
  readonly store: CorpusStore;
  readonly lexicalIndex: LexicalIndex;
  readonly vectors: VectorIndex;
  readonly embeddings: Embeddings;
}

/** Full-text search and nearest vectors, fused. With no vectors yet, or none that mean anything, by words alone. */
export function createHybridRetriever(deps: HybridDependencies): Retriever {
  return {
    async retrieve(query) {
      const limit = Math.max(query.limit, CANDIDATES);
      const meaning = await embedQuestion(query.text, deps);
      const [byWords, byMeaning] = await Promise.all([
        deps.lexicalIndex.search(extractTerms(query.text), { limit, filters: query.filters }),
        meaning ? findNearest(meaning, { ...query, limit }, deps) : [],
      ]);
      const lexical = new Map(byWords.map(({ label, score }) => [label, score]));
      const cosines = new Map(byMeaning.map(({ label, similarity }) => [label, similarity]));
      if (meaning) await completeCosines(cosines, { meaning, labels: [...lexical.keys()] }, deps);
      const candidates = [...new Set([...lexical.keys(), ...cosines.keys()])].map((label) => ({
        label,
        ...optional('lexical', lexical.get(label)),
        ...optional('cosine', cosines.get(label)),
      }));
      const fused = fuseSignals(candidates, meaning ? COSINE_WEIGHT : 0).slice(0, query.limit);
      return hydrate(fused, deps.store);
    },
  };
}

async function embedQuestion(text: string, { embeddings, vectors }: HybridDependencies): Promise<number[] | undefined> {
  return vectors.size > 0 && embeddings.covers(text) ? embeddings.embedQuery(text) : undefined;
}

async function findNearest(
  meaning: readonly number[],
  { limit, filters }: RetrievalQuery,
  { store, vectors, embeddings }: HybridDependencies,
): Promise<VectorHit[]> {
  if (Object.values(filters).every((filter) => filter === undefined)) return vectors.search(meaning, limit);
  const allowed = await store.findLabels(filters);
  if (allowed.size > EXACT_UP_TO) return vectors.search(meaning, limit, allowed);
  const stored = await store.findVectors(embeddings.id, [...allowed]);
  return stored.map(({ label, vector }) => ({ label, similarity: cosine(meaning, vector) }));
}

/** Chunks that only their words found have a vector too: their similarity is computed, not guessed. */
async function completeCosines(
  cosines: Map<number, number>,
  { meaning, labels }: { meaning: readonly number[]; labels: readonly number[] },
  { store, embeddings }: HybridDependencies,
): Promise<void> {
  const missing = labels.filter((label) => !cosines.has(label));
  for (const { label, vector } of await store.findVectors(embeddings.id, missing)) {
    cosines.set(label, cosine(meaning, vector));
  }
}

async function hydrate(fused: readonly Fused[], store: CorpusStore): Promise<Passage[]> {
  const found = await store.findChunks(fused.map(({ label }) => label));
  const signalsOf = new Map(fused.map((signals) => [signals.label, signals]));
  return found.map(({ label, chunk, document }, i) => {
    const { label: _, ...signals } = signalsOf.get(label) ?? { label, fused: 0 };
    return { rank: i + 1, similarity: signals.cosine ?? 0, chunk, document, signals };
  });
}

function optional<K extends keyof Signals>(key: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, number>);
}
