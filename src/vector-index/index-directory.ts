import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { CorpusStore } from '../corpus-store/corpus-store.ts';
import type { IndexManifest } from './index-manifest.ts';
import type { Embeddings } from '../embeddings/embeddings.ts';
import { AppError, IndexUnusableError } from '../errors.ts';
import { digestFile, saveVectors } from './vector-file.ts';
import type { VectorIndex, VectorIndexFile, VectorIndexFormat } from './vector-index.ts';

/** Raised when files of an older version can no longer be read. */
const INDEX_FORMAT = 1;
const MANIFEST = 'manifest.json';
/** Vectors added between two looks at the event loop: a few milliseconds. */
const ADD_BATCH = 8;
/** More than this are not waited for when an index is opened: it answers by words until `catchUp` has added them. */
const MOST_AT_OPENING = 2000;
/** Deleted entries stay in the graph and slow it down: beyond this share of the live ones it is built anew. */
const MOST_GARBAGE = 0.5;
const LEAST_GARBAGE = 1000;
/** From this size on, the file may lag behind by so many vectors: to add them takes less than to write it. */
const LARGE = 5000;
const MOST_DRIFT = 256;

const manifestSchema = z.object({
  format: z.number(),
  embeddings: z.object({ id: z.string(), dimensions: z.number() }),
  corpusDigest: z.string(),
  chunks: z.number(),
  embedded: z.number(),
  vectorIndex: z.object({ file: z.string(), bytes: z.number(), sha256: z.string() }).nullable(),
});

export interface IndexDirectoryOptions {
  readonly directory: string;
  readonly store: CorpusStore;
  readonly embeddings: Embeddings;
  readonly format: VectorIndexFormat;
  /** Told when a file had to be rebuilt from the store, in a sentence. */
  readonly onNotice: (notice: string) => void;
}

/** The published vector index, held against the store that it is derived from. */
export interface IndexDirectory {
  readonly vectors: VectorIndex;
  /** Takes over what the store has and the index has not, without publishing it. */
  catchUp(): Promise<void>;
  /** Publishes index and manifest (temporary file, fsync, rename); does nothing when they are as the store is. */
  publish(): Promise<void>;
}

/**
 * Opens the published index and brings it level with the store; a missing or damaged file is built again from there.
 * @throws IndexUnusableError when it was made with another embedding model or by another version.
 */
export async function openIndexDirectory(options: IndexDirectoryOptions): Promise<IndexDirectory> {
  const { directory, store, embeddings, format, onNotice } = options;
  await mkdir(directory, { recursive: true });
  const manifest = await readManifest(options);
  const loaded = await loadVectors(options, manifest);
  const state = { vectors: loaded ?? format.create(embeddings.dimensions), drift: 0 };
  // Without its file a manifest is worth nothing: the next publish writes both.
  let published = loaded && manifest;
  const inTurn = createQueue();
  const catchUp = async (most?: number): Promise<void> => {
    state.drift += await level(state.vectors, { store, model: embeddings.id, most });
  };
  await catchUp(MOST_AT_OPENING);
  const publish = async (): Promise<void> => {
    await catchUp();
    if (isMostlyGarbage(state.vectors)) {
      onNotice('Much of the vector index is deleted entries; it is built again from the store.');
      const fresh = format.create(embeddings.dimensions);
      await level(fresh, { store, model: embeddings.id });
      Object.assign(state, { vectors: fresh, drift: Number.POSITIVE_INFINITY });
      await catchUp();
    }
    const content = await describeContent(options, state.vectors.size);
    if (published && (isSame(published, content) || isCloseEnough(state))) return;
    published = await write(directory, { content, vectors: state.vectors });
    state.drift = 0;
  };
  return { vectors: viewOf(state), catchUp: () => inTurn(() => catchUp()), publish: () => inTurn(publish) };
}

/** One after the other: two that bring an index level would add the same vectors twice. */
function createQueue(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}

/** Whichever index is current. */
function viewOf(state: { readonly vectors: VectorIndexFile }): VectorIndex {
  return {
    get dimensions() {
      return state.vectors.dimensions;
    },
    get size() {
      return state.vectors.size;
    },
    labels: () => state.vectors.labels(),
    add: (entries) => state.vectors.add(entries),
    remove: (labels) => state.vectors.remove(labels),
    search: (vector, limit, allowed) => state.vectors.search(vector, limit, allowed),
  };
}

function isMostlyGarbage({ size, deleted }: VectorIndexFile): boolean {
  return deleted > Math.max(LEAST_GARBAGE, size * MOST_GARBAGE);
}

