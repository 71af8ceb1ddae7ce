import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFollowup } from './bench-followup.ts';
import { readDataSet, restrictLanguages, type DataSet } from './data-set.ts';
import type { RankingMetrics } from './ranking-metrics.ts';
import { measureRetrieval, type RetrievalResult } from './retrieval.ts';

const USAGE =
  'Usage: npm run bench -- retrieval --data DIR [--sets a,b] [--embeddings sentence] [--every N] [--ablation] [--json FILE]\n       npm run bench -- followup --data DIR [--json FILE]';
const SETS = [
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

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    sets: { type: 'string', default: SETS.join(',') },
    embeddings: { type: 'string', default: 'sentence' },
    every: { type: 'string', default: '1' },
    ablation: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

if (positionals[0] === 'followup' && values.data !== undefined) {
  benchFollowup(resolve(values.data), values.json ?? 'tests/bench/out/followup.json');
  process.exit(0);
}
if (positionals[0] !== 'retrieval' || values.data === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

const results: RetrievalResult[] = [];
process.stdout.write(
  `${row(['set', 'n', 'system', 'R@5', 'nDCG@10', 'MRR@10', 'top 3', 'p50 ms', 'chunks', 'embed s'])}\n`,
);
for (const name of values.sets.split(',')) {
  for (const set of variantsOf(readDataSet(resolve(values.data), name))) {
    const result = await measureRetrieval(set, {
      settings: { EMBEDDINGS: values.embeddings },
      filterLanguage: name.startsWith('udhr'),
      every: Number(values.every),
    });
    results.push(result);
    process.stdout.write(render(result, values.ablation));
  }
}
const json = values.json ?? 'tests/bench/out/retrieval.json';
mkdirSync(dirname(resolve(json)), { recursive: true });
writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);

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
