import { ENGLISH_MONTHS } from './dates.ts';
import { extractTerms } from './terms.ts';

/** Where one thing that is said of something ends and the next begins. */
const PART = /[,;:]\s|[、；：。।]|\s(?:and|or|while|whereas|but|और|तथा|जबकि|மற்றும்)\s/u;
const MONTH = ENGLISH_MONTHS.join('|');
/** Years, days and months, other numbers, and names. */
const KINDS = {
  year: /\b(?:1[5-9]|20)\d\d(?!\d)年?/gu,
  day: new RegExp(String.raw`\b\d{1,2}\s(?:${MONTH})\b|\b(?:${MONTH})\b|\d+[月日]`, 'giu'),
  number: /\d+(?:[.,]\d+)*/gu,
  name: /(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}\p{N}-]+|[\p{Script=Katakana}ー]{3,}/gu,
} as const;
type Kind = keyof typeof KINDS;
const PAIRS: readonly (readonly [Kind, Kind])[] = [
  ['name', 'year'],
  ['name', 'day'],
  ['name', 'number'],
  ['year', 'number'],
  ['day', 'number'],
];

/** What a part of a text gives of each kind. */
type Given = Readonly<Record<Kind, ReadonlySet<string>>>;

/**
 * Whether a claim leaves together what stands together: of "Oslo by 2030, Bergen by 2040" it does not make "Oslo by 2040".
 * Two values of different kinds are crossed where each has another partner of that kind in the source.
 */
export function keepsPairs(claim: string, sources: readonly string[]): boolean {
  const parts = sources.flatMap(partsOf);
  return partsOf(claim).every((given) => {
    const pairs = PAIRS.flatMap(([a, b]) => pairsOf(given, a, b));
    return pairs.every(([a, b]) => !areCrossed(a, b, parts));
  });
}

interface Value {
  readonly kind: Kind;
  readonly text: string;
}

function pairsOf(given: Given, first: Kind, second: Kind): (readonly [Value, Value])[] {
  return [...given[first]].flatMap((a) =>
    [...given[second]].map(
      (b) =>
        [
          { kind: first, text: a },
          { kind: second, text: b },
        ] as const,
    ),
  );
}

function areCrossed(a: Value, b: Value, parts: readonly Given[]): boolean {
  const holding = ({ kind, text }: Value): Given[] => parts.filter((part) => part[kind].has(text));
  const hasOther = (part: Given, { kind, text }: Value): boolean => part[kind].size > 0 && !part[kind].has(text);
  const [ofA, ofB] = [holding(a), holding(b)];
  return (
    ofA.length > 0 && ofB.length > 0 && ofA.every((part) => hasOther(part, b)) && ofB.every((part) => hasOther(part, a))
  );
}

function partsOf(text: string): Given[] {
  return text
    .normalize('NFKC')
    .split(PART)
    .map((part) => {
      const year = valuesIn(part, KINDS.year);
      const undated = part.replaceAll(KINDS.year, ' ');
      const day = valuesIn(undated, KINDS.day);
      const rest = undated.replaceAll(KINDS.day, ' ');
      return { year, day, number: valuesIn(rest, KINDS.number), name: valuesIn(rest, KINDS.name) };
    });
}

function valuesIn(text: string, pattern: RegExp): ReadonlySet<string> {
  const values = (text.match(pattern) ?? []).filter((value) => extractTerms(value).length > 0);
  return new Set(values.map((value) => value.toLowerCase()));
}
