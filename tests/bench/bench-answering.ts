import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  measureAbstention,
  measureExtraction,
  measureInjection,
  type AnsweringOptions,
  type AnsweringResult,
} from './answering.ts';

const EXTRACTION_SETS = ['squad2-dev', 'xquad-en', 'xquad-hi', 'jaquad'];

/** What `POST /api/ask` answers, and when it does not, on public sets; the naive extractor runs beside it. */
export async function benchAnswering(
  bench: 'extract' | 'abstain' | 'injection',
  args: readonly string[],
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      sets: { type: 'string', default: EXTRACTION_SETS.join(',') },
      every: { type: 'string', default: '1' },
      json: { type: 'string', default: `tests/bench/out/${bench}.json` },
    },
  });
  if (values.data === undefined) throw new Error('--data names the folder with the sets.');
  const options = { data: resolve(values.data), every: Number(values.every), sets: values.sets.split(',') };
  const results: AnsweringResult[] = [];
  process.stdout.write(row(['set', 'n', 'anchor', 'shipped', 'measure']));
  for await (const measured of measure(bench, options)) {
    results.push(...measured);
    for (const { set, measure: name, n, anchor, shipped } of measured) {
      process.stdout.write(row([set, String(n), anchor.toFixed(3), shipped.toFixed(3), name]));
    }
  }
  const file = resolve(values.json);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

async function* measure(
  bench: string,
  { sets, ...options }: AnsweringOptions & { readonly sets: readonly string[] },
): AsyncGenerator<AnsweringResult[]> {
  if (bench === 'abstain') yield await measureAbstention(options);
  else if (bench === 'injection') yield await measureInjection(options);
  else for (const set of sets) yield await measureExtraction(set, options);
}

function row(cells: readonly string[]): string {
  return `${cells.map((cell, i) => cell.padEnd(i === 0 ? 20 : 9)).join('')}\n`;
}
