import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteQuestion } from '../../src/ask/rewrite-question.ts';
import type { Turn } from '../../src/domain.ts';
import { createBm25 } from './bm25.ts';
import { readDataSet } from './data-set.ts';
import { measureRanking, type RankingMetrics } from './ranking-metrics.ts';

interface Message {
  readonly role: string;
  readonly text: string;
}

interface Pair {
  readonly source: string;
  readonly history: readonly Message[];
  readonly last: string;
  /** By a human. */
  readonly rewrite: string;
  readonly needs_rewrite: boolean;
}

/** How near questions come to their human rewrites; token F1, means over n. */
export interface RewriteResult {
  readonly set: string;
  readonly n: number;
  /** Copying the last turn as it was asked. */
  readonly copied: number;
  readonly rewritten: number;
  /** How many questions the rewriter changed. */
  readonly changed: number;
}

/** Every group twice: the questions that need a rewrite, and all. */
export function measureRewrites(data: string): RewriteResult[] {
  const pairs = readLines(join(data, 'followup-rewrite', 'pairs.jsonl')) as Pair[];
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const names = [
      `${pair.source} (all)`,
      `${pair.source} (${pair.needs_rewrite ? 'needs rewriting' : 'stands alone'})`,
    ];
    for (const name of names) groups.set(name, [...(groups.get(name) ?? []), pair]);
  }
  return [...groups].map(([set, members]) => {
    const scored = members.map(({ history, last, rewrite }) => {
      const ours = rewriteQuestion(last, turnsOf(history));
      return { copied: tokenF1(last, rewrite), rewritten: tokenF1(ours, rewrite), changed: ours !== last };
    });
    const mean = (score: (pair: (typeof scored)[number]) => number): number =>
      scored.reduce((sum, pair) => sum + score(pair), 0) / scored.length;
    return {
      set,
      n: scored.length,
      copied: mean(({ copied }) => copied),
      rewritten: mean(({ rewritten }) => rewritten),
      changed: scored.filter(({ changed }) => changed).length,
    };
  });
}

/** Retrieval by the same BM25 with the last turn as asked, with all turns glued together, and with our rewrite. */
export function measureFollowupRetrieval(data: string): Readonly<Record<string, RankingMetrics>> {
  const { documents, judged } = readDataSet(data, 'mtrag-un');
  const queries = (readLines(join(data, 'mtrag-un', 'queries.jsonl')) as (Message & QueryLine)[]).filter(({ _id }) =>
    judged.has(_id),
  );
  const search = createBm25(documents);
  const rank = (word: (query: Message & QueryLine) => string): RankingMetrics =>
    measureRanking(new Map(queries.map((query) => [query._id, search(word(query), 'en', 10)])), judged);
  return {
    'last turn as asked': rank(({ text }) => text),
    'user turns glued': rank(({ text, history }) => [...userTurns(history), text].join(' ')),
    rewritten: rank(({ text, history }) => rewriteQuestion(text, turnsOf(history))),
  };
}

interface QueryLine {
  readonly _id: string;
  readonly history: readonly Message[];
}

function readLines(path: string): unknown[] {
  if (!existsSync(path)) throw new Error(`There is no ${path}.`);
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as unknown);
}

function userTurns(history: readonly Message[]): string[] {
  return history.filter(({ role }) => role === 'user').map(({ text }) => text);
}

/** The conversation as the product would have kept it: each question rewritten in its turn. */
function turnsOf(history: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const question of userTurns(history)) {
    turns.push({ question, standaloneQuestion: rewriteQuestion(question, turns), answer: '', documentIds: ['any'] });
  }
  return turns;
}

/** The harmonic mean of precision and recall over word tokens, with repetitions. */
export function tokenF1(said: string, wanted: string): number {
  const [left, right] = [tokensOf(said), tokensOf(wanted)];
  const counts = new Map<string, number>();
  for (const token of right) counts.set(token, (counts.get(token) ?? 0) + 1);
  const shared = left.filter((token) => {
    const count = counts.get(token) ?? 0;
    counts.set(token, count - 1);
    return count > 0;
  }).length;
  return left.length + right.length === 0 ? 1 : (2 * shared) / (left.length + right.length);
}

function tokensOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
