import { sha256 } from '../digest.ts';
import type { Chunk, SourceDocument } from '../domain.ts';
import { explainSqliteFault, type Sqlite } from '../sqlite.ts';
import type { CorpusChange, CorpusStore, PreparedDocument, SoundingTerm } from './corpus-store.ts';
import { indexTerms } from './index-terms.ts';
import { fileWriter } from './sqlite-files.ts';
import { revisionWriter } from './sqlite-revision.ts';
import { soundWriter } from './sqlite-sounds.ts';

/** How much of the full-text index is merged between two looks at the event loop. Pages. */
const MERGE_PAGES = 200;
const SOUNDS_A_SLICE = 500;

/** Writes documents; FTS5 rows and orphaned vectors follow in the same transaction. */
export function publisher(sqlite: Sqlite): Pick<CorpusStore, 'publish' | 'erase'> {
  const files = fileWriter(sqlite);
  const sounds = soundWriter(sqlite);
  const orphans = new Set<string>();
  const chunks = chunkWriter(sqlite, orphans);
  const document = documentWriter(sqlite);
  const prune = vectorPruner(sqlite);
  const setDigest = digestWriter(sqlite);
  const setRevision = revisionWriter(sqlite);
  const write = (prepared: PreparedDocument): void => {
    if (!files.mayWrite(prepared.document)) return;
    const terms = prepared.terms ?? indexTerms(prepared.document, prepared.chunks);
    const keepLabels = document.write(prepared.document, prepared.sketch);
    chunks.write({ document: prepared.document, chunks: prepared.chunks, terms }, keepLabels);
    sounds.write(terms.sounds);
  };
  const dropOutdated = outdatedDropper(sqlite);
  const apply = sqlite.transaction((asked: CorpusChange) => {
    const change = dropOutdated(asked);
    orphans.clear();
    for (const id of change.remove) {
      chunks.remove(id);
      document.remove(id);
    }
    for (const prepared of change.write) write(prepared);
    for (const move of change.relocate) document.relocate(move);
    files.write(change);
    prune(orphans);
    setDigest();
    setRevision();
  });
  return {
    async publish(change) {
      try {
        apply.immediate(change);
      } catch (error) {
        throw explainSqliteFault(error);
      }
      sounds.committed();
    },
    erase: eraser(sqlite),
  };
}

/** A job does not bring back what was deleted after it was accepted. */
function outdatedDropper(sqlite: Sqlite): (change: CorpusChange) => CorpusChange {
  const isOutdated = sqlite
    .prepare<[string, string], number>(
      `SELECT 1 FROM tombstones JOIN jobs ON jobs.id = ?
       WHERE tombstones.id = ? AND unixepoch(deleted_at) > jobs.started_at / 1000`,
    )
    .pluck();
  return (change) => {
    const { claim, write } = change;
    if (!claim) return change;
    return { ...change, write: write.filter(({ document: { id } }) => isOutdated.get(claim.job, id) === undefined) };
  };
}

interface DocumentWriter {
  /** Whether chunks that stay the same may stay as they are indexed. */
  write(document: SourceDocument, sketch?: Uint32Array): boolean;
  remove(id: string): void;
  relocate(move: CorpusChange['relocate'][number]): void;
}

function documentWriter(sqlite: Sqlite): DocumentWriter {
  const find = sqlite
    .prepare<[string], string>(`SELECT json_array(json_extract(metadata, '$.title'), date) FROM documents WHERE id = ?`)
    .pluck();
  const insert = sqlite.prepare(
    `INSERT INTO documents (id, root, origin, authority, kind, language, date, digest, metadata, text, text_digest)
     VALUES (@id, @root, @origin, @authority, @kind, @language, @date, @digest, @metadata, @text, @textDigest)
     ON CONFLICT (id) DO UPDATE SET root = @root, origin = @origin, authority = @authority, kind = @kind,
       language = @language, date = @date, digest = @digest, metadata = @metadata, text = @text, text_digest = @textDigest`,
  );
  const sketch = sqlite.prepare('INSERT OR REPLACE INTO sketches (document_id, hashes) VALUES (?, ?)');
  const remove = sqlite.prepare('DELETE FROM documents WHERE id = ?');
  const relocate = sqlite.prepare(
    "UPDATE documents SET root = @root, metadata = json_set(metadata, '$.root', @root, '$.file', @file) WHERE id = @id",
  );
  return {
    write(document, hashes) {
      const { text, digest, ...metadata } = document;
      const before = find.get(document.id);
      insert.run({ ...metadata, text, digest, metadata: JSON.stringify(metadata), textDigest: sha256(text) });
      if (hashes) sketch.run(document.id, Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength));
      return before === JSON.stringify([document.title, document.date]);
    },
    remove: (id) => void remove.run(id),
    relocate: (move) => void relocate.run(move),
  };
}

interface ChunkWriter {
  write(prepared: Required<Omit<PreparedDocument, 'sketch'>>, keepLabels: boolean): void;
  remove(documentId: string): void;
}

