import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { startCli } from '../support/run-cli.ts';
import { changeCorpus, spoilIndex, type Lab } from './kill-lab.ts';

const OPTIONS = {
  rounds: { type: 'string', default: '100' },
  seed: { type: 'string', default: '1' },
  /** Syncs of files whose name holds this do nothing, to see what the bench would find of a program that forgot them. */
  swallow: { type: 'string', default: '' },
} as const;
/** What a disk writes at a time. */
const BLOCK_BYTES = 4096;

/**
 * What a disk holds after the power was cut: of each file what was last synced (`synced`); any mixture of that and of what
 * was written since (`mixed`); or what was synced, under the names that files had before (`late`).
 */
const DISKS = ['synced', 'mixed', 'late'] as const;
type Disk = (typeof DISKS)[number];

interface Cut {
  readonly library: string;
  readonly swallow: string;
  /** Durable twins of the index's files. */
  readonly disk: string;
  readonly kind: Disk;
}

/**
 * Cuts the power at random moments of an ingest (after a sync, a new name or a name taken away, all as likely), over and
 * over in one index, and looks at what a disk would hold.
 */
export async function benchPower(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const folder = mkdtempSync(join(tmpdir(), 'concordat-power-'));
  try {
    const library = compile(folder);
    await spoilIndex(Number(values.seed), async (lab, look) => {
      const cuts = new Map<Disk, number>();
      const places: number[] = [];
      for (let round = 1, done = 0; done < Number(values.rounds); round++) {
        const kind = DISKS[round % DISKS.length] ?? 'synced';
        changeCorpus(lab, round);
        const cut = { library, kind, disk: join(folder, 'disk'), swallow: values.swallow };
        const moments = await countMoments(lab, cut);
        const moment = 1 + Math.floor(lab.random() * moments);
        if (await runAndCut(lab, cut, moment)) {
          cuts.set(kind, (cuts.get(kind) ?? 0) + 1);
          places.push(moment / moments);
          done++;
        }
        await look();
      }
      for (const kind of DISKS) process.stdout.write(`${cuts.get(kind) ?? 0} power cuts, ${kind}\n`);
      const quarters = [0, 1, 2, 3].map((at) => places.filter((place) => Math.ceil(place * 4) - 1 === at).length);
      process.stdout.write(`by the quarter of the ingest's moments: ${quarters.join(', ')}\n`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(folder: string): string {
  const library = join(folder, 'power-cut.so');
  const source = fileURLToPath(new URL('power-cut.c', import.meta.url));
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-o', library, source, '-ldl', '-lpthread']);
  return library;
}

/** How many moments the coming ingest has, by one on a copy of the index. */
async function countMoments(lab: Lab, { library, disk }: Cut): Promise<number> {
  const [copy, count] = [`${disk}-copy`, `${disk}-count`];
  for (const path of [copy, disk, count]) rmSync(path, { recursive: true, force: true });
  for (const path of [copy, disk]) cpSync(lab.index, path, { recursive: true });
  const watched = { LD_PRELOAD: library, POWER_FOLDER: copy, POWER_DISK: disk, POWER_COUNT: count };
  const code = await ingest(lab, { INDEX_DIR: copy, ...watched });
  if (code !== 0) throw new Error(`The ingest ended with ${code}.`);
  return Number(readFileSync(count, 'utf8'));
}

/** Whether the power went before the ingest had come to its end. Leaves the index as the disk holds it. */
async function runAndCut(lab: Lab, { library, disk, kind, swallow }: Cut, moment: number): Promise<boolean> {
  rmSync(disk, { recursive: true, force: true });
  cpSync(lab.index, disk, { recursive: true });
  const watched = { LD_PRELOAD: library, POWER_FOLDER: lab.index, POWER_DISK: disk, POWER_NAMES: kind };
  const cut = { POWER_MOMENT: String(moment), POWER_SWALLOW: swallow };
  const code = await ingest(lab, { INDEX_DIR: lab.index, ...watched, ...cut });
  if (code === null) restart(lab, disk, kind);
  return code === null;
}

/** The exit code, null where the power went. */
async function ingest({ corpus }: Lab, settings: Readonly<Record<string, string>>): Promise<number | null> {
  const child = startCli(settings, 'ingest', corpus);
  child.stdout?.resume();
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** Puts what the disk holds in the place of what the system still had in memory. */
function restart({ index, random }: Lab, disk: string, kind: Disk): void {
  for (const name of new Set([...readdirSync(index), ...readdirSync(disk)])) {
    const [written, durable] = [join(index, name), join(disk, name)];
    // SQLite keeps in it what it shares between processes, and trusts none that it did not make itself.
    const bytes = name.endsWith('-shm') ? undefined : read(durable);
    const now = read(written);
    if (kind === 'mixed' && bytes && now) writeFileSync(written, mix(bytes, now, random));
    else if (bytes) writeFileSync(written, bytes);
    else rmSync(written, { force: true });
  }
}

function read(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}

function mix(durable: Buffer, written: Buffer, random: () => number): Buffer {
  const mixed = Buffer.alloc(random() < 0.5 ? durable.length : written.length);
  for (let at = 0; at < mixed.length; at += BLOCK_BYTES) {
    (random() < 0.5 ? durable : written).subarray(at, at + BLOCK_BYTES).copy(mixed, at);
  }
  return mixed;
}
