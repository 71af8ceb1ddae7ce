import { jsonrepair } from 'jsonrepair';
import { z } from 'zod';
import type { Completeness } from '../domain.ts';

const MOST_CLAIMS = 40;
/** A reply longer than this is not read on. */
const LONGEST_REPLY = 200_000;
const LONGEST_CLAIM = 20_000;
/** Claims stand in an array in an object; what is nested deeper is no claim. */
const DEEPEST = 4;
const COMPLETENESS = /"completeness"\s*:\s*"(full|partial|none)"/g;

const writtenClaim = z.object({
  text: z.string(),
  quotes: z.array(z.object({ token: z.string(), quote: z.string() })),
});

/** A claim in the model's own words and tokens. */
export type WrittenClaim = z.infer<typeof writtenClaim>;

/** What a reply must look like. */
export const DRAFT_SCHEMA = {
  type: 'object',
  properties: {
    claims: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          text: { type: 'string', description: 'One factual sentence' },
          quotes: {
            type: 'array',
            items: {
              type: 'object',
              properties: { token: { type: 'string' }, quote: { type: 'string' } },
              required: ['token', 'quote'],
              additionalProperties: false,
            },
          },
        },
        required: ['text', 'quotes'],
        additionalProperties: false,
      },
    },
    completeness: { type: 'string', enum: ['full', 'partial', 'none'] },
  },
  required: ['claims', 'completeness'],
  additionalProperties: false,
} as const;

/** Reads claims from a reply while it is being written. */
export interface ClaimReader {
  /** Takes the next part of the reply; gives the claims that it completed. */
  push(text: string): WrittenClaim[];
  /** How many claims it has given. */
  count(): number;
  /** What the reply says of itself; undefined when it does not. */
  completeness(): Completeness | undefined;
  /** Whether it has gone on longer than anyone will read. */
  isOverlong(): boolean;
}

/**
 * Every object in the reply that looks like a claim is one, wherever it stands: in the asked form, in a code fence, after
 * a preamble, in an array alone, or in a reply that breaks off. What models get wrong in JSON is mended.
 */
export function createClaimReader(): ClaimReader {
  let reply = '';
  let inString = false;
  let isEscaped = false;
  let claims = 0;
  const open: number[] = [];
  const stepInString = (mark: string): void => {
    if (isEscaped) isEscaped = false;
    else if (mark === '\\') isEscaped = true;
    else if (mark === '"') inString = false;
  };
  const step = (mark: string, at: number): WrittenClaim | undefined => {
    if (mark === '"') inString = open.length > 0;
    if (mark === '{') open.push(at);
    if (mark !== '}') return undefined;
    const depth = open.length;
    const start = open.pop() ?? at;
    return depth > DEEPEST || at - start > LONGEST_CLAIM ? undefined : readClaim(reply.slice(start, at + 1));
  };
  return {
    push(text) {
      const from = reply.length;
      reply += text;
      const found: WrittenClaim[] = [];
      // Only the new part is looked at, for a whole reply would be read again with each of hundreds of parts.
      for (let i = 0; i < text.length; i++) {
        const mark = text.charAt(i);
        const claim = inString ? stepInString(mark) : step(mark, from + i);
        if (claim && claims < MOST_CLAIMS) {
          claims += 1;
          found.push(claim);
        }
      }
      return found;
    },
    count: () => claims,
    completeness: () => [...reply.matchAll(COMPLETENESS)].at(-1)?.[1] as Completeness | undefined,
    isOverlong: () => reply.length > LONGEST_REPLY,
  };
}

function readClaim(json: string): WrittenClaim | undefined {
  return json.includes('quote') ? writtenClaim.safeParse(parse(json)).data : undefined;
}

/** The JSON of a text, mended where it must be; undefined when it cannot be. */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Not as it should be: see below.
  }
  try {
    return JSON.parse(jsonrepair(json));
  } catch {
    return undefined;
  }
}
