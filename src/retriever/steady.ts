import type { CorpusStore } from '../corpus-store/corpus-store.ts';
import type { Retriever } from './retriever.ts';

const MOST_TRIES = 4;

/** Passages of one state of the corpus: where it changes while they are looked for, they are looked for again. */
export function createSteadyRetriever(retriever: Retriever, store: Pick<CorpusStore, 'corpusDigest'>): Retriever {
  return {
    async retrieve(query) {
      for (let tries = 1; ; tries++) {
        const before = await store.corpusDigest();
        const passages = await retriever.retrieve(query);
        if (tries === MOST_TRIES || (await store.corpusDigest()) === before) return passages;
      }
    },
  };
}