/** Digests of chunks that go are added to `orphans`. */
function chunkWriter(sqlite: Sqlite, orphans: Set<string>): ChunkWriter {
  const list = sqlite.prepare<[string], { label: number; digest: string }>(
    'SELECT label, digest FROM chunks WHERE document_id = ? ORDER BY label',
  );
  const remove = sqlite.prepare('DELETE FROM chunks WHERE label = ?');
  const forget = sqlite.prepare('DELETE FROM chunk_terms WHERE rowid = ?');
  // Ids are numbered: while they shift, two chunks must not claim one.
  const release = sqlite.prepare("UPDATE chunks SET id = ' ' || label WHERE document_id = ?");
  const update = sqlite.prepare(
    'UPDATE chunks SET id = @id, start = @start, "end" = @end, units = @units WHERE label = @label',
  );
  const insert = sqlite.prepare(
    `INSERT INTO chunks (id, document_id, start, "end", headings, text, units, context, digest)
     VALUES (@id, @documentId, @start, @end, @headings, @text, @units, @context, @digest)`,
  );
  const index = sqlite.prepare('INSERT INTO chunk_terms (rowid, title, headings, body) VALUES (?, ?, ?, ?)');
  const drop = ({ label, digest }: { label: number; digest: string }): void => {
    forget.run(label);
    remove.run(label);
    orphans.add(digest);
  };
  const removeAll = (documentId: string): void => {
    for (const row of list.all(documentId)) drop(row);
  };
  return {
    remove: removeAll,
    write({ document, chunks, terms }, keepLabels) {
      if (!keepLabels) removeAll(document.id);
      release.run(document.id);
      const known = list.all(document.id);
      for (const [i, chunk] of chunks.entries()) {
        const row = rowOf(chunk);
        const at = known.findIndex(({ digest }) => digest === chunk.digest);
        if (at === -1) {
          const { lastInsertRowid } = insert.run(row);
          index.run(lastInsertRowid, terms.title, terms.chunks[i]?.headings, terms.chunks[i]?.body);
        } else update.run({ ...row, label: known.splice(at, 1)[0]?.label });
      }
      for (const gone of known) drop(gone);
    },
  };
}

function rowOf(chunk: Chunk): Record<string, unknown> {
  return { ...chunk, headings: JSON.stringify(chunk.headings), units: JSON.stringify(chunk.units) };
}

function vectorPruner(sqlite: Sqlite): (digests: Iterable<string>) => void {
  const prune = sqlite.prepare(
    'DELETE FROM vectors WHERE digest = @digest AND NOT EXISTS (SELECT 1 FROM chunks WHERE digest = @digest)',
  );
  return (digests) => {
    for (const digest of digests) prune.run({ digest });
  };
}

function digestWriter(sqlite: Sqlite): () => void {
  const identities = sqlite.prepare<[], { id: string; digest: string }>('SELECT id, digest FROM documents ORDER BY id');
  const set = sqlite.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('corpus-digest', ?)");
  return () => {
    const lines = identities.all().map(({ id, digest }) => `${id} ${digest}\n`);
    set.run(sha256(lines.join('')));
  };
}

/** FTS5 keeps the terms of deleted rows until it merges; the sounds of terms that left go with them. */
function eraser(sqlite: Sqlite): () => Promise<void> {
  const merge = termMerger(sqlite);
  const sounding = sqlite.prepare<[], SoundingTerm>('SELECT bucket, script, sound, term FROM sounding_terms');
  const held = sqlite.prepare<[string], number>('SELECT 1 FROM chunk_vocabulary WHERE term = ?').pluck();
  const silence = sqlite.prepare(
    'DELETE FROM sounding_terms WHERE bucket = @bucket AND script = @script AND sound = @sound AND term = @term',
  );
  const isPending = sqlite.prepare<[], string>("SELECT value FROM meta WHERE key = 'to-erase'").pluck();
  const done = sqlite.prepare("DELETE FROM meta WHERE key = 'to-erase' AND value = ?");
  return async () => {
    const pending = isPending.get();
    if (pending === undefined) return;
    await merge();
    for (const [i, row] of sounding.all().entries()) {
      if (held.get(row.term) === undefined) silence.run(row);
      if (i % SOUNDS_A_SLICE === 0) await yieldToEvents();
    }
    done.run(pending);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  };
}

/** A negative count begins a merge of everything; it is done when a step changes nothing more. */
function termMerger(sqlite: Sqlite): () => Promise<void> {
  const merge = sqlite.prepare("INSERT INTO chunk_terms (chunk_terms, rank) VALUES ('merge', ?)");
  const changes = sqlite.prepare<[], number>('SELECT total_changes()').pluck();
  const step = (pages: number): number => {
    const before = changes.get() ?? 0;
    merge.run(pages);
    return (changes.get() ?? 0) - before;
  };
  return async () => {
    step(-MERGE_PAGES);
    while (step(MERGE_PAGES) > 1) await yieldToEvents();
  };
}

function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
