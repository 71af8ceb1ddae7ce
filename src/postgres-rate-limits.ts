import type { Queries } from './postgres.ts';
import type { RateLimits } from './storage.ts';

/** Requests after which windows that have ended are looked for. */
const FORGET_EVERY = 1000;

/** Counts in a table that a crash of the database empties: all processes keep one limit. */
export function createPostgresRateLimits(postgres: Queries): RateLimits {
  let counted = 0;
  return {
    async hit(client, windowMs) {
      if (++counted % FORGET_EVERY === 0) await postgres.query('DELETE FROM rate_limits WHERE until < now()');
      const [row] = await postgres.query<{ hits: number; endsAt: Date }>(
        `INSERT INTO rate_limits AS old (key, hits, until) VALUES ($1, 1, now() + $2 * interval '1 millisecond')
         ON CONFLICT (key) DO UPDATE SET
           hits = CASE WHEN old.until < now() THEN 1 ELSE old.hits + 1 END,
           until = CASE WHEN old.until < now() THEN excluded.until ELSE old.until END
         RETURNING hits, until AS "endsAt"`,
        [client, windowMs],
      );
      return row ?? { hits: 1, endsAt: new Date(Date.now() + windowMs) };
    },
  };
}
