import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { measureFollowupRetrieval, measureRewrites } from './followup.ts';

/** Rewriting of follow-up questions: nearness to human rewrites, and what it does for retrieval. */
export function benchFollowup(data: string, json: string): void {
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
