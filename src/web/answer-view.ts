/** What the page reads of the server's answers; `docs/openapi.yaml` has them in full. */

export type Authority = 'primary' | 'official' | 'news' | 'commentary';

export interface SourceView {
  readonly title: string;
  readonly publisher: string;
  readonly url?: string;
  readonly authority: Authority;
  readonly published?: string;
}

export interface CitationView {
  readonly marker: number;
  readonly title: string;
  readonly uri: string;
  readonly authority: Authority;
  readonly textKind: 'brief' | 'source';
  readonly status: string;
  readonly date: string | null;
  readonly quote: string;
  readonly sources: readonly SourceView[];
}

export interface SentenceView {
  readonly text: string;
  readonly markers: readonly number[];
  /** The citations that its markers use for the first time. */
  readonly citations: readonly CitationView[];
}

export interface AnswerView {
  readonly conversationId: string;
  readonly outcome: 'answered' | 'abstained';
  readonly language: string;
  readonly answer: string;
  readonly citations: readonly CitationView[];
  readonly suggestions: readonly string[];
}

export interface DocumentView {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly authority: Authority;
  readonly textKind: 'brief' | 'source';
  readonly status: string;
  readonly date: string | null;
  readonly language: string;
  readonly parties: readonly string[];
  readonly note: string | null;
  readonly sources: readonly SourceView[];
  readonly text: string;
}

/** A failure as the server tells it (RFC 9457), or as the page does when it cannot reach the server. */
export interface ProblemView {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly retryable: boolean;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}
