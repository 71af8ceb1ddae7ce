import { extractTerms } from './terms.ts';

/** Words by which a claim goes further than a source that does not have them. */
const EXTREMES =
  /\b(?:all|every|only|always|entire(?:ly)?|sole(?:ly)?|alone|most|largest|biggest|last|final(?:ly)?|fully|completely|exclusively)\b|केवल|सभी|だけ|のみ|すべて|全て|மட்டும்|அனைத்து/giu;

/** Words of both that one of these words is said of. */
const SAID_OF = 2;

/** Whether a claim says all, only, last or most where its quotes do not, or not of the same thing. */
export function goesFurther(claim: string, quotes: readonly string[]): boolean {
  const said = quotes.flatMap(extremesOf);
  return !extremesOf(claim).every(({ word, before, after }) => {
    const beside = [before.at(-1), after[0]].filter((term) => term !== undefined);
    return said.some(
      (other) => other.word === word && beside.every((term) => [...other.before, ...other.after].includes(term)),
    );
  });
}

interface Extreme {
  readonly word: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function extremesOf(text: string): Extreme[] {
  return [...text.matchAll(EXTREMES)].map(({ 0: word, index }) => ({
    word: word.toLowerCase(),
    before: extractTerms(text.slice(0, index)).slice(-SAID_OF),
    after: extractTerms(text.slice(index + word.length)).slice(0, SAID_OF),
  }));
}
