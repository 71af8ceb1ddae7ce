import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { collectOwn, collectPublic, loadCases, saveCases, type FitCase } from './collect-cases.ts';
import { fitEvidence } from './fit-evidence.ts';
import { fitUnits } from './fit-units.ts';

const OUT = 'tests/fit/out';
const PUBLIC_SETS = ['squad2-dev', 'xquad-en', 'xquad-hi', 'jaquad', 'xquad-hi2en'];

const USAGE = `Usage:
  npm run fit -- collect --data DIR [--sets own,squad2-dev] [--every N] [FILE…]   asks the questions and keeps what was found
  npm run fit -- units [--tests SET,…] [--all] [--every N]            weights of src/chat-model/unit-weights.ts
  npm run fit -- evidence [--tests SET,…] [--all]                     weights of src/chat-model/evidence-weights.ts
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: '' },
    sets: { type: 'string', default: ['own', ...PUBLIC_SETS].join(',') },
    tests: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
  },
});
const [command = '', ...files] = positionals;
const fitted = { tests: values.tests.split(',').filter(Boolean), all: values.all };

if (command === 'collect') await collect();
else if (command === 'units') printUnits();
else if (command === 'evidence') printEvidence();
else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}

async function collect(): Promise<void> {
  const data = resolve(values.data);
  for (const set of values.sets.split(',')) {
    const cases =
      set === 'own'
        ? await collectOwn(data, files, OUT)
        : await collectPublic(set, { data, out: OUT, every: Number(values.every) });
    saveCases(cases, join(OUT, `${set}.jsonl`));
    process.stdout.write(`${set}: ${cases.length} cases\n`);
  }
}

function readCases(): FitCase[] {
  const sets = values.sets.split(',').map((set) => join(OUT, `${set}.jsonl`));
  const cases = sets.filter((file) => existsSync(file)).flatMap((file) => loadCases(file));
  return cases.filter(({ set }, i) => set.startsWith('questions') || i % Number(values.every) === 0);
}

function printUnits(): void {
  const { weights, shares } = fitUnits(readCases(), fitted);
  process.stdout.write(`${JSON.stringify(weights, null, 2)}\n`);
  for (const { set, heldOut, n, first, firstTwo } of shares) {
    const cells = [set.padEnd(24), heldOut ? 'held out' : 'fitted on', String(n).padStart(6)];
    process.stdout.write(`${[...cells, first.toFixed(3), firstTwo.toFixed(3)].join('  ')}\n`);
  }
}

function printEvidence(): void {
  const { weights, bias, groups } = fitEvidence(readCases(), fitted);
  process.stdout.write(`${JSON.stringify({ ...weights, bias }, null, 2)}\n`);
  for (const { group, heldOut, n, auroc, confidences } of groups) {
    const cells = [group.padEnd(34), heldOut ? 'held out' : 'fitted on', String(n).padStart(6), auroc.toFixed(3)];
    process.stdout.write(`${[...cells, ...confidences.map((share) => share.toFixed(2))].join('  ')}\n`);
  }
}
