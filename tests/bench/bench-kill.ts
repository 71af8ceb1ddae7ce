import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openSqlite } from '../../src/sqlite.ts';
import { startCli } from '../support/run-cli.ts';
import { randomNumbers } from '../support/vectors.ts';
import { checkIndex, type FoundIndex } from './check-index.ts';

const OPTIONS = {
  rounds: { type: 'string', default: '200' },
  /** Ends earlier, with what it has found. */
  seconds: { type: 'string', default: '3600' },
  seed: { type: 'string', default: '1' },
} as const;
const DOCUMENTS = 30;
/** Of a round: documents that are written anew, added and removed. */
const CHANGED = 24;

interface Lab {
  readonly corpus: string;
  readonly index: string;
  readonly random: () => number;
}

/** The texts of a corpus by document: what the folder holds. */
type Texts = ReadonlyMap<string, string>;

/** Kills an ingest at random moments of its work, over and over in one index, and looks at what is left each time. */
export async function benchKill(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const [corpus, index] = ['corpus', 'index'].map((name) => mkdtempSync(join(tmpdir(), `concordat-kill-${name}-`)));
  if (corpus === undefined || index === undefined) throw new Error('There is no room for temporary folders.');
  const lab: Lab = { corpus, index, random: randomNumbers(Number(values.seed)) };
  try {
    for (let i = 0; i < DOCUMENTS; i++) writeDocument(lab, `d${i}`, 0);
    await runToEnd(lab);
    const killed = await killOften(lab, { rounds: Number(values.rounds), seconds: Number(values.seconds) });
    await runToEnd(lab);
    const last = compare(await checkIndex(index), { before: readCorpus(corpus), after: readCorpus(corpus) });
    report(killed, last);
  } finally {
    for (const folder of [corpus, index]) rmSync(folder, { recursive: true, force: true });
  }
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

interface Killed {
  readonly phases: Map<Phase, number>;
  readonly lost: string[];
  readonly unreadable: string[];
}

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

async function killOften(lab: Lab, { rounds, seconds }: { rounds: number; seconds: number }): Promise<Killed> {
  const untilMs = performance.now() + seconds * 1000;
  const killed: Killed = { phases: new Map(), lost: [], unreadable: [] };
  const seen = { published: readCorpus(lab.corpus) };
  for (let round = 1, kills = 0; kills < rounds && performance.now() < untilMs; round++) {
    changeCorpus(lab, round);
    const isOver = await runAndKill(lab, round);
    if (!isOver) kills++;
    await lookAtRest(lab, { seen, killed, isOver });
  }
  return killed;
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

async function lookAtRest(
  { corpus, index }: Lab,
  { seen, killed, isOver }: { seen: { published: Texts }; killed: Killed; isOver: boolean },
): Promise<void> {
  const after = readCorpus(corpus);
  try {
    const found = await checkIndex(index);
    killed.unreadable.push(...found.faults);
    killed.lost.push(...compare(found, { before: seen.published, after }));
    if (!isOver) count(killed.phases, phaseOf(found, { before: seen.published, after }));
    seen.published = found.texts;
  } catch (error) {
    killed.unreadable.push(String(error));
  }
}

/** Documents that are neither as they were nor as they are to be. */
function compare({ texts }: FoundIndex, { before, after }: { before: Texts; after: Texts }): string[] {
  const ids = new Set([...before.keys(), ...after.keys(), ...texts.keys()]);
  return [...ids].filter((id) => texts.get(id) !== before.get(id) && texts.get(id) !== after.get(id));
}

function phaseOf(
  { texts, chunks, embedded, isPublished }: FoundIndex,
  { before, after }: { before: Texts; after: Texts },
): Phase {
  const isSame = (other: Texts): boolean =>
    compare({ texts } as FoundIndex, { before: other, after: other }).length === 0;
  if (isSame(before)) return PHASES[0];
  if (!isSame(after)) return PHASES[1];
  if (embedded < chunks) return PHASES[2];
  return isPublished ? PHASES[4] : PHASES[3];
}

function count(phases: Map<Phase, number>, phase: Phase): void {
  phases.set(phase, (phases.get(phase) ?? 0) + 1);
}

function report({ phases, lost, unreadable }: Killed, last: readonly string[]): void {
  const kills = [...phases.values()].reduce((sum, n) => sum + n, 0);
  process.stdout.write(`${kills} kills -9\n`);
  for (const phase of PHASES) process.stdout.write(`  ${phase}: ${phases.get(phase) ?? 0}\n`);
  process.stdout.write(
    `lost documents: ${lost.length}, faults of the index: ${unreadable.length}, not level at the end: ${last.length}\n`,
  );
  for (const line of [...lost, ...unreadable, ...last].slice(0, 20)) process.stdout.write(`  ${line}\n`);
  if (lost.length + unreadable.length + last.length > 0) process.exitCode = 1;
}

/** Some documents have other texts, one is new, one is gone. */
function changeCorpus(lab: Lab, round: number): void {
  const names = [...readCorpus(lab.corpus).keys()];
  const pick = (): string => names[Math.floor(lab.random() * names.length)] ?? '';
  for (let i = 0; i < CHANGED; i++) writeDocument(lab, pick(), round);
  writeDocument(lab, `new${round}`, round);
  const gone = join(lab.corpus, `${pick()}.md`);
  if (existsSync(gone)) rmSync(gone);
}

function writeDocument({ corpus }: Lab, name: string, round: number): void {
  const articles = Array.from({ length: 60 }, (_, i) => {
    // Most articles stay as they were, as in a real revision.
    const edition = i % 3 === round % 3 ? round : 0;
    return `## Article ${i}\n\n${`Under ${name} the parties grant ${i} licences in edition ${edition}. `.repeat(8)}`;
  });
  writeFileSync(join(corpus, `${name}.md`), `# Treaty ${name}\n\n${articles.join('\n\n').trim()}`);
}

function readCorpus(corpus: string): Texts {
  const files = readdirSync(corpus).filter((file) => file.endsWith('.md'));
  return new Map(files.map((file) => [file.replace(/\.md$/, ''), readFileSync(join(corpus, file), 'utf8')]));
}

async function runToEnd({ corpus, index }: Lab): Promise<void> {
  const child = startCli({ INDEX_DIR: index }, 'ingest', corpus);
  child.stdout?.resume();
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`The ingest ended with ${code}.`);
}
