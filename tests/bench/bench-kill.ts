import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openSqlite } from '../../src/sqlite.ts';
import { startCli } from '../support/run-cli.ts';
import { changeCorpus, compare, spoilIndex, type Found, type Lab, type Texts } from './kill-lab.ts';

const OPTIONS = {
  rounds: { type: 'string', default: '200' },
  /** Ends earlier, with what it has found. */
  seconds: { type: 'string', default: '3600' },
  seed: { type: 'string', default: '1' },
} as const;

/** Kills an ingest at random moments of its work, over and over in one index, and looks at what is left each time. */
export async function benchKill(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  await spoilIndex(Number(values.seed), async (lab, look) => {
    const phases = await killOften(lab, look, { rounds: Number(values.rounds), seconds: Number(values.seconds) });
    process.stdout.write(`${[...phases.values()].reduce((sum, n) => sum + n, 0)} kills -9\n`);
    for (const phase of PHASES) process.stdout.write(`  ${phase}: ${phases.get(phase) ?? 0}\n`);
  });
}

/** When the process died, told by what it left. */
const PHASES = [
  'before anything was written',
  'while texts were published',
  'before all vectors',
  'before the index file',
  'at the end',
] as const;
type Phase = (typeof PHASES)[number];

/** What is waited for before a random while passes and the process is killed. The while is in milliseconds. */
const MOMENTS: readonly {
  readonly hasCome: (lab: Lab, run: { out: string; isPublishing: () => boolean }) => boolean;
  readonly whileMs: number;
}[] = [
  { hasCome: () => true, whileMs: 1500 },
  { hasCome: (_, { isPublishing }) => isPublishing(), whileMs: 150 },
  { hasCome: (_, { out }) => out.includes('added'), whileMs: 400 },
  { hasCome: ({ index }) => readdirSync(index).some((file) => file.endsWith('.tmp')), whileMs: 60 },
];

async function killOften(
  lab: Lab,
  look: () => Promise<Found | undefined>,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Map<Phase, number>> {
  const untilMs = performance.now() + seconds * 1000;
  const phases = new Map<Phase, number>();
  for (let round = 1, kills = 0; kills < rounds && performance.now() < untilMs; round++) {
    changeCorpus(lab, round);
    const isOver = await runAndKill(lab, round);
    const found = await look();
    if (isOver) continue;
    kills++;
    const phase = found && phaseOf(found);
    if (phase) phases.set(phase, (phases.get(phase) ?? 0) + 1);
  }
  return phases;
}

/** Whether the ingest had come to its end by itself. */
async function runAndKill(lab: Lab, round: number): Promise<boolean> {
  const { hasCome, whileMs } = MOMENTS[round % MOMENTS.length] ?? { hasCome: () => true, whileMs: 0 };
  const child = startCli({ INDEX_DIR: lab.index }, 'ingest', lab.corpus);
  const ended = once(child, 'exit').then(() => true);
  const watch = watchCorpus(lab.index);
  const run = { out: '', isPublishing: watch.hasChanged };
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (run.out += part));
  const isOver = (): boolean => child.exitCode !== null;
  while (!isOver() && !hasCome(lab, run)) await setTimeout(1);
  await Promise.race([ended, setTimeout(lab.random() * whileMs)]);
  const wasOver = isOver();
  child.kill('SIGKILL');
  await ended;
  watch.end();
  return wasOver;
}

/** Tells when the first documents of a run are in the store. */
function watchCorpus(index: string): { hasChanged: () => boolean; end: () => void } {
  const sqlite = openSqlite(join(index, 'concordat.db'));
  const digest = sqlite.prepare<[], string>("SELECT value FROM meta WHERE key = 'corpus-digest'").pluck();
  const before = digest.get();
  return { hasChanged: () => digest.get() !== before, end: () => void sqlite.close() };
}

function phaseOf({ texts, chunks, embedded, isPublished, before, after }: Found): Phase {
  const isAs = (other: Texts): boolean => compare({ texts }, { before: other, after: other }).length === 0;
  if (isAs(before)) return PHASES[0];
  if (!isAs(after)) return PHASES[1];
  if (embedded < chunks) return PHASES[2];
  return isPublished ? PHASES[4] : PHASES[3];
}
