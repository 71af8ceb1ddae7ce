import { extractTerms } from './terms.ts';

const ENGLISH_WORD = /\p{Script=Latin}+(?:[’'-]\p{Script=Latin}+)*/gu;

/** Whether a claim tells as done what its quotes say is to be done: "extended the line" of "agreed to extend the line". */
export function realises(claim: string, quotes: readonly string[]): boolean {
  const said = quotes.flatMap((quote) => {
    const words = quote.toLowerCase().match(ENGLISH_WORD) ?? [];
    return words.map((word, i) => ({ word, term: extractTerms(word)[0], isToBeDone: words[i - 1] === 'to' }));
  });
  const finite = (claim.toLowerCase().match(ENGLISH_WORD) ?? []).filter((word) => /(?:ed|s)$/.test(word));
  return finite.some((word) => {
    const [term] = extractTerms(word);
    const same = said.filter((other) => term !== undefined && other.term === term);
    return same.length > 0 && same.every((other) => other.isToBeDone && other.word !== word);
  });
}
