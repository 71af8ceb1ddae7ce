import type { Chunk, DocumentMetadata, PassageFilters, SourceDocument } from '../domain.ts';
import type { Claim } from '../jobs/jobs.ts';

/** A document without its text, and how far it is indexed. */
export interface DocumentSummary extends DocumentMetadata {
  readonly digest: string;
  readonly chunks: number;
  /** How many of the chunks have a vector of the asked model. */
  readonly embedded: number;
}

/** A chunk with the number that both indexes know it by. Labels are never used again. */
export interface StoredChunk {
  readonly label: number;
  readonly chunk: Chunk;
  readonly document: DocumentMetadata;
}

/** What tells stored documents apart, without counting their chunks. */
export type DocumentIdentity = Pick<SourceDocument, 'id' | 'root' | 'file' | 'origin' | 'digest'>;

/** A term by the way it sounds, as `findSoundAlikes` looks it up. */
export interface SoundingTerm {
  readonly bucket: string;
  readonly script: string;
  readonly sound: string;
  readonly term: string;
}

/** What the lexical index keeps of a document: search terms, joined by spaces. */
export interface IndexTerms {
  readonly title: string;
  /** One a chunk, in order. */
  readonly chunks: readonly { readonly headings: string; readonly body: string }[];
  readonly sounds: readonly SoundingTerm[];
}

/** A document ready to be written. */
export interface PreparedDocument {
  readonly document: SourceDocument;
  readonly chunks: readonly Chunk[];
  /** Worked out while writing when absent, which holds everything else up. */
  readonly terms?: IndexTerms;
  /** A sample of the text that near-duplicates are found by. */
  readonly sketch?: Uint32Array;
}

export interface DocumentSketch {
  readonly id: string;
  readonly hashes: Uint32Array;
}

/** A file as it was last read; while its digest stays, it need not be read again. */
export interface FileRecord {
  readonly root: string;
  /** Its path within the root, with `/`. */
  readonly file: string;
  /** Over its bytes, what belongs to it, and the version of the reader. */
  readonly digest: string;
  /** Null where it was left out, with the reason. */
  readonly documentId: string | null;
  readonly reason: string | null;
}

/** One atomic change of the corpus. */
export interface CorpusChange {
  /**
   * Replaced whole where the id exists; chunks that stay the same keep their label. What comes from a folder never
   * replaces an upload or a page, nor comes back once it is deleted.
   */
  readonly write: readonly PreparedDocument[];
  /** Unchanged but for where they were loaded from. */
  readonly relocate: readonly { readonly id: string; readonly root: string; readonly file: string | null }[];
  readonly remove: readonly string[];
  /** What was found of files, whether documents or not. */
  readonly files?: readonly FileRecord[];
  /** Files that are gone. */
  readonly forget?: readonly { readonly root: string; readonly file: string }[];
  /** Ids that a folder must not bring back. */
  readonly bury?: readonly string[];
  /** Ids that a folder may bring back. */
  readonly unbury?: readonly string[];
  /**
   * The job that it belongs to: what was deleted after it was accepted stays deleted. Where several processes work on jobs,
   * nothing is changed once another has taken it over (ClaimLostError), and what a job accepted later wrote stays as it is.
   */
  readonly claim?: Claim;
}

export interface PendingText {
  readonly digest: string;
  /** What is embedded: a chunk's context and text. */
  readonly text: string;
}

export interface StoredVector {
  readonly label: number;
  readonly vector: Float32Array;
}

/** Documents, chunks and vectors: the durable truth that the indexes are derived from. */
export interface CorpusStore {
  /** SHA-256 over the ids and digests of all documents. */
  corpusDigest(): Promise<string>;
  /** Sorted by id. */
  listDocuments(model: string): Promise<DocumentSummary[]>;
  findDocument(id: string): Promise<SourceDocument | undefined>;
  /** Names (ids or titles) of documents → the documents that say they supersede them, oldest first. */
  findSuperseding(names: readonly string[]): Promise<ReadonlyMap<string, readonly DocumentMetadata[]>>;
  findSummary(id: string, model: string): Promise<DocumentSummary | undefined>;
  listIdentities(): Promise<DocumentIdentity[]>;
  /** Documents with the text of `id`, or with the text given, other than `id`; sorted. */
  findTwins(id: string, text?: string): Promise<string[]>;
  listSketches(): Promise<DocumentSketch[]>;
  listFiles(root: string): Promise<FileRecord[]>;
  /** Every file that was left out, by any ingest. */
  listRejected(): Promise<FileRecord[]>;
  /** Ids that were deleted, sorted. */
  listBuried(): Promise<string[]>;
  /** In the order asked; labels that are gone are left out. */
  findChunks(labels: readonly number[]): Promise<StoredChunk[]>;
  /** The digest of each of these chunks, by id; those that are gone are left out. */
  findChunkDigests(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Labels of the chunks that pass the filters. */
  findLabels(filters: PassageFilters): Promise<ReadonlySet<number>>;
  countChunks(model: string): Promise<{ documents: number; chunks: number; embedded: number }>;
  /** All or nothing; what the lexical index and the vectors must follow happens in the same transaction. */
  publish(change: CorpusChange): Promise<void>;
  /** Removes what search structures still hold of buried documents, if there are any; slow, in slices. */
  erase(): Promise<void>;
  /** Changes whenever another process wrote anything. */
  revision(): Promise<string>;
  /** Distinct chunk texts that have no vector of this model yet. */
  listPending(model: string, limit: number): Promise<PendingText[]>;
  saveVectors(model: string, vectors: readonly { digest: string; vector: readonly number[] }[]): Promise<void>;
  /** Labels of the chunks that have a vector of this model, ascending. */
  listEmbedded(model: string): Promise<number[]>;
  findVectors(model: string, labels: readonly number[]): Promise<StoredVector[]>;
}

/** What questions and readers ask of the store: where it has replicas, it may be a moment behind, and never goes back. */
export type CorpusReader = Pick<
  CorpusStore,
  | 'corpusDigest'
  | 'revision'
  | 'listDocuments'
  | 'findDocument'
  | 'findSuperseding'
  | 'findSummary'
  | 'findChunks'
  | 'findChunkDigests'
  | 'findLabels'
  | 'countChunks'
>;

export interface LexicalHit {
  readonly label: number;
  /** BM25 of the full-text engine, up = better. */
  readonly score: number;
}

/** A term of the index that sounds like a word in another script. */
export interface SoundAlike {
  readonly term: string;
  /** 0 to 1 = sounds the same. */
  readonly similarity: number;
}

/** Terms → chunks. Written by the store's `publish`, so that it is never behind. */
export interface LexicalIndex {
  /** The chunks that hold any of the terms, best first. */
  search(terms: readonly string[], options: { limit: number; filters: PassageFilters }): Promise<LexicalHit[]>;
  /** Inverse document frequency of each distinct term over the chunks, > 0; rare terms weigh more. */
  weighTerms(terms: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** For each word as asked, up to three terms that sound like it, of other scripts than its own, best first. */
  findSoundAlikes(words: readonly string[]): Promise<ReadonlyMap<string, readonly SoundAlike[]>>;
}
