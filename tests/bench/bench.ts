import { benchFollowup } from './bench-followup.ts';
import { benchRetrieval } from './bench-retrieval.ts';

/** Each bench reads its own arguments, prints a table and writes JSON. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void> | void>> = {
  retrieval: benchRetrieval,
  followup: benchFollowup,
};

const USAGE = `Usage:
  npm run bench -- retrieval [--data DIR] [--sets a,b] [--embeddings sentence] [--every N] [--ablation] [--json FILE]
  npm run bench -- followup --data DIR [--json FILE]
`;

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) await bench(args);
else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}
