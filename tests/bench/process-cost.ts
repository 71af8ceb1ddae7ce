import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What a process has taken: processor time of all its threads, and the most memory it had at once. */
export interface ProcessCost {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

const TICKS_A_SECOND = 100;
const LOOK_MS = 250;

/** Looks at a process now and again, since nothing can be read of it once it has ended. Linux. */
export function watchProcess(pid: number): () => ProcessCost {
  let cost = readCost(pid) ?? { cpuSeconds: 0, peakMegabytes: 0 };
  const look = (): void => {
    cost = readCost(pid) ?? cost;
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    look();
    clearInterval(timer);
    return cost;
  };
}

function readCost(pid: number): ProcessCost | undefined {
  try {
    const [, kilobytes = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    // Behind the name, which may hold anything, the 12th and 13th field are user and system time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
      peakMegabytes: Number(kilobytes) / 1000,
    };
  } catch {
    return undefined;
  }
}

/** The most memory this process has had at once since {@link forgetPeak}. Linux. */
export function peakMegabytes(): number {
  return readCost(process.pid)?.peakMegabytes ?? 0;
}

/** Starts the peak of this process anew from what it has now. */
export function forgetPeak(): void {
  writeFileSync('/proc/self/clear_refs', '5');
}

/** What a process and its children have, pages that several share counted once. Linux, as the same user or root. */
export function sharedMegabytes(parent: number): number {
  const pids = readdirSync('/proc').filter((pid) => Number(pid) === parent || parentOf(pid) === parent);
  const kilobytes = pids.map((pid) => {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1000;
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}
