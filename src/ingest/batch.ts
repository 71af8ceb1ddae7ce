import type { CorpusChange, CorpusStore, FileRecord, PreparedDocument } from '../corpus-store/corpus-store.ts';
import { shareVectors } from './share-vectors.ts';

/** A batch is published when its text reaches this length or it has this many documents. */
const FULL_LENGTH = 500_000;
const FULL_DOCUMENTS = 100;

/** Collects changes until they are worth a transaction. */
export interface Batch {
  write(prepared: PreparedDocument): Promise<void>;
  relocate(move: CorpusChange['relocate'][number]): void;
  remove(id: string): void;
  record(file: FileRecord): void;
  forget(file: { readonly root: string; readonly file: string }): void;
  flushWhenFull(): Promise<void>;
  flush(): Promise<void>;
}

export function createBatch(store: CorpusStore): Batch {
  let open = emptyChange();
  let length = 0;
  const flush = async (): Promise<void> => {
    const { write, relocate, remove, files, forget } = open;
    if (write.length + relocate.length + remove.length + files.length + forget.length === 0) return;
    const change = open;
    [open, length] = [emptyChange(), 0];
    await store.publish(change);
  };
  return {
    async write(prepared) {
      open.write.push(await shareVectors(prepared, open.write, store));
      length += prepared.document.text.length;
    },
    relocate: (move) => void open.relocate.push(move),
    remove: (id) => void open.remove.push(id),
    record: (file) => void open.files.push(file),
    forget: ({ root, file }) => void open.forget.push({ root, file }),
    async flushWhenFull() {
      if (length >= FULL_LENGTH || open.write.length >= FULL_DOCUMENTS) await flush();
    },
    flush,
  };
}

function emptyChange() {
  return {
    write: [] as PreparedDocument[],
    relocate: [] as CorpusChange['relocate'][number][],
    remove: [] as string[],
    files: [] as FileRecord[],
    forget: [] as { root: string; file: string }[],
  };
}
