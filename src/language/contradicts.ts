import { leansBack } from './manner.ts';
import { extractTerms } from './terms.ts';

/** Share of the smaller statement's other words that both must have to speak of the same thing. */
const SAME_SUBJECT = 0.6;
/** The same where only a name differs, which is weaker evidence than a figure. */
const SAME_SUBJECT_BUT_NAME = 0.75;
/** Shared words by which statements name their subject themselves; with fewer, it is what their titles name. */
const OWN_SUBJECT_WORDS = 3;
const SAME_TITLE = 0.6;

/** A sentence, and the title of the document it stands in. */
export interface Statement {
  readonly text: string;
  readonly title: string;
}

/** Whether two statements speak of the same thing and give different figures, or different names, for it. */
export function contradicts(a: Statement, b: Statement): boolean {
  const [left, right] = [readStatement(a.text), readStatement(b.text)];
  if (!haveOneSubject({ a, b }, [...left.words].filter((word) => right.words.has(word)).length)) return false;
  const shared = shareOf(left.words, right.words);
  if (differBothWays(left.figures, right.figures)) {
    return shared >= SAME_SUBJECT && !differBothWays(left.names, right.names);
  }
  return shared >= SAME_SUBJECT_BUT_NAME && differBothWays(left.names, right.names);
}

/** "It entered into force on …" in two documents is of two things, unless both documents are of one. */
function haveOneSubject({ a, b }: { a: Statement; b: Statement }, sharedWords: number): boolean {
  const named = sharedWords >= OWN_SUBJECT_WORDS && !leansBack(a.text) && !leansBack(b.text);
  return named || shareOf(new Set(extractTerms(a.title)), new Set(extractTerms(b.title))) >= SAME_TITLE;
}

interface Content {
  readonly figures: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

const MONTHS = new Set(
  extractTerms('January February March April May June July August September October November December'),
);

function readStatement(text: string): Content {
  const terms = new Set(extractTerms(text));
  const figures = new Set([...terms].filter((term) => /\p{Nd}/u.test(term) || MONTHS.has(term)));
  const capitalised = [...text.matchAll(/(?<![\p{L}\p{N}])\p{Lu}\p{L}+/gu)].map(([name]) => name).join(' ');
  const names = new Set(extractTerms(capitalised).filter((term) => !figures.has(term)));
  return { figures, names, words: new Set([...terms].filter((term) => !figures.has(term) && !names.has(term))) };
}

function differBothWays(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((value) => !b.has(value)) && [...b].some((value) => !a.has(value));
}

function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  return [...small].filter((word) => large.has(word)).length / small.size;
}
