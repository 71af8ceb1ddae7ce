import type { Sqlite } from '../sqlite.ts';
import type { LexicalHit, LexicalIndex } from './corpus-store.ts';
import { conditionOf } from './sqlite-filters.ts';
import { soundFinder } from './sqlite-sounds.ts';
import { frequencyReader, type Frequencies } from './sqlite-term-frequencies.ts';

/** What a match in the title, the headings and the body counts. */
const FIELD_WEIGHTS = '3.0, 2.0, 1.0';
/** From so many chunks on, words that more than this share of them hold are left out: they decide nothing and cost most. */
const LARGE = 10_000;
const MOST_HOLDING = 0.3;

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

/** The terms that occur, but for those that too many chunks hold; the rarest at least. */
export function chooseTerms(terms: ReadonlySet<string>, { chunks, holding }: Frequencies): string[] {
  const held = [...terms].filter((term) => holding(term) > 0);
  const least = Math.min(...held.map(holding));
  const most = chunks < LARGE ? chunks : Math.max(least, chunks * MOST_HOLDING);
  return held.filter((term) => holding(term) <= most);
}

/** An FTS5 expression that any of the terms satisfies; quoted, so that no term is read as an operator. */
function matchAny(terms: readonly string[]): string {
  return terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ');
}
