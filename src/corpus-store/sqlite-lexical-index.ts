import type { Sqlite } from '../sqlite.ts';
import { chooseTerms } from './choose-terms.ts';
import type { LexicalIndex } from './corpus-store.ts';
import { scorePostings } from './score-postings.ts';
import { isUnconditional } from './sqlite-filters.ts';
import { labelFinder } from './sqlite-labels.ts';
import { postingsReader } from './sqlite-postings.ts';
import { soundFinder } from './sqlite-sounds.ts';
import { frequencyReader } from './sqlite-term-frequencies.ts';

/** BM25 by SQLite's FTS5 over terms analysed by `extractTerms`. */
export function createSqliteLexicalIndex(sqlite: Sqlite): LexicalIndex {
  const readFrequencies = frequencyReader(sqlite);
  const findSounds = soundFinder(sqlite);
  const findLabels = labelFinder(sqlite);
  const readStatistics = postingsReader(sqlite);
  return {
    findSoundAlikes: async (words) => findSounds(new Set(words)),
    async search(asked, { limit, filters }) {
      const terms = chooseTerms(new Set(asked), readFrequencies());
      if (terms.length === 0) return [];
      const allowed = isUnconditional(filters) ? undefined : findLabels(filters);
      return scorePostings({ terms, limit, allowed }, readStatistics());
    },
    async weighTerms(terms) {
      const { chunks, holding } = readFrequencies();
      return new Map(
        [...new Set(terms)].map((term) => [term, Math.log(1 + (chunks - holding(term) + 0.5) / (holding(term) + 0.5))]),
      );
    },
  };
}
