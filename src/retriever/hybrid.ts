import type { Passage } from '../domain.ts';
import type { Embeddings } from '../embeddings/embeddings.ts';
import { AppError } from '../errors.ts';
import type { NearestChunks } from '../vector-index/nearest-chunks.ts';
import { fuseSignals, weighCosine, type Fused, type Signals } from './fuse.ts';
import type { RetrievalQuery, Retriever } from './retriever.ts';
import { searchWords, type WordSearchDependencies } from './search-words.ts';

/** Candidates taken from each signal, at the least. */
const CANDIDATES = 60;

export interface HybridDependencies extends WordSearchDependencies {
  readonly nearest: NearestChunks;
  readonly embeddings: Embeddings;
}

/** Full-text search and nearest vectors, fused. With no vectors yet, or none that mean anything, by words alone. */
export function createHybridRetriever(deps: HybridDependencies): Retriever {
  return {
    async retrieve(query) {
      const wide = { ...query, limit: Math.max(query.limit, CANDIDATES) };
      const meaning = query.wordsOnly ? undefined : await embedQuestion(query, deps);
      // At the same time: a database answers both in the time of the longer.
      const searching = searchWords(wide, deps);
      const comparing = meaning && findCosines(meaning, { query: wide, searching }, deps);
      const [byWords, cosines] = await Promise.all([searching, comparing]);
      const candidates = merge(byWords, cosines ?? new Map());
      const bestCoverage = Math.max(0, ...byWords.map(({ coverage }) => coverage ?? 0));
      const fused = fuseSignals(candidates, cosines ? weighCosine(bestCoverage) : 0);
      return hydrate(fused.slice(0, query.limit), { store: deps.store, isGloss: meaning?.isGloss ?? false });
    },
  };
}

/** The cosines of the nearest chunks, and of those that the words found; undefined while their index cannot be asked. */
async function findCosines(
  { vector, isGloss }: Meaning,
  { query, searching }: { query: RetrievalQuery; searching: Promise<readonly Signals[]> },
  { nearest }: HybridDependencies,
): Promise<Map<number, number> | undefined> {
  try {
    const [found, byWords] = await Promise.all([nearest.find(vector, query), searching]);
    const looked = new Set(found.map(({ label }) => label));
    const missing = byWords.map(({ label }) => label).filter((label) => !looked.has(label));
    const compared = [...found, ...(await nearest.compare(vector, missing))];
    // What the embeddings cannot read has a vector of nothing; a question that they cannot read either is not held against it.
    const told = isGloss ? compared.filter(({ similarity }) => similarity !== 0) : compared;
    return new Map(told.map(({ label, similarity }) => [label, similarity]));
  } catch (error) {
    if (!(error instanceof AppError && error.retryable)) throw error;
    query.onNotice?.(`Vectors could not be compared (${error.message}); passages were found by their words.`);
    return undefined;
  }
}

function merge(byWords: readonly Signals[], cosines: ReadonlyMap<number, number>): Signals[] {
  const known = new Set(byWords.map(({ label }) => label));
  const byMeaning = [...cosines].filter(([label]) => !known.has(label)).map(([label]): Signals => ({ label }));
  return [...byWords, ...byMeaning].map((signals) => {
    const similarity = cosines.get(signals.label);
    return similarity === undefined ? signals : { ...signals, cosine: similarity };
  });
}

interface Meaning {
  readonly vector: readonly number[];
  /** Whether it is that of what is known of the question in English, since the embeddings cannot read the question. */
  readonly isGloss: boolean;
}

/** Embeddings that cannot be asked cost an answer its vectors, not the answer. */
async function embedQuestion(
  { text, onNotice }: RetrievalQuery,
  { embeddings, nearest, vocabulary }: HybridDependencies,
): Promise<Meaning | undefined> {
  const isGloss = !embeddings.covers(text);
  const meant = isGloss ? vocabulary.inEnglish(text) : text;
  if (!embeddings.covers(meant) || (await nearest.count()) === 0) return undefined;
  try {
    return { vector: await embeddings.embedQuery(meant), isGloss };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    onNotice?.(`The question could not be embedded (${cause}); passages were found by their words.`);
    return undefined;
  }
}

/** A passage is as similar as it is to the question itself: what is known of it in English only helps to rank. */
async function hydrate(
  fused: readonly Fused[],
  { store, isGloss }: Pick<HybridDependencies, 'store'> & Pick<Meaning, 'isGloss'>,
): Promise<Passage[]> {
  const found = await store.findChunks(fused.map(({ label }) => label));
  const signalsOf = new Map(fused.map((signals) => [signals.label, signals]));
  return found.map(({ label, chunk, document }, i) => {
    const { label: _, ...signals } = signalsOf.get(label) ?? { label, fused: 0 };
    return { rank: i + 1, similarity: isGloss ? 0 : (signals.cosine ?? 0), chunk, document, signals };
  });
}
