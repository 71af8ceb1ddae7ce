import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveDocuments, type BenchAnswer } from './ask-server.ts';
import type { AnchorDocument } from './bm25.ts';
import { readDataSet, type DataSet } from './data-set.ts';
import { createNaiveExtractor } from './naive-extractor.ts';

/** One line of a table: shares 0–1, ours beside the anchor's. */
export interface AnsweringResult {
  readonly set: string;
  readonly measure: string;
  readonly n: number;
  readonly anchor: number;
  readonly shipped: number;
}

interface AnsweredQuery {
  readonly _id: string;
  readonly text: string;
  readonly lang?: string;
  readonly answers?: readonly string[];
  readonly answerable?: boolean;
}

export interface AnsweringOptions {
  readonly data: string;
  /** Keep every n-th question: a quick look. */
  readonly every: number;
}

/** Whether the answer stands in the first sentence, and in the first two, of what `POST /api/ask` says. */
export async function measureExtraction(name: string, { data, every }: AnsweringOptions): Promise<AnsweringResult[]> {
  const set = readDataSet(data, name);
  const queries = thin(readQueries(data, name), every).filter(({ answers = [] }) => answers.length > 0);
  const naive = createNaiveExtractor(set.documents);
  const counts = { anchor: [0, 0], shipped: [0, 0] };
  const lengths: number[] = [];
  const server = await serveDocuments(set.documents);
  try {
    for (const { text, lang = 'en', answers = [] } of queries) {
      const said = await server.ask(text);
      lengths.push(said.answer.length);
      const ours = said.sentences.map((sentence) => sentence.text);
      for (const [kind, sentences] of [['shipped', ours] as const, ['anchor', naive(text, lang).sentences] as const]) {
        const at = sentences.findIndex((sentence) => holdsAnswer(sentence, answers));
        for (const within of [0, 1])
          if (at !== -1 && at <= within) counts[kind][within] = (counts[kind][within] ?? 0) + 1;
      }
    }
  } finally {
    await server.stop();
  }
  const n = queries.length;
  const result = (measure: string, within: number): AnsweringResult => ({
    set: name,
    measure,
    n,
    anchor: (counts.anchor[within] ?? 0) / n,
    shipped: (counts.shipped[within] ?? 0) / n,
  });
  const median = lengths.toSorted((a, b) => a - b)[Math.floor(n / 2)] ?? 0;
  return [result('sentence 1', 0), result(`first two (median ${median} characters)`, 1)];
}

/** How well confidence tells answerable questions from those that are not: AUROC, three kinds of unanswerable ones. */
export async function measureAbstention({ data, every }: AnsweringOptions): Promise<AnsweringResult[]> {
  const name = 'squad2-dev';
  const set = readDataSet(data, name);
  const queries = thin(readQueries(data, name), every);
  const answerable = queries.filter((query) => query.answerable);
  const outside = thin(readLines<AnsweredQuery>(join(data, name, 'queries.out-of-corpus.jsonl')), every);
  const removed = thin(answerable, 3);
  const naive = createNaiveExtractor(set.documents);
  const server = await serveDocuments(set.documents);
  const ids = set.documents.map(({ id }) => id);
  const confidences = async (asked: readonly AnsweredQuery[], without: boolean): Promise<Scored> => {
    const scored: Scored = { shipped: [], anchor: [], abstained: 0 };
    for (const { _id, text, lang = 'en' } of asked) {
      const gold = without ? goldOf(set, _id) : new Set<string>();
      const said = await server.ask(text, without ? ids.filter((id) => !gold.has(id)) : undefined);
      scored.shipped.push(said.trace.confidence ?? 0);
      scored.anchor.push(naive(text, lang, gold).score);
      scored.abstained += said.outcome === 'abstained' ? 1 : 0;
    }
    return scored;
  };
  try {
    const positive = await confidences(answerable, false);
    const kinds = [
      ['out of corpus', await confidences(outside, false)],
      ['gold paragraph removed', await confidences(removed, true)],
      [
        'adversarial',
        await confidences(
          queries.filter((query) => query.answerable === false),
          false,
        ),
      ],
    ] as const;
    return kinds.map(([kind, negative]) => ({
      set: name,
      measure: `AUROC ${kind} (abstained ${share(negative)}; of answerable ${share(positive)})`,
      n: negative.shipped.length,
      anchor: auroc(positive.anchor, negative.anchor),
      shipped: auroc(positive.shipped, negative.shipped),
    }));
  } finally {
    await server.stop();
  }
}

interface Scored {
  readonly shipped: number[];
  readonly anchor: number[];
  abstained: number;
}

function share({ abstained, shipped }: Scored): string {
  return (abstained / Math.max(1, shipped.length)).toFixed(2);
}

interface AttackCase {
  readonly _id: string;
  readonly question: string;
  readonly attacked_text: string;
  readonly attack: string;
}

/** How many answers from a poisoned document quote the attack that was planted in it. */
export async function measureInjection({ data, every }: AnsweringOptions): Promise<AnsweringResult[]> {
  const cases = thin(readLines<AttackCase>(join(data, 'prompt-injection', 'cases.jsonl')), every);
  const documents = cases.map(({ _id, attacked_text: text }): AnchorDocument => ({
    id: _id,
    title: '',
    text,
    lang: 'en',
  }));
  const server = await serveDocuments(documents);
  const counts = { anchor: 0, shipped: 0, answered: 0 };
  try {
    for (const [i, { _id, question, attack }] of cases.entries()) {
      const said = await server.ask(question, [_id]);
      const document = documents[i];
      const naive = document ? createNaiveExtractor([document])(question, 'en').sentences.slice(0, 3) : [];
      if (quotesOf(said).some((quote) => quotesAttack(quote, attack))) counts.shipped++;
      if (naive.some((sentence) => quotesAttack(sentence, attack))) counts.anchor++;
      if (said.citations.length > 0) counts.answered++;
    }
  } finally {
    await server.stop();
  }
  const n = cases.length;
  const measure = `attack quoted (${counts.answered} of ${n} answers quote something)`;
  return [{ set: 'prompt-injection', measure, n, anchor: counts.anchor / n, shipped: counts.shipped / n }];
}

function quotesOf({ citations, answer }: BenchAnswer): string[] {
  return [...citations.map(({ quote }) => quote), answer];
}

function quotesAttack(text: string, attack: string): boolean {
  return normalise(text).includes(normalise(attack));
}

function holdsAnswer(text: string, answers: readonly string[]): boolean {
  const normalised = normalise(text);
  return answers.some((answer) => normalised.includes(normalise(answer)));
}

function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

function goldOf({ judged }: DataSet, query: string): ReadonlySet<string> {
  return new Set(judged.get(query)?.keys());
}

/** The chance that a positive is above a negative; ties count half. */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  let wins = 0;
  for (const positive of positives) {
    for (const negative of negatives) wins += positive > negative ? 1 : positive === negative ? 0.5 : 0;
  }
  return wins / (positives.length * negatives.length);
}

function readQueries(data: string, name: string): AnsweredQuery[] {
  return readLines<AnsweredQuery>(join(data, name, 'queries.jsonl'));
}

function readLines<T>(path: string): T[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as T);
}

function thin<T>(all: readonly T[], every: number): T[] {
  return all.filter((_, i) => i % every === 0);
}
