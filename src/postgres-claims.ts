import { ClaimLostError } from './errors.ts';
import type { Claim } from './jobs/jobs.ts';
import type { Queries } from './postgres.ts';

/**
 * Of what a job writes, the ids that were changed by one accepted later, or deleted after it was accepted: the corpus ends
 * as if all had been done in the order in which they were asked for. Until the transaction ends nobody can take the job over.
 * @throws ClaimLostError when somebody has.
 */
export async function holdClaim(
  transaction: Queries,
  { job, token }: Claim,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const [held] = await transaction.query<{ number: number }>(
    'SELECT number FROM jobs WHERE id = $1 AND claim = $2 FOR UPDATE',
    [job, token],
  );
  if (!held) throw new ClaimLostError(`Another process has taken the job ${job} over.`);
  const rows = await transaction.query<{ id: string }>(
    `SELECT document_id AS id FROM jobs WHERE document_id = ANY($1) AND number > $2
     UNION SELECT id FROM tombstones WHERE id = ANY($1)
       AND deleted_at > (SELECT accepted_at FROM jobs WHERE number = $2)`,
    [ids, held.number],
  );
  // Of the one document that it is about.
  if (ids.length === 1) await transaction.query('UPDATE jobs SET document_id = $2 WHERE id = $1', [job, ids[0]]);
  return new Set(rows.map(({ id }) => id));
}
