import type { Sqlite } from '../sqlite.ts';
import type { TokenLedger } from './meter.ts';

/** Kept in the database, so that neither a restart nor a second process begins anew. */
export function createSqliteTokenLedger(sqlite: Sqlite): TokenLedger {
  const find = sqlite.prepare<[string], number>('SELECT tokens FROM model_tokens WHERE day = ?').pluck();
  const forget = sqlite.prepare<[string]>('DELETE FROM model_tokens WHERE day < ?');
  const add = sqlite.prepare<[string, number]>(
    'INSERT INTO model_tokens VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET tokens = tokens + excluded.tokens',
  );
  return {
    spentOn: async (day) => find.get(day) ?? 0,
    async add(day, tokens) {
      forget.run(day);
      add.run(day, tokens);
    },
  };
}
