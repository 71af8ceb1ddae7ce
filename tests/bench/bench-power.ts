import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { startCli } from '../support/run-cli.ts';
import { changeCorpus, spoilIndex, type Lab } from './kill-lab.ts';

const OPTIONS = { rounds: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } } as const;
/** An ingest of the lab syncs about so often. */
const MOST_SYNCS = 40;
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
  /** Durable twins of the index's files. */
  readonly disk: string;
  readonly kind: Disk;
}

/** Cuts the power at random syncs of an ingest, over and over in one index, and looks at what a disk would hold. */
export async function benchPower(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const folder = mkdtempSync(join(tmpdir(), 'concordat-power-'));
  try {
    const library = compile(folder);
    await spoilIndex(Number(values.seed), async (lab, look) => {
      const cuts = new Map<Disk, number>();
      for (let round = 1, done = 0; done < Number(values.rounds); round++) {
        const kind = DISKS[round % DISKS.length] ?? 'synced';
        changeCorpus(lab, round);
        if (await runAndCut(lab, { library, kind, disk: join(folder, 'disk') })) {
          cuts.set(kind, (cuts.get(kind) ?? 0) + 1);
          done++;
        }
        await look();
      }
      for (const kind of DISKS) process.stdout.write(`${cuts.get(kind) ?? 0} power cuts, ${kind}\n`);
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

/** Whether the power went before the ingest had come to its end. Leaves the index as the disk holds it. */
async function runAndCut(lab: Lab, { library, disk, kind }: Cut): Promise<boolean> {
  rmSync(disk, { recursive: true, force: true });
  cpSync(lab.index, disk, { recursive: true });
  const settings = {
    INDEX_DIR: lab.index,
    LD_PRELOAD: library,
    POWER_FOLDER: lab.index,
    POWER_DISK: disk,
    POWER_SYNCS: String(1 + Math.floor(lab.random() * MOST_SYNCS)),
    POWER_NAMES: kind,
  };
  const child = startCli(settings, 'ingest', lab.corpus);
  child.stdout?.resume();
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === null) restart(lab, disk, kind);
  return code === null;
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
    (random() < 0.5 ? durable : written).copy(mixed, at, at, at + BLOCK_BYTES);
  }
  return mixed;
}
