import { AppError, ClaimLostError } from './errors.ts';
import type { Claim } from './jobs/jobs.ts';
import type { Queries } from './postgres.ts';

/**
 * Of what a job writes, the ids that were changed by one accepted later, or deleted after it was accepted: the corpus ends
 * as if all had been done in the order in which they were asked for. Until the transaction ends nobody can take the job over.
 * @throws ClaimLostError when somebody has; AppError 409 when another version of the corpus has been published since it was taken.
 */
export async function holdClaim(
  transaction: Queries,
  { job, token, corpus }: Claim,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const [held] = await transaction.query<{ number: number; corpus: number }>(
    `SELECT number, 'corpus'::regclass::oid AS corpus FROM jobs WHERE id = $1 AND claim = $2 FOR UPDATE`,
    [job, token],
  );
  if (!held) throw new ClaimLostError(`Another process has taken the job ${job} over.`);
  // Planned by what the one held, it would be half of it in the other: it is done again as a whole.
  if (corpus !== undefined && held.corpus !== corpus)
    throw new AppError('Another version of the corpus was published meanwhile.', { status: 409, retryable: true });
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
