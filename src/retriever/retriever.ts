import type { Passage, PassageFilters } from '../domain.ts';

export interface RetrievalQuery {
  readonly text: string;
  /** How many passages at most. */
  readonly limit: number;
  readonly filters: PassageFilters;
  /** Leave meaning and other languages aside: cheap enough to check a guess. */
  readonly wordsOnly?: boolean;
  /** Told, in a sentence, what did not work as it is set for this question. */
  readonly onNotice?: (notice: string) => void;
}

/** Question → passages, best first, ranks dense from 1. */
export interface Retriever {
  retrieve(query: RetrievalQuery): Promise<Passage[]>;
}
