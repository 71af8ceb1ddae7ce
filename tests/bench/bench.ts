import { benchAnswering } from './bench-answering.ts';
import { benchChannels } from './bench-channels.ts';
import { benchFollowup } from './bench-followup.ts';
import { benchFormats } from './bench-formats.ts';
import { benchIngest } from './bench-ingest.ts';
import { benchKill } from './bench-kill.ts';
import { benchPage } from './bench-page.ts';
import { benchPower } from './bench-power.ts';
import { benchLlm } from './bench-llm.ts';
import { benchRetrieval } from './bench-retrieval.ts';
import { benchVectors } from './bench-vectors.ts';
import { benchScale } from './bench-scale.ts';
import { benchSupport } from './bench-support.ts';

/** Each bench reads its own arguments, prints a table and writes JSON. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void> | void>> = {
  retrieval: benchRetrieval,
  followup: benchFollowup,
  extract: (args) => benchAnswering('extract', args),
  abstain: (args) => benchAnswering('abstain', args),
  injection: (args) => benchAnswering('injection', args),
  vectors: benchVectors,
  formats: benchFormats,
  ingest: benchIngest,
  kill: benchKill,
  power: benchPower,
  scale: benchScale,
  support: benchSupport,
  llm: benchLlm,
  channels: benchChannels,
  page: benchPage,
};

const USAGE = `Usage:
  npm run bench -- retrieval [--data DIR] [--sets a,b] [--embeddings sentence] [--every N] [--ablation] [--json FILE]
  npm run bench -- followup --data DIR [--json FILE]
  npm run bench -- extract|abstain|injection --data DIR [--sets a,b] [--every N] [--json FILE]
  npm run bench -- vectors --data DIR [--embeddings hashing|sentence] [--limit N] [--json FILE]
  npm run bench -- ingest --data DIR [--share S] [--shares a,b] [--encoder-seconds N] [--encoder-index DIR] [--plot FILE] [--json FILE]
  npm run bench -- formats --data DIR
  npm run bench -- kill [--rounds N] [--seconds N] [--seed N]
  npm run bench -- power [--rounds N] [--seed N]
  npm run bench -- scale [--data DIR] [--sizes a,b] [--minutes N] [--again] [--folder DIR] [--seconds N] [--plot FILE] [--json FILE]
  npm run bench -- support [--data DIR] [--show]
  npm run bench -- llm [--every N] [--rounds N] [--pace MS] [--json FILE]
  npm run bench -- channels [--every N] [--no-cells] [--json FILE]
  npm run bench -- page [--every N] [--lighthouse FOLDER] [--json FILE]
`;

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) await bench(args);
else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}
