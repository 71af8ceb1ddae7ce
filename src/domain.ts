/** The nouns of Concordat. This file imports nothing of ours; every offset in it counts UTF-16 code units. */

/** How official a source is, from the text itself down to opinion. The order is the order of precedence. */
export const AUTHORITIES = ['primary', 'official', 'news', 'commentary'] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** What is known of an instrument's standing on its date. */
export const STATUSES = ['in-force', 'signed', 'adopted', 'announced', 'proposed', 'reported', 'speculative'] as const;
export type Status = (typeof STATUSES)[number];

/** `brief`: our own summary of the sources it lists; `source`: the source's own text. */
export const TEXT_KINDS = ['brief', 'source'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** Where a document came from, which decides what an ingest of a folder may remove. */
export type Origin = 'folder' | 'upload' | 'url';

/** Languages that answers are framed in; documents may be in any. */
export const LANGUAGES = ['en', 'hi', 'ja', 'ta'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A publication that a document rests on. */
export interface SourceReference {
  readonly title: string;
  readonly publisher: string;
  /** Absent where the publication has no page address. */
  readonly url?: string;
  readonly authority: Authority;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly published?: string;
}

/** What is known of a document besides its text. */
export interface DocumentMetadata {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly authority: Authority;
  readonly textKind: TextKind;
  readonly status: Status;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null when unknown. */
  readonly date: string | null;
  /** A BCP-47 tag. */
  readonly language: string;
  readonly parties: readonly string[];
  readonly topics: readonly string[];
  readonly related: readonly string[];
  readonly supersedes: readonly string[];
  readonly note: string | null;
  readonly sources: readonly SourceReference[];
  readonly origin: Origin;
  /** The folder (relative to the index) or address it was loaded from; an ingest removes only within its own root. */
  readonly root: string;
  /** Its path within the root, with `/`; null where it did not come from a file. */
  readonly file: string | null;
  /** Where each page begins in the text, for a format with pages. */
  readonly pageStarts?: readonly number[];
}

/** A document as it is stored: citations point into `text`. */
export interface SourceDocument extends DocumentMetadata {
  readonly text: string;
  /** SHA-256 over metadata and text, lower-case hex. */
  readonly digest: string;
}

/** A half-open range. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The smallest thing that may be quoted whole: a sentence, a list item or a table row of a document's text. */
export interface Unit extends Span {
  readonly kind: 'sentence' | 'item' | 'row';
}

/** A stored piece of a document: `document.text.slice(start, end) === text`. */
export interface Chunk extends Span {
  readonly id: string;
  readonly documentId: string;
  /** The headings above the chunk, outermost first. */
  readonly headings: readonly string[];
  readonly text: string;
  readonly units: readonly Unit[];
  /** What embedding sees before the text: title, date and headings. */
  readonly context: string;
  /** SHA-256 over context and text: equal digests share one vector. */
  readonly digest: string;
}

/** A chunk retrieved for one question. Rank orders, similarity gates. */
export interface Passage {
  /** 1 is best; ranks of a result are dense. */
  readonly rank: number;
  /** Cosine similarity of question and chunk under the index's embeddings; 0 where it could not be computed. */
  readonly similarity: number;
  /** A stored chunk, or neighbouring ones of a section read as one: then `parts` holds them, in order. */
  readonly chunk: Chunk;
  readonly parts?: readonly Chunk[];
  readonly document: DocumentMetadata;
  readonly signals: PassageSignals;
}

/** Why a passage ranked where it did. */
export interface PassageSignals {
  /** BM25 score from the full-text engine, up = better; absent when the terms did not match. */
  readonly lexical?: number;
  /** Shares (0–1) of the question's term weight that occurs (often: to 2.2), stands in the order asked, in one sentence. Best ones only. */
  readonly coverage?: number;
  readonly frequency?: number;
  readonly order?: number;
  readonly together?: number;
  readonly cosine?: number;
  /** The fused score that ordered the passages. */
  readonly fused: number;
  /** The reranker's score, which then ordered the best of them again. */
  readonly rerank?: number;
}

/** Restricts what may be searched. Absent fields do not restrict. */
export interface PassageFilters {
  readonly authority?: readonly Authority[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly language?: readonly string[] | undefined;
  readonly documentIds?: readonly string[] | undefined;
  /** `YYYY-MM-DD`: only documents dated up to that day. */
  readonly asOf?: string | undefined;
}

/** A question as typed, with what the asker set beside it. */
export interface Question {
  readonly text: string;
  readonly language: Language;
  readonly filters: PassageFilters;
  readonly conversationId?: string;
}

/** A verified quote: `document.text.slice(start, end) === quote`. */
export interface Citation extends Span {
  readonly marker: number;
  readonly documentId: string;
  readonly chunkId: string;
  readonly title: string;
  readonly uri: string;
  readonly authority: Authority;
  readonly textKind: TextKind;
  readonly status: Status;
  readonly date: string | null;
  readonly quote: string;
  /** Counted from 1, where the document has pages. */
  readonly page?: number;
  readonly sources: readonly SourceReference[];
  /** What has replaced the document since, as far as it was known on the day asked for; absent when nothing has. */
  readonly supersededBy?: readonly SupersedingDocument[];
  /** Other documents that hold the quoted passage word for word; absent when there are none. */
  readonly alsoIn?: readonly Pick<Citation, 'documentId' | 'title' | 'uri'>[];
}

export interface SupersedingDocument {
  readonly documentId: string;
  readonly title: string;
  readonly date: string | null;
}

/** A factual sentence of an answer, without framing and without markers. */
export interface AnswerSentence {
  readonly text: string;
  readonly markers: readonly number[];
}

export type AbstentionReason = 'no-passages' | 'weak-evidence' | 'model-declined' | 'ungrounded' | 'out-of-scope';

export type Completeness = 'full' | 'partial' | 'none';

/** Two or more citations that give different values for one thing. */
export interface Conflict {
  readonly about: string;
  readonly sides: readonly { readonly marker: number }[];
}

/** What an answer was made from; anyone with the index can re-check it. */
export interface Receipt {
  readonly indexDigest: string;
  readonly embeddings: string;
  readonly chatModel: string;
  readonly promptDigests: Readonly<Record<string, string>>;
  readonly passages: readonly { readonly chunkId: string; readonly digest: string }[];
  /** SHA-256 over every other field of the answer and all of the above. */
  readonly digest: string;
}

interface Verified {
  readonly language: Language;
  readonly standaloneQuestion: string;
  /** Markdown: the sentences with their markers, and framing words around them. */
  readonly answer: string;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  readonly conflicts: readonly Conflict[];
  readonly suggestions: readonly string[];
  readonly receipt: Receipt;
}

export interface Answered extends Verified {
  readonly outcome: 'answered';
  readonly reason: null;
  readonly completeness: 'full' | 'partial';
}

/** Not answering is a value: it has a reason and an honest sentence. */
export interface Abstained extends Verified {
  readonly outcome: 'abstained';
  readonly reason: AbstentionReason;
  readonly completeness: 'none';
}

export type Answer = Answered | Abstained;

export interface Turn {
  readonly question: string;
  readonly standaloneQuestion: string;
  readonly answer: string;
  readonly documentIds: readonly string[];
}

export interface IngestReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly kept: readonly string[];
  readonly removed: readonly string[];
  readonly rejected: readonly Rejection[];
  /** Ids that are in the folder, and were deleted: they stay out until they are restored. */
  readonly deleted: readonly string[];
  /** Documents with the text of another, or most of it (share of five-word runs, 0–1). */
  readonly duplicates: readonly Duplicate[];
}

export interface Duplicate {
  readonly id: string;
  readonly of: string;
  readonly similarity: number;
}

/** A file that was left out, and why, in a sentence. */
export interface Rejection {
  readonly uri: string;
  readonly reason: string;
}
