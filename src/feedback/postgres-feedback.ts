import type { Queries } from '../postgres.ts';
import { MAX_QUESTIONS, MAX_RATINGS, type Feedback, type Rating, type UnansweredQuestion } from './feedback.ts';
import { isTelling, normaliseQuestion } from './unanswered.ts';

/** How long a rating can still be told the question of an answer. */
const RECENT_HOURS = 24;
/** Answers after which what is too old or too many is looked for. */
const PRUNE_EVERY = 100;

/**
 * Feedback in PostgreSQL: an answer may be rated through another process than gave it. Unanswered questions are counted
 * only where `keepQuestions` says so. An answer is not lost for the note that was to be made of it.
 */
export function createPostgresFeedback(
  postgres: Queries,
  { keepQuestions, onNotice }: { keepQuestions: boolean; onNotice: (notice: string) => void },
): Feedback {
  let noted = 0;
  const note = async (askId: string, question: string): Promise<void> => {
    await postgres.query('INSERT INTO recent_questions (ask_id, question) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      askId,
      storable(question),
    ]);
    if (++noted % PRUNE_EVERY === 0) await prune(postgres);
  };
  return {
    async noteAnswer({ askId, question, reason }) {
      try {
        await note(askId, question);
        if (keepQuestions && isTelling(reason)) await countQuestion(postgres, question, reason);
      } catch (error) {
        onNotice(
          `An answer could not be noted for its rating (${error instanceof Error ? error.message : String(error)}).`,
        );
      }
    },
    async rate({ askId, rating, comment }) {
      await postgres.query(
        `INSERT INTO ratings (ask_id, rating, comment, question, rated_at)
         VALUES ($1, $2, $3, (SELECT question FROM recent_questions WHERE ask_id = $1), clock_timestamp())
         ON CONFLICT (ask_id) DO UPDATE SET
           rating = excluded.rating, comment = coalesce(excluded.comment, ratings.comment), rated_at = excluded.rated_at`,
        [storable(askId), rating, comment === null ? null : storable(comment)],
      );
    },
    async listRatings(limit) {
      const rows = await postgres.query<Rating & { ratedAt: Date }>(
        `SELECT ask_id AS "askId", rating, comment, question, rated_at AS "ratedAt" FROM ratings
         ORDER BY rated_at DESC, number DESC LIMIT $1`,
        [limit],
      );
      return rows.map((row) => ({ ...row, ratedAt: row.ratedAt.toISOString() }));
    },
    async listUnanswered(limit) {
      const rows = await postgres.query<UnansweredQuestion & { lastAskedAt: Date }>(
        `SELECT question, times, reason, last_asked_at AS "lastAskedAt" FROM unanswered_questions
         ORDER BY times DESC, last_asked_at DESC, question LIMIT $1`,
        [limit],
      );
      return rows.map((row) => ({ ...row, lastAskedAt: row.lastAskedAt.toISOString() }));
    },
  };
}

async function countQuestion(postgres: Queries, question: string, reason: string): Promise<void> {
  await postgres.query(
    `INSERT INTO unanswered_questions (question, times, reason, last_asked_at) VALUES ($1, 1, $2, clock_timestamp())
     ON CONFLICT (question) DO UPDATE SET
       times = unanswered_questions.times + 1, reason = excluded.reason, last_asked_at = excluded.last_asked_at`,
    [storable(normaliseQuestion(question)), reason],
  );
}

async function prune(postgres: Queries): Promise<void> {
  await postgres.query(`DELETE FROM recent_questions WHERE asked_at < now() - interval '${RECENT_HOURS} hours'`);
  await postgres.query(
    'DELETE FROM ratings WHERE ask_id IN (SELECT ask_id FROM ratings ORDER BY rated_at DESC, number DESC OFFSET $1)',
    [MAX_RATINGS],
  );
  await postgres.query(
    `DELETE FROM unanswered_questions WHERE question IN (
       SELECT question FROM unanswered_questions ORDER BY times DESC, last_asked_at DESC OFFSET $1)`,
    [MAX_QUESTIONS],
  );
}

/** PostgreSQL stores a NUL character in no text. */
function storable(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}');
}
