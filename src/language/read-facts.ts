import { comparableText } from './comparable-text.ts';
import { findValues } from './find-values.ts';
import { memoise } from './memoise.ts';
import { readQuantity, type Quantity } from './quantities.ts';
import type { Span } from '../domain.ts';
import { extractTerms } from './terms.ts';
import { isAmount, type CalendarDate, type FoundValue } from './values.ts';
import { familiesOf } from './word-families.ts';

/** Content words on each side of a value that tell what it is the value of. */
const SLOT_WORDS = 2;
/** Characters among which they are looked for. */
const SLOT_REACH = 60;
/** What holds more values is a table, and no statement to hold against another. */
const MOST_VALUES = 24;
/** Words at the beginning that tell what a sentence is about. */
const LEAD_WORDS = 3;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const YEAR = /^(?:1[5-9]|20)\d{2}$/;

/** Something stated, and the words beside it. */
export interface Stated<T> {
  readonly value: T;
  readonly slot: Slot;
}

/** Where something is stated, by the words around it and their meanings; names are none. */
interface Slot {
  readonly near: ReadonlySet<string>;
  readonly around: ReadonlySet<string>;
}

/** What a sentence states, apart from the words around it. */
export interface Facts {
  readonly dates: readonly Stated<CalendarDate>[];
  readonly quantities: readonly Stated<Quantity>[];
  /** Names as they are written, neighbours together; the first word of the sentence is none. */
  readonly names: readonly Stated<string>[];
  /** "The second round", "Phase 2", "第2回": which one of several is spoken of. */
  readonly ordinals: ReadonlySet<string>;
  /** All other words. */
  readonly words: ReadonlySet<string>;
  /** Words and names together. */
  readonly all: ReadonlySet<string>;
  /** The first words, each as the terms it may be known by: in most sentences what they are about. */
  readonly leads: readonly (readonly string[])[];
}

const ORDINAL =
  /\b(\d+)(?:st|nd|rd|th)\b|\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|previous|next|former|latter)\b|\b(?:phase|round|stage|part|tranche|edition|no\.?|number|article|section|chapter|version|batch|group|unit|line|terminal|pier)\s(\d+|[ivx]+|[a-d])\b|第\s?(\d+|[一二三四五六七八九十]+)|(पहल|दूसर|तीसर|चौथ|पाँचव|पांचव|छठ)\p{M}*|(\d+)\s?व[ेीा]ं|(முதல்|இரண்டாவது|இரண்டாம்|மூன்றாவது|மூன்றாம்|நான்காவது)|(\d+)\s?(?:வது|ஆவது|ஆம்)(?! ?ஆண்டு)/gu;

const NAME =
  /(?<![\p{L}\p{N}’'])\p{Lu}[\p{L}\p{M}\p{N}’'&.-]*(?:\s(?:of\s|and\s(?:the\s)?|the\s|de\s|van\s)?\p{Lu}[\p{L}\p{M}\p{N}’'&.-]*)*|[\p{Script=Katakana}ー]{3,}/gu;

const PLAIN_NUMBER = /(?<![a-z\d.,-])\d+(?:,\d{2,3})*(?:\.\d+)?(?![\da-z])/gu;

/** Reads what a sentence states. */
export const readFacts: (text: string) => Facts = memoise((text) => {
  const comparable = comparableText(text);
  const ordinals = new Set([...comparable.matchAll(ORDINAL)].map((match) => match.slice(1).find(Boolean) ?? match[0]));
  const rest = blank(comparable, [...comparable.matchAll(ORDINAL)].map(spanOf));
  const values = [...findValues(rest), ...findPlainNumbers(rest)];
  const spans = values.length > MOST_VALUES ? [] : withoutOverlaps(values);
  const plain = blank(rest, spans);
  const all = new Set(extractTerms(plain));
  // What was read as a date is no name.
  const names = namesOf(text).filter((name) => extractTerms(name).some((term) => all.has(term)));
  const inNames = new Set(names.flatMap((name) => [...extractTerms(name)]));
  const place = placeFinder(rest, inNames);
  return {
    dates: spans.flatMap(({ start, end, value }) => (isAmount(value) ? [] : [{ value, slot: place(start, end) }])),
    quantities: spans.flatMap(({ start, end, value }) =>
      isAmount(value) ? [{ value: readQuantity(rest, { start, end, value }), slot: place(start, end) }] : [],
    ),
    names: names.map((value) => ({ value, slot: placeOfName(rest, value, place) })),
    ordinals,
    words: new Set([...all].filter((term) => !inNames.has(term))),
    all,
    leads: leadsOf(plain, inNames),
  };
});

function withoutOverlaps(values: readonly FoundValue[]): FoundValue[] {
  return values.filter((value, i) =>
    values.slice(0, i).every((other) => value.end <= other.start || other.end <= value.start),
  );
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

function blank(text: string, spans: readonly Span[]): string {
  return spans.reduce((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), text);
}

/** Numbers and years that have no unit of their own. */
function findPlainNumbers(text: string): FoundValue[] {
  return [...text.matchAll(PLAIN_NUMBER)].map((match) => ({
    ...spanOf(match),
    value: YEAR.test(match[0]) ? { year: Number(match[0]) } : { amount: Number(match[0].replaceAll(',', '')) },
  }));
}

type PlaceFinder = (start: number, end: number) => Slot;

function placeFinder(text: string, names: ReadonlySet<string>): PlaceFinder {
  const telling = (part: string): string[] => extractTerms(part).filter((term) => !/\d/.test(term) && !names.has(term));
  const withMeanings = (terms: readonly string[]): ReadonlySet<string> =>
    new Set(terms.flatMap((term) => [term, ...familiesOf(term).map((family) => `=${family}`)]));
  return (start, end) => {
    const before = telling(lastClause(text.slice(Math.max(0, start - SLOT_REACH), start))).slice(-SLOT_WORDS);
    const after = telling(firstClause(text.slice(end, end + SLOT_REACH))).slice(0, SLOT_WORDS);
    return {
      near: withMeanings([...before.slice(-1), ...after.slice(0, 1)]),
      around: withMeanings([...before, ...after]),
    };
  };
}

function placeOfName(text: string, name: string, place: PlaceFinder): Slot {
  const comparable = comparableText(name);
  const start = text.indexOf(comparable);
  return start === -1 ? place(0, 0) : place(start, start + comparable.length);
}

function leadsOf(text: string, names: ReadonlySet<string>): (readonly string[])[] {
  const leads = [...text.matchAll(/[\p{L}\p{M}]+/gu)].flatMap(([word]) => {
    const terms = extractTerms(word);
    return JAPANESE.test(word) ? terms.map((term) => [term]) : [terms];
  });
  const own = leads.filter((terms) => terms.length > 0 && !terms.some((term) => names.has(term)));
  return own.slice(0, LEAD_WORDS);
}

/** As far back as the sentence speaks of one thing. */
function lastClause(text: string): string {
  return text.slice(Math.max(...[';', '。', '।', ':', '—'].map((mark) => text.lastIndexOf(mark) + 1)));
}

function firstClause(text: string): string {
  return text.split(/[;。।—]/u, 1)[0] ?? '';
}

function namesOf(text: string): string[] {
  const first = text.search(/[\p{L}\p{N}]/u);
  return [...text.matchAll(NAME)].filter(({ index }) => index > first).map(([name]) => name);
}
