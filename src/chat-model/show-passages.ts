import { randomBytes } from 'node:crypto';
import type { Passage } from '../domain.ts';
import { visibleText } from '../language/visible-text.ts';

/** What could be taken for the end of a passage, a quote or a claim, or for the beginning of one. */
const DELIMITER = /<(?=\s*\/?\s*(?:passage|quote|claim)s?\b)/giu;
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'）」]+/giu;

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
  let used = 0;
  for (const passage of passages) {
    const token = `p-${randomBytes(3).toString('hex')}`;
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

/** About how many tokens a text is, rather too many than too few: letters of other scripts count one each. */
export function estimateTokens(text: string): number {
  const plain = text.match(/\p{ASCII}/gu)?.length ?? 0;
  return Math.ceil(plain / 3 + (text.length - plain) * 1.2);
}
