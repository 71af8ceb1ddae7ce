import type { AnswerResponse } from '../answer-response.ts';
import type { Citation } from '../domain.ts';
import { MARKDOWN_MARKUP } from './markup.ts';
import { renderMessages } from './render-messages.ts';

/** A citation where its marker first stands in the text; `start` and `end` count UTF-16 units. */
export interface Annotation {
  readonly start: number;
  readonly end: number;
  readonly citation: Citation;
}

/** An answer as one Markdown text, with each citation at its marker. */
export interface AnnotatedText {
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** The answer and, for clients that read no annotations, its references in words. */
export function annotateAnswer(response: AnswerResponse): AnnotatedText {
  const text = renderMessages(response, { markup: MARKDOWN_MARKUP, limit: Number.POSITIVE_INFINITY }).join('\n\n');
  const annotations = response.citations.flatMap((citation) => {
    const marker = `[${citation.marker}]`;
    const start = text.indexOf(marker);
    return start < 0 ? [] : [{ start, end: start + marker.length, citation }];
  });
  return { text, annotations };
}

/** A piece of a text, with the annotations that begin in it. */
export interface Delta {
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** The text in the pieces that a stream sends: line by line. Together they are the text. */
export function partText({ text, annotations }: AnnotatedText): Delta[] {
  const deltas: Delta[] = [];
  let start = 0;
  for (const line of text.match(/[^\n]*\n+|[^\n]+$/g) ?? []) {
    const [from, to] = [start, start + line.length];
    deltas.push({ text: line, annotations: annotations.filter((one) => one.start >= from && one.start < to) });
    start = to;
  }
  return deltas;
}

/** How Perplexity's clients read citations: addresses, and what stands there. */
export function searchResults({ citations }: AnswerResponse): { citations: string[]; search_results: object[] } {
  return {
    citations: citations.map(({ uri }) => uri),
    search_results: citations.map(({ title, uri, date, quote }) => ({
      title,
      url: uri,
      date,
      last_updated: null,
      snippet: quote,
    })),
  };
}

/** What the OpenAI shape has no place for. */
export function describeOutcome(response: AnswerResponse): object {
  const { askId, outcome, reason, completeness, language, suggestions } = response;
  return { askId, outcome, reason, completeness, language, suggestions };
}

/** Tokens as clients show them; no tokenizer is at work here, so four UTF-8 bytes are counted as one. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}
