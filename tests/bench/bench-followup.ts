import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureFollowupRetrieval, measureRewrites } from './followup.ts';

const OPTIONS = {
  data: { type: 'string' },
  json: { type: 'string', default: 'tests/bench/out/followup.json' },
} as const;

/** Rewriting of follow-up questions: nearness to human rewrites, and what it does for retrieval. */
export function benchFollowup(args: readonly string[]): void {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.data === undefined) throw new Error('The sets are read from a folder: --data DIR.');
  const [data, json] = [resolve(values.data), values.json];
  const rewrites = measureRewrites(data);
  const retrieval = measureFollowupRetrieval(data);
  process.stdout.write('token F1 against human rewrites                    n  last turn  rewritten   changed\n');
  for (const { set, n, copied, rewritten, changed } of rewrites) {
    process.stdout.write(
      `${set.padEnd(46)}${String(n).padStart(6)}${copied.toFixed(3).padStart(11)}${rewritten.toFixed(3).padStart(11)}${String(changed).padStart(10)}\n`,
    );
  }
  process.stdout.write('\nretrieval on mtrag-un (BM25)                       n        R@5    nDCG@10\n');
  for (const [system, { n, recall5, ndcg10 }] of Object.entries(retrieval)) {
    process.stdout.write(
      `${system.padEnd(46)}${String(n).padStart(6)}${recall5.toFixed(3).padStart(11)}${ndcg10.toFixed(3).padStart(11)}\n`,
    );
  }
  mkdirSync(dirname(resolve(json)), { recursive: true });
  writeFileSync(json, `${JSON.stringify({ rewrites, retrieval }, null, 2)}\n`);
}
