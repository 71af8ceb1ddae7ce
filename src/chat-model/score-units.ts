import type { Passage, Unit } from '../domain.ts';
import { holds, holdTerms, joinHeld, shareHeld, type HeldTerms } from '../language/held-terms.ts';
import type { WeighedQuestion, WeighedTerm } from '../language/weigh-question.ts';
import { hidesText } from '../language/visible-text.ts';
import { isDenial, isDirective, leansBack } from '../language/manner.ts';
import type { ExpectedAnswer } from './expected-answer.ts';

/** What a term of the question is worth by where it stands, when not in the unit itself. */
const WORTH = { leaning: 0.6, context: 0.5, heading: 0.75, before: 0.35, passage: 0.25 };
/** How much the passage's own rank counts beside the words of the unit. */
const RETRIEVAL_SHARE = 0.45;
/** How much it counts that the best passages come from the same document. */
const DOCUMENT_SHARE = 0.2;
/** How many passages tell which document the question is about. */
const TELLING_PASSAGES = 5;
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
  readonly families: ReadonlySet<string>;
  /** The terms of its headings. */
  readonly context: ReadonlySet<string>;
  /** What the unit itself holds of the question's weight, by term; all of it together is 1. */
  readonly held: ReadonlyMap<string, number>;
  /** The sum of that. */
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
  const inSame = withoutMissing(question.terms, read);
  const inOther = withoutMissing(question.foreign, read);
  const best = Math.max(...passages.map(({ signals }) => signals.fused), 0);
  const focus = documentFocus(passages);
  return read
    .flatMap((reading) => {
      const asked = reading.passage.document.language === language ? inSame : inOther;
      const { signals, chunk } = reading.passage;
      const retrieval =
        (best > 0 ? RETRIEVAL_SHARE * (signals.fused / best) : 0) + DOCUMENT_SHARE * (focus.get(chunk.documentId) ?? 0);
      return reading.units.flatMap((_, at) => scoreUnit(reading, at, { asked, expected, retrieval }) ?? []);
    })
    .filter((candidate) => isQuotable(candidate))
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

/** The share (0–1) that each document has in the score of the best passages. */
function documentFocus(passages: readonly Passage[]): ReadonlyMap<string, number> {
  const telling = passages.slice(0, TELLING_PASSAGES);
  const total = telling.reduce((sum, { signals }) => sum + signals.fused, 0);
  const focus = new Map<string, number>();
  for (const { chunk, signals } of telling) {
    focus.set(chunk.documentId, (focus.get(chunk.documentId) ?? 0) + (total > 0 ? signals.fused / total : 0));
  }
  return focus;
}

function withoutMissing(terms: readonly WeighedTerm[], read: readonly Reading[]): WeighedTerm[] {
  return terms.map((term) =>
    read.some(({ whole, context }) => holds(whole, term) > 0 || holds(context, term) > 0)
      ? term
      : { ...term, weight: term.weight * MISSING_SHARE },
  );
}

interface Scale {
  readonly asked: readonly WeighedTerm[];
  readonly expected: ExpectedAnswer;
  /** What the passage's own rank and document add. */
  readonly retrieval: number;
}

function scoreUnit(reading: Reading, at: number, { asked, expected, retrieval }: Scale): Candidate | undefined {
  const unit = reading.units[at];
  if (!unit) return undefined;
  const leans = leansBack(unit.text);
  const held = holdByTerm(unit, asked);
  const own = [...held.values()].reduce((sum, share) => sum + share, 0);
  const coverage = coverWithSurroundings({ reading, at, leans }, asked);
  const found = own > 0 || leans ? expected.found(unit.text) : 0;
  const denies = isDenial(unit.text);
  const silent = denies && own > 0 && answersBySilence(unit, expected);
  return {
    passage: reading.passage,
    unit: unit.unit,
    at,
    text: unit.text,
    terms: unit.terms,
    families: unit.families,
    context: reading.context.terms,
    held,
    own,
    coverage,
    found,
    denies,
    score: coverage + ANSWER_BONUS * found + (silent ? DENIAL_BONUS : 0) + retrieval,
  };
}

/** A source's silence answers when it is on the property asked for, or when yes or no was asked. */
function answersBySilence({ families }: HeldTerms, { attributes, kinds }: ExpectedAnswer): boolean {
  return kinds.includes('verdict') || [...attributes].some((attribute) => families.has(attribute));
}

/** Each term's share of the question's weight, as far as the unit holds it. */
function holdByTerm(unit: HeldTerms, asked: readonly WeighedTerm[]): ReadonlyMap<string, number> {
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(asked.map((term) => [term.term, total > 0 ? (holds(unit, term) * term.weight) / total : 0]));
}

function coverWithSurroundings(
  { reading, at, leans }: { reading: Reading; at: number; leans: boolean },
  asked: readonly WeighedTerm[],
): number {
  const unit = reading.units[at] ?? NOTHING;
  const before = reading.units[at - 1] ?? NOTHING;
  const inContext = reading.units[at]?.unit.kind === 'sentence' ? WORTH.context : WORTH.heading;
  const nearness = leans ? WORTH.leaning : WORTH.before;
  return shareHeld(asked, (term) =>
    Math.max(
      holds(unit, term),
      inContext * holds(reading.context, term),
      nearness * holds(before, term),
      WORTH.passage * holds(reading.whole, term),
    ),
  );
}

/** The first row of a table names its columns and states nothing. */
function isTableHead({ passage, at }: Candidate): boolean {
  const kindAt = (place: number): string | undefined => passage.chunk.units[place]?.kind;
  return kindAt(at) === 'row' && kindAt(at - 1) !== 'row' && kindAt(at + 1) === 'row' && !followsTable(passage);
}

/** Whether the chunk begins in the middle of a table. */
function followsTable({ chunk }: Passage): boolean {
  return !/\|\s*:?-{3,}/.test(chunk.text);
}

/** Long enough to be a clause, and a statement: not an instruction, a table's head or a text that hides characters. */
function isQuotable(candidate: Candidate): boolean {
  const { text } = candidate;
  const shortest = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? SHORTEST_CJK_QUOTE
    : SHORTEST_QUOTE;
  return text.length >= shortest && !hidesText(text) && !isDirective(text) && !isTableHead(candidate);
}
