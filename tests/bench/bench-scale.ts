import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { whyNoPostgres } from '../support/native-postgres.ts';
import { plotEngines, renderEngines } from './render-scale.ts';
import { ENGINES } from './scale-engines.ts';
import type { LoadResult } from './generate-load.ts';
import { measureReplicas, type FailoverResult } from './scale-replicas.ts';
import { readState, saveState, type EngineResult, type StepOptions } from './scale-step.ts';

const OPTIONS = {
  data: { type: 'string' },
  sizes: { type: 'string', default: '4000,16000,41000' },
  /** Where the stores stay: the same command goes on where it stopped, or answers from what it has. */
  folder: { type: 'string', default: join(tmpdir(), 'concordat-scale') },
  /** Stop after so long, to be gone on with. */
  minutes: { type: 'string', default: '100000' },
  /** Search what is there once more: on a machine at rest, without building it again. */
  again: { type: 'boolean', default: false },
  seconds: { type: 'string', default: '15' },
  plot: { type: 'string' },
  json: { type: 'string', default: 'tests/bench/out/scale.json' },
} as const;

/** Both engines side by side at several sizes, and several processes on one database. */
export async function benchScale(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const absent = whyNoPostgres();
  if (absent !== undefined) throw new Error(absent);
  const until = Date.now() + Number(values.minutes) * 60_000;
  const steps = values.data === undefined ? [] : listSteps({ ...values, data: values.data, until });
  if (values.again) for (const { folder } of steps) forgetResult(folder);
  const engines = await runSteps(steps);
  process.stdout.write(renderEngines(engines));
  if (engines.length < steps.length) process.stdout.write('The time is over: the same command goes on from here.\n');
  const replicas = Number(values.seconds) > 0 ? await measureReplicas(Number(values.seconds)) : undefined;
  if (replicas) process.stdout.write(renderReplicas(replicas));
  mkdirSync(dirname(resolve(values.json)), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ engines, replicas }, null, 2)}\n`);
  if (values.plot !== undefined && engines.length > 0) writeFileSync(values.plot, await plotEngines(engines));
}

function listSteps(values: { data: string; sizes: string; folder: string; until: number }): StepOptions[] {
  return values.sizes.split(',').flatMap((size) =>
    ENGINES.map((engine) => ({
      data: resolve(values.data),
      folder: join(resolve(values.folder), `${engine}-${size}`),
      engine,
      size: Number(size),
      until: values.until,
    })),
  );
}

function forgetResult(folder: string): void {
  const { result: _, ...state } = readState(folder);
  saveState(folder, state);
}

/** Each in processes of its own, whose memory is measured. Those that are done give what they found. */
async function runSteps(steps: readonly StepOptions[]): Promise<EngineResult[]> {
  for (const step of steps) {
    while (!readState(step.folder).result && Date.now() < step.until) await runStep(step);
  }
  return steps.flatMap(({ folder }) => readState(folder).result ?? []);
}

async function runStep(step: StepOptions): Promise<void> {
  const options = ['--expose-gc', '--max-old-space-size=8000', '--import', 'tsx', 'tests/bench/scale-step.ts'];
  const child = spawn(process.execPath, [...options, JSON.stringify(step)], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${step.engine} at ${step.size} ended with ${code}.`);
}

const number = (value: number): string => value.toFixed(1);

function renderReplicas({ loads, failover }: { loads: readonly LoadResult[]; failover: FailoverResult }): string {
  const head = '| load | answered | turned away | failed | a second | p50 / p95 ms |\n|---|---|---|---|---|---|\n';
  const rows = loads.map(
    ({ what, answered, shed, failed, perSecond, latency }) =>
      `| ${what} | ${answered} | ${shed} | ${failed} | ${number(perSecond)} | ${number(latency.p50)} / ${number(latency.p95)} |`,
  );
  const { seconds, failed, shed, wrong, lostConversations } = failover;
  return `${head}${rows.join('\n')}\nPrimary lost: answers again after ${number(seconds)} s; ${shed} told to come again meanwhile, ${failed} failed; ${wrong} of 20 answers differ; ${lostConversations} of 10 conversations lost.\n`;
}
