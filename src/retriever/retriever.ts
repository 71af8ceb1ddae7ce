import type { Passage, PassageFilters } from '../domain.ts';

export interface RetrievalQuery {
  readonly text: string;
  /** How many passages at most. */
  readonly limit: number;
  readonly filters: PassageFilters;
  /** Leave meaning and other languages aside: cheap enough to check a guess. */
  readonly wordsOnly?: boolean;
}

/** Question → passages, best first, ranks dense from 1. */
export interface Retriever {
  retrieve(query: RetrievalQuery): Promise<Passage[]>;
}
