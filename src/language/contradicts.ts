import { extractTerms } from './terms.ts';

/** Share of the smaller statement's other words that both must have to speak of the same thing. */
const SAME_SUBJECT = 0.6;
/** The same where only a name differs, which is weaker evidence than a figure. */
const SAME_SUBJECT_BUT_NAME = 0.75;
const FEWEST_WORDS = 2;

interface Statement {
  readonly figures: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

/** Whether two statements speak of the same thing and give different figures, or different names, for it. */
export function contradicts(a: string, b: string): boolean {
  const [left, right] = [readStatement(a), readStatement(b)];
  const shared = shareOf(left.words, right.words);
  if (differBothWays(left.figures, right.figures)) {
    return shared >= SAME_SUBJECT && !differBothWays(left.names, right.names);
  }
  return shared >= SAME_SUBJECT_BUT_NAME && differBothWays(left.names, right.names);
}

const MONTHS = new Set(
  extractTerms('January February March April May June July August September October November December'),
);

function readStatement(text: string): Statement {
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
  if (small.size < FEWEST_WORDS) return 0;
  return [...small].filter((word) => large.has(word)).length / small.size;
}
