import { z } from 'zod';
import type { SavedAnswer } from './ask/verify-answer.ts';
import { AUTHORITIES, STATUSES, TEXT_KINDS } from './domain.ts';
import { check } from './requests.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex');
const offset = z.number().int().min(0);
const marker = z.number().int().min(1);

/** What can be re-checked; whatever else the response holds is kept, since the receipt seals it too. */
const savedAnswer = z.looseObject({
  answer: z.string().min(1),
  sentences: z.array(z.looseObject({ text: z.string().min(1), markers: z.array(marker) })),
  citations: z.array(
    z.looseObject({
      marker,
      documentId: z.string().min(1),
      chunkId: z.string(),
      title: z.string(),
      uri: z.string(),
      authority: z.enum(AUTHORITIES),
      textKind: z.enum(TEXT_KINDS),
      status: z.enum(STATUSES),
      date: z.string().nullable(),
      quote: z.string(),
      start: offset,
      end: offset,
      sources: z.array(
        z.looseObject({
          title: z.string(),
          publisher: z.string(),
          url: z.string().exactOptional(),
          authority: z.enum(AUTHORITIES),
          published: z.string().exactOptional(),
        }),
      ),
    }),
  ),
  receipt: z.strictObject({
    indexDigest: digest,
    embeddings: z.string(),
    chatModel: z.string(),
    promptDigests: z.record(z.string(), digest),
    passages: z.array(z.strictObject({ chunkId: z.string(), digest })),
    digest,
  }),
});

/** What a response carries besides the answer: ids of the request, and how it was found. */
const AROUND: ReadonlySet<string> = new Set(['askId', 'conversationId', 'conversationToken', 'trace']);

/**
 * A saved response of `POST /api/ask`, or the output of `ask --json`.
 * @throws InvalidRequestError with a pointer to each fault.
 */
export function readSavedAnswer(response: unknown): SavedAnswer {
  const { receipt, ...rest } = check(savedAnswer, response);
  const said = Object.fromEntries(Object.entries(rest).filter(([field]) => !AROUND.has(field)));
  const { answer, sentences, citations } = rest;
  return { said, answer, sentences, citations, receipt };
}
