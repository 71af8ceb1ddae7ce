import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { IngestError } from '../errors.ts';
import type { Rejection } from '../domain.ts';

/** What can be read now. */
const EXTENSIONS = new Set(['.md', '.markdown', '.txt']);
/** Files that speak about a folder rather than being part of the corpus. */
const ABOUT_THE_FOLDER = new Set(['sources.md', 'readme.md', 'license', 'license.txt', 'license.md']);
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/** A file as read: its text, and the name it has within the folder, with `/`. */
export interface LoadedFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** Everything a path held. Names of rejections are paths, as the reader knows them. */
export interface Loaded {
  /** The folder that was read, or that of the file. */
  readonly root: string;
  /** Whether the folder was read whole, so that what is missing from it has been removed. */
  readonly whole: boolean;
  readonly files: readonly LoadedFile[];
  readonly rejected: readonly Rejection[];
}

/**
 * Reads a file, or every document below a folder, in a stable order.
 * @throws IngestError when there is nothing at the path, or nothing in it that could be a document.
 */
export async function loadFiles(path: string): Promise<Loaded> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new IngestError(`There is no file or folder at ${path}.`);
  const whole = found.isDirectory();
  const root = whole ? path : dirname(path);
  const paths = whole ? await listFiles(path) : [path];
  if (paths.length === 0)
    throw new IngestError(`The folder ${path} holds no documents (${[...EXTENSIONS].join(', ')}).`);
  const results = await Promise.all(paths.map((file) => loadFile(file, root)));
  return {
    root,
    whole,
    files: results.filter((result) => 'text' in result),
    rejected: results.filter((result) => 'reason' in result),
  };
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !ABOUT_THE_FOLDER.has(entry.name.toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(folder, path)
          .split(sep)
          .some((part) => part.startsWith('.')),
    )
    .toSorted();
}

async function loadFile(path: string, root: string): Promise<LoadedFile | Rejection> {
  const reject = (reason: string): Rejection => ({ uri: path, reason });
  const extension = extname(path).toLowerCase();
  if (!EXTENSIONS.has(extension)) return reject(`Files of type ${extension || basename(path)} cannot be read.`);
  try {
    const { size } = await stat(path);
    if (size > LARGEST_FILE_BYTES) return reject(`The file is larger than ${LARGEST_FILE_BYTES / 1024 / 1024} MiB.`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    if (text.includes('\0')) return reject('The file is not text: it holds a NUL byte.');
    return { path, name: relative(root, path).split(sep).join('/'), text: text.replaceAll('\r\n', '\n') };
  } catch (error) {
    if (error instanceof TypeError) return reject('The file is not UTF-8 text.');
    return reject(`The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
