/** Relevance of documents to one query: id → gain (> 0). */
export type Relevance = ReadonlyMap<string, number>;

/** Means over queries, each 0–1. */
export interface RankingMetrics {
  readonly n: number;
  readonly recall5: number;
  readonly ndcg10: number;
  readonly mrr10: number;
  /** Share of queries with a relevant document in the first three. */
  readonly hit3: number;
}

/** Document ids best first, each once, against what is relevant; linear gain, as trec_eval has it. */
export function measureRanking(
  rankings: ReadonlyMap<string, readonly string[]>,
  judged: ReadonlyMap<string, Relevance>,
): RankingMetrics {
  const sums = { recall5: 0, ndcg10: 0, mrr10: 0, hit3: 0 };
  for (const [query, relevant] of judged) {
    const top = (rankings.get(query) ?? []).slice(0, 10);
    const first = top.findIndex((id) => relevant.has(id));
    sums.recall5 += top.slice(0, 5).filter((id) => relevant.has(id)).length / relevant.size;
    sums.ndcg10 += discountedGain(top.map((id) => relevant.get(id) ?? 0)) / idealGain(relevant);
    sums.mrr10 += first === -1 ? 0 : 1 / (first + 1);
    sums.hit3 += first >= 0 && first < 3 ? 1 : 0;
  }
  const n = judged.size;
  const mean = (sum: number): number => (n === 0 ? 0 : sum / n);
  return { n, recall5: mean(sums.recall5), ndcg10: mean(sums.ndcg10), mrr10: mean(sums.mrr10), hit3: mean(sums.hit3) };
}

function discountedGain(gains: readonly number[]): number {
  return gains.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
}

function idealGain(relevant: Relevance): number {
  return discountedGain([...relevant.values()].toSorted((a, b) => b - a).slice(0, 10));
}
