import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Files of one folder, and their size together. */
export interface TreatyFolder {
  readonly folder: string;
  readonly files: readonly string[];
  readonly megabytes: number;
}

/** Unpacks all agreements of the set into a folder of their own, which the caller removes. */
export function unpackTreaties(data: string): TreatyFolder {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-treaties-'));
  execFileSync('tar', ['-xJf', join(data, 'treaties-all-450-md.tar.xz'), '-C', folder]);
  return describeFolder(folder);
}

/** A folder with every n-th of them, so that a part is like the whole. */
export function takeShare({ folder, files }: TreatyFolder, share: number): TreatyFolder {
  const part = join(folder, '..', `${basename(folder)}-${share}`);
  mkdirSync(part, { recursive: true });
  for (const [i, file] of files.entries()) {
    if (Math.floor((i + 1) * share) > Math.floor(i * share)) cpSync(join(folder, file), join(part, basename(file)));
  }
  return describeFolder(part);
}

function describeFolder(folder: string): TreatyFolder {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.md'))
    .toSorted();
  return { folder, files, megabytes: megabytesOf(folder) };
}

/** What a file or folder takes, in 10⁶ bytes. */
export function megabytesOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size / 1e6;
  return readdirSync(path).reduce((sum, name) => sum + megabytesOf(join(path, name)), 0);
}