/** A large file is not written again for a few vectors: whoever opens it adds them from the store. */
function isCloseEnough({ vectors, drift }: { vectors: VectorIndexFile; drift: number }): boolean {
  return vectors.size >= LARGE && drift <= MOST_DRIFT;
}

type Content = Omit<IndexManifest, 'vectorIndex'>;

async function describeContent({ store, embeddings }: IndexDirectoryOptions, embedded: number): Promise<Content> {
  return {
    format: INDEX_FORMAT,
    embeddings: { id: embeddings.id, dimensions: embeddings.dimensions },
    corpusDigest: await store.corpusDigest(),
    chunks: (await store.countChunks(embeddings.id)).chunks,
    embedded,
  };
}

function isSame(published: IndexManifest, content: Content): boolean {
  const { vectorIndex } = published;
  return JSON.stringify(published) === JSON.stringify({ ...content, vectorIndex });
}

/** @throws AppError when the disk refuses; what was published stays. */
async function write(
  directory: string,
  { content, vectors }: { content: Content; vectors: VectorIndexFile },
): Promise<IndexManifest> {
  try {
    const vectorIndex = vectors.size > 0 ? await saveVectors(directory, vectors) : null;
    const manifest = { ...content, vectorIndex };
    await writeFileAtomic(join(directory, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await removeOthers(directory, vectorIndex?.file);
    return manifest;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new AppError(
      `The vector index cannot be written (${cause}): is the disk full? The store has the vectors, and the next ingest writes it.`,
      { status: 503, retryable: true, cause: error },
    );
  }
}

/** Index files that no manifest names any more. */
async function removeOthers(directory: string, current: string | undefined): Promise<void> {
  const files = await readdir(directory);
  const others = files.filter((file) => /^vectors-.*\.hnsw$/.test(file) && file !== current);
  await Promise.all(others.map((file) => rm(join(directory, file), { force: true })));
}

/** Forgets what was published; the store stays. */
export function discardManifest(directory: string): void {
  rmSync(join(directory, MANIFEST), { force: true });
}

async function readManifest({
  directory,
  embeddings,
  onNotice,
}: IndexDirectoryOptions): Promise<IndexManifest | undefined> {
  const text = await readFile(join(directory, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = parseManifest(text);
  if (!manifest) {
    onNotice(`${MANIFEST} is damaged; the vector index is built again from the store.`);
    return undefined;
  }
  if (manifest.format !== INDEX_FORMAT) {
    throw new IndexUnusableError(
      `The index has format ${manifest.format}; this version reads format ${INDEX_FORMAT}. ` +
        'Run `npm run ingest -- --rebuild` to build it again.',
    );
  }
  const { id, dimensions } = manifest.embeddings;
  if (id !== embeddings.id || dimensions !== embeddings.dimensions) {
    throw new IndexUnusableError(
      `The index was built with ${id} (${dimensions} dimensions), and EMBEDDINGS asks for ${embeddings.id} ` +
        `(${embeddings.dimensions} dimensions). Set EMBEDDINGS back, or run \`npm run ingest -- --rebuild\` with the new one.`,
    );
  }
  return manifest;
}

function parseManifest(text: string): IndexManifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The published vectors, or undefined when there are none that can be used. */
async function loadVectors(
  { directory, embeddings, format, onNotice }: IndexDirectoryOptions,
  manifest: IndexManifest | undefined,
): Promise<VectorIndexFile | undefined> {
  const file = manifest?.vectorIndex;
  if (!file) return manifest && format.create(embeddings.dimensions);
  const path = join(directory, file.file);
  try {
    const { size } = await stat(path);
    if (size !== file.bytes || (await digestFile(path)) !== file.sha256) throw new Error('its digest does not match');
    return await format.load(path, embeddings.dimensions);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    onNotice(`The vector index ${file.file} cannot be used (${cause}); it is built again from the store.`);
    return undefined;
  }
}

/** Adds and removes labels until the index holds exactly the embedded chunks of the store. Gives how many it were. */
async function level(
  vectors: VectorIndex,
  { store, model, most = Number.POSITIVE_INFINITY }: { store: CorpusStore; model: string; most?: number | undefined },
): Promise<number> {
  const wanted = new Set(await store.listEmbedded(model));
  const present = new Set(vectors.labels());
  const gone = [...present].filter((label) => !wanted.has(label));
  vectors.remove(gone);
  const missing = [...wanted].filter((label) => !present.has(label));
  if (missing.length > most) return gone.length;
  for (let i = 0; i < missing.length; i += ADD_BATCH) {
    vectors.add(await store.findVectors(model, missing.slice(i, i + ADD_BATCH)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return gone.length + missing.length;
}
