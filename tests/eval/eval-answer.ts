import { z } from 'zod';

const citation = z.object({
  marker: z.number().int(),
  documentId: z.string(),
  title: z.string(),
  authority: z.string(),
  date: z.string().nullable(),
  quote: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});

/** What scoring reads of a response of `POST /api/ask`. */
export const evalAnswer = z.object({
  conversationId: z.string(),
  outcome: z.enum(['answered', 'abstained']),
  reason: z.string().nullable(),
  language: z.string(),
  standaloneQuestion: z.string(),
  answer: z.string(),
  sentences: z.array(z.object({ text: z.string(), markers: z.array(z.number().int()) })),
  citations: z.array(citation),
});

export type EvalAnswer = z.infer<typeof evalAnswer>;
export type EvalCitation = z.infer<typeof citation>;

const MARKER = /(?<!\\)\[(\d+)\]/g;

/** The markers in an answer's text, in order, with repetitions. */
export function markersOf(text: string): number[] {
  return [...text.matchAll(MARKER)].map(([, marker]) => Number(marker));
}

/** The text without markers: `[1]` must not count as the number 1. */
export function withoutMarkers(text: string): string {
  return text.replaceAll(MARKER, '').replaceAll(/\\([[\]])/g, '$1');
}
