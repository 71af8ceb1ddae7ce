import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { CorpusStore, DocumentIdentity, FileRecord } from '../corpus-store/corpus-store.ts';
import type { Found, FoundFile } from './load.ts';
import { planIngest, type Plan } from './plan.ts';

/** What one ingest looks at, and what was known of it before. */
export interface IngestScope {
  /** The folder that the documents belong to, relative to the index. */
  readonly root: string;
  readonly files: readonly FoundFile[];
  readonly plan: Plan;
  readonly stored: ReadonlyMap<string, DocumentIdentity>;
  /** By their path within the root. */
  readonly records: ReadonlyMap<string, FileRecord>;
  readonly present: ReadonlySet<string>;
  /** Whether unchanged files are read again too. */
  readonly rewrite: boolean;
  readonly covers: (file: string) => boolean;
  /** The record of this file, or of one with the same content that is gone: the file was moved. */
  findRecord(file: string, digest: string): FileRecord | undefined;
  /** Whether what the record says still stands in the store. */
  isCurrent(record: FileRecord): boolean;
}

/** A path within a folder that was ingested before belongs to that folder. */
export async function openScope(
  found: Found,
  { store, indexDirectory }: { store: CorpusStore; indexDirectory: string },
  rewrite: boolean,
): Promise<IngestScope> {
  const identities = await store.listIdentities();
  const { root, inner } = findRoot(found.folder, { identities, indexDirectory });
  const files = found.files.map(({ path, name }) => ({ path, name: inner + name }));
  const present = new Set(files.map(({ name }) => name));
  const covers = (file: string): boolean => (found.whole ? file.startsWith(inner) : false);
  const buried = await store.listBuried();
  const isHeldElsewhere = (document: DocumentIdentity): boolean =>
    document.file !== null && existsSync(join(resolve(indexDirectory, document.root), document.file));
  const stored = new Map(identities.map((document) => [document.id, document]));
  const records = new Map((await store.listFiles(root)).map((record) => [record.file, record]));
  const byDigest = new Map([...records.values()].map((record) => [record.digest, record]));
  const dead = new Set(buried);
  return {
    root,
    files,
    present,
    rewrite,
    covers,
    stored,
    records,
    plan: planIngest(identities, buried, { root, covers, rewrite, isHeldElsewhere }),
    findRecord(file, digest) {
      const own = records.get(file);
      if (own) return own;
      const moved = byDigest.get(digest);
      return moved && covers(moved.file) && !present.has(moved.file) ? moved : undefined;
    },
    isCurrent({ documentId, file }) {
      if (documentId === null || dead.has(documentId)) return documentId !== null;
      const document = stored.get(documentId);
      return document?.origin === 'folder' && document.root === root && document.file === file;
    },
  };
}

/** The longest known root around the folder, and the way from there; else the folder itself. */
function findRoot(
  folder: string,
  { identities, indexDirectory }: { identities: readonly DocumentIdentity[]; indexDirectory: string },
): { root: string; inner: string } {
  const roots = new Set(identities.filter(({ origin }) => origin === 'folder').map(({ root }) => root));
  const around = [...roots]
    .map((root) => ({ root, way: relative(resolve(indexDirectory, root), folder) }))
    .filter(({ way }) => way !== '..' && !way.startsWith(`..${sep}`) && way !== folder)
    .toSorted((a, b) => a.way.length - b.way.length)[0];
  if (!around) return { root: relative(indexDirectory, folder), inner: '' };
  return { root: around.root, inner: around.way === '' ? '' : `${around.way.split(sep).join('/')}/` };
}
