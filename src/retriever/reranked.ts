import type { Passage } from '../domain.ts';
import type { Reranker } from '../reranker/reranker.ts';
import type { RetrievalQuery, Retriever } from './retriever.ts';

/** The best passages are read again, the rest keep their order behind them. */
const READ_AGAIN = 20;
/** After a failure the reranker is left alone this long: a question should not wait for what is down. */
const REST_MS = 30_000;

export interface RerankedDependencies {
  readonly retriever: Retriever;
  readonly reranker: Reranker;
  /** How long a question may wait for it. */
  readonly timeoutMs: number;
  /** Told of every failure, in a sentence. */
  readonly onNotice: (notice: string) => void;
}

/** A retriever whose best passages a reranker puts in order. Where it fails or is late, their order stays. */
export function createRerankedRetriever({ retriever, reranker, timeoutMs, onNotice }: RerankedDependencies): Retriever {
  let restsUntil = 0;
  const tryScores = async (query: RetrievalQuery, passages: readonly Passage[]): Promise<number[] | undefined> => {
    const tell = (notice: string): void =>
      query.onNotice?.(`${reranker.id} ${notice}; the order is that of the search.`);
    if (performance.now() < restsUntil) {
      tell('failed a moment ago and is left alone');
      return undefined;
    }
    try {
      return await scoreInTime(reranker, { question: query.text, passages, timeoutMs });
    } catch (error) {
      restsUntil = performance.now() + REST_MS;
      const cause = error instanceof Error ? error.message : String(error);
      onNotice(`The reranker ${reranker.id} failed: ${cause}. Passages keep the order of the search.`);
      tell(`failed (${cause})`);
      return undefined;
    }
  };
  return {
    async retrieve(query) {
      if (query.wordsOnly) return retriever.retrieve(query);
      const found = await retriever.retrieve({ ...query, limit: Math.max(query.limit, READ_AGAIN) });
      const best = found.slice(0, READ_AGAIN);
      const scores = best.length > 1 ? await tryScores(query, best) : undefined;
      const ordered = scores ? [...reorder(best, scores), ...found.slice(READ_AGAIN)] : found;
      return ordered.slice(0, query.limit).map((passage, i) => ({ ...passage, rank: i + 1 }));
    },
  };
}

/** Waits no longer than it may, whatever the reranker does with the signal. */
async function scoreInTime(
  reranker: Reranker,
  asked: { question: string; passages: readonly Passage[]; timeoutMs: number },
): Promise<number[]> {
  const late = new AbortController();
  const texts = asked.passages.map(({ chunk }) => `${chunk.context}\n${chunk.text}`);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`it took longer than ${asked.timeoutMs} ms`);
      late.abort(error);
      reject(error);
    }, asked.timeoutMs);
  });
  try {
    const scores = await Promise.race([reranker.score(asked.question, texts, late.signal), tooLate]);
    if (scores.length === texts.length && scores.every(Number.isFinite)) return scores;
    throw new Error('its scores are not one finite number a passage');
  } finally {
    clearTimeout(timer);
  }
}

function reorder(passages: readonly Passage[], scores: readonly number[]): Passage[] {
  return passages
    .map((passage, i) => ({ ...passage, signals: { ...passage.signals, rerank: scores[i] ?? 0 } }))
    .toSorted((a, b) => b.signals.rerank - a.signals.rerank || a.rank - b.rank);
}
