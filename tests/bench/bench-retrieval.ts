import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDataSet, restrictLanguages, type DataSet } from './data-set.ts';
import { readOwnWords } from './own-words.ts';
import type { RankingMetrics } from './ranking-metrics.ts';
import { measureRetrieval, type RetrievalResult } from './retrieval.ts';

const OWN_WORDS = 'own-words';
const SETS = [
  OWN_WORDS,
  'squad2-dev',
  'xquad-en',
  'xquad-hi',
  'jaquad',
  'udhr-4lang',
  'treaty-articles',
  'scifact',
  'xquad-hi2en',
  'xquad-en2hi',
];

const OPTIONS = {
  data: { type: 'string' },
  sets: { type: 'string' },
  embeddings: { type: 'string', default: 'sentence' },
  every: { type: 'string', default: '1' },
  ablation: { type: 'boolean', default: false },
  json: { type: 'string', default: 'tests/bench/out/retrieval.json' },
} as const;

/** Ranking against an anchor, set by set; without `--data` on the shipped corpus alone. */
export async function benchRetrieval(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const names = values.sets?.split(',') ?? (values.data === undefined ? [OWN_WORDS] : SETS);
  const results: RetrievalResult[] = [];
  process.stdout.write(
    `${row(['set', 'n', 'system', 'R@5', 'nDCG@10', 'MRR@10', 'top 3', 'p50 ms', 'chunks', 'embed s'])}\n`,
  );
  for (const name of names) {
    for (const set of readSets(name, values.data)) {
      const result = await measureRetrieval(set, {
        settings: { EMBEDDINGS: values.embeddings },
        filterLanguage: name.startsWith('udhr'),
        every: Number(values.every),
      });
      results.push(result);
      process.stdout.write(render(result, values.ablation));
    }
  }
  mkdirSync(dirname(resolve(values.json)), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}

function readSets(name: string, data: string | undefined): DataSet[] {
  if (name === OWN_WORDS) return [readOwnWords('corpus')];
  if (data === undefined) throw new Error(`The set ${name} is read from a folder: --data DIR.`);
  return variantsOf(readDataSet(resolve(data), name));
}

/** A set of several languages is measured within each, and from each to English. */
function variantsOf(set: DataSet): DataSet[] {
  if (new Set(set.documents.map(({ lang }) => lang)).size === 1) return [set];
  const pairs = ['en', 'hi', 'ta', 'ja'].flatMap((lang) =>
    lang === 'en'
      ? [[lang, lang]]
      : [
          [lang, lang],
          ['en', lang],
        ],
  );
  return pairs.map(([documents = '', queries = '']) => restrictLanguages(set, documents, queries));
}

function render(
  { set, anchor, shipped, ablation, queryMs, chunks, embedSeconds }: RetrievalResult,
  withAblation: boolean,
): string {
  const line = (system: string, metrics: RankingMetrics, ...rest: string[]): string =>
    `${row([set, String(metrics.n), system, ...[metrics.recall5, metrics.ndcg10, metrics.mrr10, metrics.hit3].map((value) => value.toFixed(3)), ...rest])}\n`;
  const lines = [
    line('BM25 anchor', anchor),
    line('shipped', shipped, queryMs.p50.toFixed(1), String(chunks), embedSeconds.toFixed(1)),
    ...(withAblation ? Object.entries(ablation).map(([system, metrics]) => line(system, metrics)) : []),
  ];
  return lines.join('');
}

function row(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padEnd(i === 0 || i === 2 ? 20 : 9)).join('');
}
