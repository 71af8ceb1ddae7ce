import type { Span } from '../domain.ts';
import { memoise } from './memoise.ts';

/** Marks that Markdown adds to words, and what a table puts between them. */
const MARKS = /[*_`~|#>\\]/u;
const INVISIBLE = /[\u{E0000}-\u{E007F}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/u;
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′`´]/u, "'"],
  [/[“”„‟″«»「」『』]/u, '"'],
  [/[‐‑‒–—―−﹣-]/u, '-'],
];

/** What stands on both sides of an offset in a word, of a script that puts spaces between words, or in a number. */
const WITHIN: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(?:[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{M}\p{Nd}])$/u,
    /^(?:[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{M}\p{Nd}])/u,
  ],
  [/\p{Nd}$/u, /^[.,]\p{Nd}/u],
  [/\p{Nd}[.,]$/u, /^\p{Nd}/u],
];
const LONGEST_WORD = 40;

interface Folded {
  readonly text: string;
  /** Of each UTF-16 unit of `text`: where in the source its character begins and ends. */
  readonly spans: readonly Span[];
}

/**
 * Where a quote stands in a text (UTF-16 offsets), letter for letter or, failing that, but for case, white space, form
 * of quotation marks and dashes, compatibility forms of characters, and Markdown's marks; undefined where it does not.
 */
export function locateQuote(quote: string, text: string): Span | undefined {
  if (!/[\p{L}\p{N}]/u.test(quote)) return undefined;
  const at = text.indexOf(quote);
  if (at !== -1) return wholeWords({ start: at, end: at + quote.length }, text);
  const wanted = fold(quote).text.trim();
  const source = fold(text);
  const found = wanted === '' ? -1 : source.text.indexOf(wanted);
  const first = source.spans[found];
  const last = source.spans[found + wanted.length - 1];
  return first && last && wholeWords({ start: first.start, end: last.end }, text);
}

/** The span with the words and numbers whole that it cuts: "invite 500" is not what "invite 5000" says. */
function wholeWords(span: Span, text: string): Span {
  let { start, end } = span;
  while (cuts(text, start) && span.start - start < LONGEST_WORD) start -= 1;
  while (cuts(text, end) && end - span.end < LONGEST_WORD) end += 1;
  return { start, end };
}

/** Whether an offset lies within a word or a number. */
function cuts(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text.slice(at, at + 2);
  return WITHIN.some(([left, right]) => left.test(before) && right.test(after));
}

/** A text as quotes are compared, with the way back. */
const fold: (text: string) => Folded = memoise((text) => {
  let folded = '';
  const spans: Span[] = [];
  let start = 0;
  for (const letter of text) {
    const span = { start, end: start + letter.length };
    start = span.end;
    for (const plain of foldLetter(letter)) {
      if (plain === ' ' && (folded === '' || folded.endsWith(' '))) continue;
      folded += plain;
      for (let i = 0; i < plain.length; i++) spans.push(span);
    }
  }
  return { text: folded, spans };
});

function foldLetter(letter: string): string {
  if (/\s/u.test(letter)) return ' ';
  if (MARKS.test(letter) || INVISIBLE.test(letter)) return '';
  const plain = PLAIN.find(([form]) => form.test(letter))?.[1];
  return plain ?? letter.normalize('NFKD').toLowerCase();
}
