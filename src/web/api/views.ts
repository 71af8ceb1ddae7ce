/** What the page reads of the server's answers; `docs/openapi.yaml` has them in full. */

import type { Authority, Conflict, Receipt, SourceReference, TextKind } from '../../domain.ts';

export { AUTHORITIES, type Authority, type TextKind } from '../../domain.ts';
export type ConflictView = Conflict;
export type ReceiptView = Receipt;
export type SourceView = SourceReference;

export interface CitationView {
  readonly marker: number;
  readonly documentId: string;
  readonly chunkId: string;
  readonly title: string;
  readonly uri: string;
  readonly authority: Authority;
  readonly textKind: TextKind;
  readonly status: string;
  readonly date: string | null;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly sources: readonly SourceView[];
  readonly alsoIn?: readonly { readonly documentId: string; readonly title: string; readonly uri: string }[];
}

export interface SentenceView {
  readonly text: string;
  readonly markers: readonly number[];
  /** The citations that its markers use for the first time. */
  readonly citations: readonly CitationView[];
}

export interface TraceView {
  readonly stages: readonly { readonly name: string; readonly durationMs: number }[];
  readonly passages: readonly {
    readonly rank: number;
    readonly chunkId: string;
    readonly similarity: number;
    readonly fused: number;
  }[];
  readonly rejected: readonly { readonly chunkId?: string; readonly text?: string; readonly reason: string }[];
}

export type ReasonView = 'no-passages' | 'weak-evidence' | 'model-declined' | 'ungrounded' | 'out-of-scope';

export interface AnswerView {
  readonly askId: string;
  readonly conversationId: string;
  readonly conversationToken?: string;
  readonly outcome: 'answered' | 'abstained';
  readonly reason: ReasonView | null;
  readonly completeness: 'full' | 'partial' | 'none';
  readonly language: string;
  readonly standaloneQuestion: string;
  readonly answer: string;
  readonly citations: readonly CitationView[];
  readonly conflicts: readonly ConflictView[];
  readonly suggestions: readonly string[];
  readonly receipt: ReceiptView;
  readonly trace?: TraceView;
}

export interface DocumentSummaryView {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly authority: Authority;
  readonly textKind: TextKind;
  readonly status: string;
  readonly date: string | null;
  readonly language: string;
  readonly chunks: number;
  readonly embedded: number;
  readonly origin: 'folder' | 'upload' | 'url';
  readonly parties: readonly string[];
  readonly topics: readonly string[];
  readonly related: readonly string[];
  readonly supersedes: readonly string[];
}

export interface DocumentView extends DocumentSummaryView {
  readonly note: string | null;
  readonly sources: readonly SourceView[];
  readonly text: string;
}

export interface PassageView {
  readonly rank: number;
  readonly documentId: string;
  readonly chunkId: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly authority: Authority;
}

/** A failure as the server tells it (RFC 9457), or as the page does when it cannot reach the server. */
export interface ProblemView {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly retryable: boolean;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What came of checking a saved answer again. */
export interface VerificationView {
  readonly verdict: string;
  readonly verified: boolean;
  readonly findings: readonly { readonly code: string; readonly detail: string }[];
}

/** What a question is restricted to. */
export interface AskFilters {
  /** `YYYY-MM-DD`, or empty: today. */
  readonly asOf: string;
  /** Empty: all. */
  readonly authorities: readonly Authority[];
}
