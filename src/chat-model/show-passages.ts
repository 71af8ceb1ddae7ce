import { randomBytes } from 'node:crypto';
import type { Passage } from '../domain.ts';
import type { Prompt } from '../prompts.ts';
import { visibleText } from '../language/visible-text.ts';

/** What could be taken for the end of a passage, a quote or a claim, or for the beginning of one. */
const DELIMITER = /<(?=\s*\/?\s*(?:passage|quote|claim|framing)s?\b)/giu;
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'）」]+/giu;

/** A window that every model of today has, where the provider does not tell. */
const USUAL_WINDOW_TOKENS = 16_000;
/** Kept free for the reply, and for the question with what stands around it. */
const REPLY_TOKENS = 4000;
const QUESTION_TOKENS = 200;
const TOKEN_BYTES = 3;

/** Passages as a model sees them. */
export interface ShownPassages {
  readonly text: string;
  /** The rank of the passage with this token; 0 when there is none. */
  readonly rankOf: (token: string) => number;
  /** Those that did not fit. */
  readonly leftOut: readonly Passage[];
}

/**
 * Passages between delimiters, each under a token that nobody could know before, with title, authority, status and date.
 * Addresses and hidden characters are left out, and nothing in a text can close its passage. What does not fit into
 * `mostTokens` is left out, the worst first.
 */
export function showPassages(passages: readonly Passage[], mostTokens: number): ShownPassages {
  const tokens = new Map<string, number>();
  const shown: string[] = [];
  const leftOut: Passage[] = [];
  const secret = randomBytes(passages.length * TOKEN_BYTES).toString('hex');
  let used = 0;
  for (const [i, passage] of passages.entries()) {
    const token = `p-${secret.slice(i * TOKEN_BYTES * 2, (i + 1) * TOKEN_BYTES * 2)}`;
    const text = showPassage(passage, token);
    const cost = estimateTokens(text);
    if (used + cost > mostTokens) {
      leftOut.push(passage);
      continue;
    }
    used += cost;
    tokens.set(token, passage.rank);
    shown.push(text);
  }
  const rankOf = (token: string): number => tokens.get(/p-[0-9a-f]{6}/.exec(token)?.[0] ?? '') ?? 0;
  return { text: shown.join('\n'), rankOf, leftOut };
}

function showPassage({ rank, chunk, document }: Passage, token: string): string {
  const about = [chunk.context, document.authority, document.status, document.date].filter(Boolean).join(' | ');
  return `<passage ${rank} token="${token}">\n${disarm(about)}\n${disarm(chunk.text)}\n</passage>`;
}

/** A text that says what it says, and cannot be taken for our own marks. */
export function disarm(text: string): string {
  return visibleText(text).replaceAll(ADDRESS, '[address]').replaceAll(DELIMITER, '‹');
}

/**
 * Tokens that passages may have beside the instructions and a reply. A small window keeps a quarter of itself for the
 * reply, a large one no more than anyone writes.
 */
export function roomForPassages({
  windowTokens = USUAL_WINDOW_TOKENS,
  prompt,
  most,
}: {
  readonly windowTokens?: number | undefined;
  readonly prompt: Pick<Prompt, 'instructions'> | undefined;
  readonly most: number;
}): number {
  const reply = Math.min(REPLY_TOKENS, windowTokens / 4);
  const room = windowTokens - reply - QUESTION_TOKENS - estimateTokens(prompt?.instructions ?? '');
  return Math.min(Math.max(Math.floor(room), 0), most);
}

/** About how many tokens a text is, rather too many than too few: letters of other scripts count one each. */
export function estimateTokens(text: string): number {
  let plain = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 128) plain += 1;
  return Math.ceil(plain / 3 + (text.length - plain) * 1.2);
}
