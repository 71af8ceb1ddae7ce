import type { Queries } from '../postgres.ts';
import type { TokenLedger } from './meter.ts';

/** Kept in PostgreSQL: all processes spend one budget. */
export function createPostgresTokenLedger(postgres: Queries): TokenLedger {
  return {
    async spentOn(day) {
      const [row] = await postgres.query<{ tokens: number }>('SELECT tokens FROM model_tokens WHERE day = $1', [day]);
      return row?.tokens ?? 0;
    },
    async add(day, tokens) {
      await postgres.query('DELETE FROM model_tokens WHERE day < $1', [day]);
      await postgres.query(
        'INSERT INTO model_tokens VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET tokens = model_tokens.tokens + excluded.tokens',
        [day, tokens],
      );
    },
  };
}
