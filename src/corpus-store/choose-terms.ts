/** In the corpus as it is when asked. */
export interface Frequencies {
  readonly chunks: number;
  /** How many chunks hold a term. */
  readonly holding: (term: string) => number;
}

/** From so many chunks on, words that more than this share of them hold are left out: they decide nothing and cost most. */
const LARGE = 10_000;
const MOST_HOLDING = 0.3;

/** The terms that occur, but for those that too many chunks hold; the rarest at least. */
export function chooseTerms(terms: ReadonlySet<string>, { chunks, holding }: Frequencies): string[] {
  const held = [...terms].filter((term) => holding(term) > 0);
  const least = Math.min(...held.map(holding));
  const most = chunks < LARGE ? chunks : Math.max(least, chunks * MOST_HOLDING);
  return held.filter((term) => holding(term) <= most);
}
