import type { Passage, Unit } from '../domain.ts';
import { holds, holdTerms, joinHeld, matchable, shareHeld, type HeldTerms } from '../language/held-terms.ts';
import type { WeighedQuestion, WeighedTerm } from '../language/weigh-question.ts';
import { isDenial, isDirective, leansBack } from './manner.ts';
import type { ExpectedAnswer } from './expected-answer.ts';

/** What a term of the question is worth by where it stands, when not in the unit itself. */
const WORTH = { leaning: 0.6, context: 0.5, before: 0.25, passage: 0.2 };
/** How much the passage's own rank counts beside the words of the unit. */
const RETRIEVAL_SHARE = 0.35;
/** For a unit that holds the kind of thing asked for: a date, a number, a name. */
const ANSWER_BONUS = 0.15;
/** For a source's own word that something is not given. */
const DENIAL_BONUS = 0.12;
/** A term that none of the passages holds says little of which unit answers, and may be a slip of the pen. */
const MISSING_SHARE = 0.5;

/** A quote is at least a clause. UTF-16 code units; scripts without spaces say as much in half. */
const SHORTEST_QUOTE = 12;
const SHORTEST_CJK_QUOTE = 6;

/** A unit that may be quoted, and how well it answers. */
export interface Candidate {
  readonly passage: Passage;
  readonly unit: Unit;
  /** The unit's place in its passage. */
  readonly at: number;
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  /** Share (0–1) of the question's weight in the unit itself. */
  readonly own: number;
  /** The same with its surroundings: headings, the sentence before, the passage. */
  readonly coverage: number;
  /** Share (0–1) of the kinds of thing asked for that it holds. */
  readonly found: number;
  readonly denies: boolean;
  readonly score: number;
}

/** Every quotable unit of the passages, best first; ties go to the better passage, then to what comes first. */
export function scoreUnits(
  question: WeighedQuestion,
  passages: readonly Passage[],
  { expected, language }: { expected: ExpectedAnswer; language: string },
): Candidate[] {
  const read = passages.map(readPassage);
  const terms = withoutMissing(question.terms, read);
  const best = Math.max(...passages.map(({ signals }) => signals.fused), 0);
  return read
    .flatMap((reading) => {
      const asked = matchable(terms, reading.passage.document.language === language);
      const retrieval = best > 0 ? reading.passage.signals.fused / best : 0;
      return reading.units.map((_, at) => scoreUnit({ reading, at }, { asked, expected, retrieval }));
    })
    .filter(({ text }) => isQuotable(text) && !isDirective(text))
    .toSorted((a, b) => b.score - a.score || a.passage.rank - b.passage.rank || a.unit.start - b.unit.start);
}

const NOTHING: HeldTerms = joinHeld([]);

interface Reading {
  readonly passage: Passage;
  readonly context: HeldTerms;
  readonly whole: HeldTerms;
  readonly units: readonly (HeldTerms & { readonly unit: Unit; readonly text: string })[];
}

function readPassage(passage: Passage): Reading {
  const { chunk } = passage;
  const units = chunk.units.map((unit) => {
    const text = chunk.text.slice(unit.start - chunk.start, unit.end - chunk.start);
    return { unit, text, ...holdTerms(text) };
  });
  return {
    passage,
    units,
    context: holdTerms(chunk.context),
    whole: joinHeld(units),
  };
}

function withoutMissing(terms: readonly WeighedTerm[], read: readonly Reading[]): WeighedTerm[] {
  return terms.map((term) =>
    read.some(({ whole, context }) => holds(whole, term) > 0 || holds(context, term) > 0)
      ? term
      : { ...term, weight: term.weight * MISSING_SHARE },
  );
}

function scoreUnit(
  { reading, at }: { reading: Reading; at: number },
  { asked, expected, retrieval }: { asked: readonly WeighedTerm[]; expected: ExpectedAnswer; retrieval: number },
): Candidate {
  const unit = reading.units[at] ?? { unit: { start: 0, end: 0, kind: 'sentence' as const }, text: '', ...NOTHING };
  const before = reading.units[at - 1] ?? NOTHING;
  const nearness = leansBack(unit.text) ? WORTH.leaning : WORTH.before;
  const own = shareHeld(asked, (term) => holds(unit, term));
  const coverage = shareHeld(asked, (term) =>
    Math.max(
      holds(unit, term),
      WORTH.context * holds(reading.context, term),
      nearness * holds(before, term),
      WORTH.passage * holds(reading.whole, term),
    ),
  );
  const found = own > 0 || leansBack(unit.text) ? expected.found(unit.text) : 0;
  const denies = isDenial(unit.text);
  const bonus = ANSWER_BONUS * found + (denies && own > 0 ? DENIAL_BONUS : 0);
  return {
    passage: reading.passage,
    unit: unit.unit,
    at,
    text: unit.text,
    terms: unit.terms,
    own,
    coverage,
    found,
    denies,
    score: coverage + bonus + RETRIEVAL_SHARE * retrieval,
  };
}

function isQuotable(text: string): boolean {
  const shortest = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? SHORTEST_CJK_QUOTE
    : SHORTEST_QUOTE;
  return text.length >= shortest;
}
