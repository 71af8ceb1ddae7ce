import type { Sqlite } from '../sqlite.ts';
import type { LexicalHit, LexicalIndex } from './corpus-store.ts';
import { chooseTerms } from './choose-terms.ts';
import { conditionOf } from './sqlite-filters.ts';
import { soundFinder } from './sqlite-sounds.ts';
import { frequencyReader } from './sqlite-term-frequencies.ts';

/** What a match in the title, the headings and the body counts. */
const FIELD_WEIGHTS = '3.0, 2.0, 1.0';

/** BM25 by SQLite's FTS5 over terms analysed by `extractTerms`. */
export function createSqliteLexicalIndex(sqlite: Sqlite): LexicalIndex {
  const readFrequencies = frequencyReader(sqlite);
  const findSounds = soundFinder(sqlite);
  return {
    findSoundAlikes: async (words) => new Map([...new Set(words)].map((word) => [word, findSounds(word)])),
    async search(terms, { limit, filters }) {
      const affordable = chooseTerms(new Set(terms), readFrequencies());
      if (affordable.length === 0) return [];
      const { sql, parameters } = conditionOf(filters);
      const statement = sqlite.prepare<unknown[], LexicalHit>(
        `SELECT chunk_terms.rowid AS label, -bm25(chunk_terms, ${FIELD_WEIGHTS}) AS score FROM chunk_terms
         ${sql === 'TRUE' ? '' : 'JOIN chunks ON chunks.label = chunk_terms.rowid JOIN documents ON documents.id = document_id'}
         WHERE chunk_terms MATCH ? AND ${sql} ORDER BY score DESC, label LIMIT ?`,
      );
      return statement.all(matchAny(affordable), ...parameters, limit);
    },
    async weighTerms(terms) {
      const { chunks, holding } = readFrequencies();
      return new Map(
        [...new Set(terms)].map((term) => [term, Math.log(1 + (chunks - holding(term) + 0.5) / (holding(term) + 0.5))]),
      );
    },
  };
}

/** An FTS5 expression that any of the terms satisfies; quoted, so that no term is read as an operator. */
function matchAny(terms: readonly string[]): string {
  return terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ');
}
