import type { Dirent } from 'node:fs';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { sha256 } from '../digest.ts';
import type { Rejection } from '../domain.ts';
import { IngestError } from '../errors.ts';
import { EXTENSIONS } from './formats/read-format.ts';
import { DEEPEST_FOLDER } from './limits.ts';

/** Raised when files would be read in another way, so that all are read again. */
const READER_VERSION = '2';
/** Files that speak about a folder rather than being part of the corpus. */
const ABOUT_THE_FOLDER = /^(?:sources\.(?:md|yaml)|readme\.md|license(?:\.txt|\.md)?)$/i;
const SIDECAR = '.meta.yaml';
const MOST_SIDECAR_BYTES = 256 * 1024;
const MOST_READINGS = 3;

/** A file, by its path and by the name it has within the folder, with `/`. */
export interface FoundFile {
  readonly path: string;
  readonly name: string;
}

/** What is at a path. Names of rejections are paths, as the reader knows them. */
export interface Found {
  /** The folder, or that of the file. */
  readonly folder: string;
  /** Whether it is the folder that was asked for, so that what is missing from it has been removed. */
  readonly whole: boolean;
  readonly files: readonly FoundFile[];
  readonly rejected: readonly Rejection[];
}

/**
 * Lists a file, or every document below a folder, in a stable order. Links are followed, each folder once.
 * @throws IngestError when there is nothing at the path, or nothing in it that could be a document.
 */
export async function findFiles(path: string): Promise<Found> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new IngestError(`There is no file or folder at ${path}.`);
  if (!found.isDirectory()) {
    const folder = dirname(path);
    return { folder, whole: false, files: [{ path, name: basename(path) }], rejected: [] };
  }
  const walk: Walk = { folder: path, seen: new Set(), files: [], rejected: [] };
  await walkFolder(path, 0, walk);
  if (walk.files.length === 0)
    throw new IngestError(`The folder ${path} holds no documents (${[...EXTENSIONS].join(', ')}).`);
  const files = walk.files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { folder: path, whole: true, files, rejected: walk.rejected };
}

interface Walk {
  readonly folder: string;
  /** Real paths of the folders that were entered. */
  readonly seen: Set<string>;
  readonly files: FoundFile[];
  readonly rejected: Rejection[];
}

async function walkFolder(folder: string, depth: number, walk: Walk): Promise<void> {
  const reject = (reason: string): void => void walk.rejected.push({ uri: folder, reason });
  try {
    if (depth > DEEPEST_FOLDER) return reject(`The folder lies more than ${DEEPEST_FOLDER} folders deep.`);
    const real = await realpath(folder);
    if (walk.seen.has(real)) return reject('The link leads to a folder that is read already.');
    walk.seen.add(real);
    for (const entry of await readdir(folder, { withFileTypes: true })) await visit(entry, { folder, depth, walk });
  } catch (error) {
    reject(`The folder cannot be read: ${describe(error)}.`);
  }
}

async function visit(
  entry: Dirent,
  { folder, depth, walk }: { folder: string; depth: number; walk: Walk },
): Promise<void> {
  const { name } = entry;
  if (isNoDocument(name)) return;
  const path = join(folder, name);
  const kind = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
  if (kind?.isDirectory()) return walkFolder(path, depth + 1, walk);
  if (kind?.isFile()) {
    walk.files.push({ path, name: relative(walk.folder, path).split(sep).join('/') });
    return;
  }
  walk.rejected.push({ uri: path, reason: kind ? 'It is no regular file.' : 'The link leads nowhere.' });
}

/** Hidden, or about the folder or another file. */
function isNoDocument(name: string): boolean {
  return name.startsWith('.') || name.endsWith(SIDECAR) || ABOUT_THE_FOLDER.test(name);
}

/** A file's bytes, what is said of it beside it, and a digest over both. */
export interface ReadFile {
  readonly bytes: Uint8Array;
  readonly sidecar: string | undefined;
  readonly digest: string;
}

/** Reads a file as it was at one moment. Rejects what cannot be a document before reading it. */
export async function readSource({ path }: FoundFile, maxBytes: number): Promise<ReadFile | Rejection> {
  const reject = (reason: string): Rejection => ({ uri: path, reason });
  const extension = extname(path).toLowerCase();
  if (!EXTENSIONS.has(extension)) return reject(`Files of type ${extension || basename(path)} cannot be read.`);
  try {
    const { size } = await stat(path);
    if (size > maxBytes) return reject(`The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`);
    const bytes = await readSteadily(path);
    if (!bytes) return reject('The file changes while it is read.');
    const sidecar = await readSidecar(path);
    return { bytes, sidecar, digest: sha256([READER_VERSION, extension, sha256(bytes), sidecar ?? ''].join('\n')) };
  } catch (error) {
    return reject(`The file cannot be read: ${describe(error)}.`);
  }
}

/** Undefined when the file does not keep still. */
async function readSteadily(path: string): Promise<Uint8Array | undefined> {
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const file = await open(path, 'r');
    try {
      const before = await file.stat({ bigint: true });
      const bytes = await file.readFile();
      const after = await file.stat({ bigint: true });
      if (before.mtimeNs === after.mtimeNs && BigInt(bytes.length) === after.size) return bytes;
    } finally {
      await file.close();
    }
  }
  return undefined;
}

/** `NAME.pdf.meta.yaml`, else `NAME.meta.yaml`. */
async function readSidecar(path: string): Promise<string | undefined> {
  for (const place of [`${path}${SIDECAR}`, `${path.slice(0, -extname(path).length)}${SIDECAR}`]) {
    const found = await stat(place).catch(() => undefined);
    if (found?.isFile() && found.size <= MOST_SIDECAR_BYTES) return readFile(place, 'utf8');
  }
  return undefined;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
