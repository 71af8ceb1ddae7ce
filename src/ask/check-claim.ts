import type { DraftClaim } from '../chat-model/chat-model.ts';
import type { Passage } from '../domain.ts';
import { isDirective } from '../language/manner.ts';
import { memoise } from '../language/memoise.ts';
import { splitWords } from '../language/terms.ts';
import { visibleText } from '../language/visible-text.ts';
import { groundClaim, type GroundedClaim, type Ungrounded } from './ground.ts';

/** More is no sentence. */
const LONGEST_CLAIM = 600;
/** So many words in a row, of what the model was told, are no accident. */
const ECHO_WORDS = 7;

const ADDRESS =
  /\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.|\b(?:mailto|javascript|data|tel|file):\S|\b[a-z0-9-]+\.(?:com|org|net|io|gov|edu|info|dev|app|xyz|co|in|jp|ru|cn|example|test|local)\b|\b\d{1,3}(?:\.\d{1,3}){3}\b/iu;
const MARKUP = /<\s*[!/?a-z]|&(?:#\w+|lt|gt|amp|quot);|\[[^\]]*\]|\]\s*\(|```|\{\{/iu;
const DELIMITER = /\bp-[0-9a-f]{6}\b|[<‹＜]\s*\/?\s*passage|<\/?claim|"(?:claims|quotes|token|completeness)"\s*:/iu;
// oxlint-disable-next-line no-control-regex -- controls are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFF9-\uFFFB\uFFFD]/u;

type Check = readonly [name: string, reason: string, fails: (text: string) => boolean];

/** What no sentence that a model wrote may look like, whatever it quotes. */
const CHECKS: readonly Check[] = [
  [
    'hidden',
    'it holds characters that nobody sees',
    (text) => visibleText(text) !== text || CONTROL.test(text) || !text.isWellFormed(),
  ],
  ['delimiter', 'it holds marks of the request', (text) => DELIMITER.test(text)],
  ['markup', 'it holds markup, a link or an image', (text) => MARKUP.test(text)],
  ['address', 'it holds a web address', (text) => ADDRESS.test(text.normalize('NFKC'))],
  ['length', 'it is no sentence', (text) => text.length > LONGEST_CLAIM || !/\p{L}/u.test(text)],
  ['directive', 'it instructs or asks, where it should state', (text) => isDirective(text) || /[?？]\s*$/u.test(text)],
];

/** Whether a text of a model is nothing but visible words: no markup, address or mark of ours. */
export function isPlain(text: string): boolean {
  return CHECKS.every(([name, , fails]) => !PLAINNESS.has(name) || !fails(text));
}

const PLAINNESS = new Set(['hidden', 'delimiter', 'markup', 'address']);

/** The last word on a claim: a sentence that it does not let through reaches no reader. */
export type ClaimCheck = (claim: DraftClaim, passages: readonly Passage[]) => GroundedClaim | Ungrounded;

/**
 * All checks of one claim, the cheap and telling ones first. Of a model that writes its own words, `confidential` is what
 * it was told: those claims must be plain sentences too, and the trace does not repeat what they say.
 */
export function createClaimCheck(confidential: readonly string[] | undefined): ClaimCheck {
  if (confidential === undefined) return groundClaim;
  const told = confidential.map(echoesOf);
  const repeats = (text: string): boolean => {
    const own = [...echoesOf(text)];
    return told.some((echoes) => own.some((echo) => echoes.has(echo)));
  };
  const all: readonly Check[] = [...CHECKS, ['disclosure', 'it repeats what the model was told', repeats]];
  return (claim, passages) => {
    const failed = all.find(([, , fails]) => fails(claim.text));
    return failed ? { check: failed[0], reason: failed[1] } : groundClaim(claim, passages);
  };
}

/** Every run of so many words. */
const echoesOf: (text: string) => ReadonlySet<string> = memoise((text) => {
  const words = splitWords(text);
  return new Set(words.slice(ECHO_WORDS - 1).map((_, i) => words.slice(i, i + ECHO_WORDS).join(' ')));
});
