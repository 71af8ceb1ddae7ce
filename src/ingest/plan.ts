import type { DocumentIdentity } from '../corpus-store/corpus-store.ts';
import type { SourceDocument } from '../domain.ts';

export interface PlanScope {
  readonly root: string;
  /** Whether a file of the root was looked for: then its document goes when it is missing. */
  readonly covers: (file: string) => boolean;
  /** Treat unchanged documents as changed. */
  readonly rewrite: boolean;
  /** Whether the file that another root gave a document by is still there: then that root keeps the id. */
  readonly isHeldElsewhere: (stored: DocumentIdentity) => boolean;
}

/** What has to happen to one document so that the store holds what was loaded. */
export type Placement =
  | { readonly act: 'add' | 'change' | 'keep' | 'deleted' }
  | { readonly act: 'reject'; readonly reason: string };

/** Decides document by document, in the order of the files. */
export interface Plan {
  place(document: Pick<SourceDocument, 'id' | 'digest'>): Placement;
  /** An unread file keeps its document: a broken edit must not take a good one away. */
  spare(file: string): void;
  /** What was covered and has not been placed. */
  listMissing(): string[];
}

/** Compares by digest with what is stored; `buried` ids stay out. */
export function planIngest(
  stored: readonly DocumentIdentity[],
  buried: readonly string[],
  { root, covers, rewrite, isHeldElsewhere }: PlanScope,
): Plan {
  const known = new Map(stored.map((document) => [document.id, document]));
  const dead = new Set(buried);
  const placed = new Set<string>();
  const spared = new Set<string>();
  const whyTaken = (before: DocumentIdentity | undefined): string | undefined => {
    if (!before || (before.origin === 'folder' && before.root === root)) return undefined;
    if (before.origin !== 'folder') return `was ${before.origin === 'upload' ? 'uploaded' : 'fetched from the web'}`;
    return isHeldElsewhere(before) ? 'belongs to another folder' : undefined;
  };
  return {
    place({ id, digest }) {
      if (placed.has(id)) return { act: 'reject', reason: `The id ${id} is used by another file of this folder.` };
      if (dead.has(id)) return { act: 'deleted' };
      const before = known.get(id);
      const taken = whyTaken(before);
      if (taken !== undefined) return { act: 'reject', reason: `The document ${id} ${taken}, and is kept.` };
      placed.add(id);
      if (!before) return { act: 'add' };
      return { act: !rewrite && before.digest === digest ? 'keep' : 'change' };
    },
    spare: (file) => void spared.add(file),
    listMissing: () =>
      stored
        .filter((document) => document.origin === 'folder' && document.root === root && !placed.has(document.id))
        .filter(({ file }) => file !== null && covers(file) && !spared.has(file))
        .map(({ id }) => id),
  };
}
