import { LRUCache } from 'lru-cache';
import type { AbstentionReason } from '../domain.ts';
import type { Sqlite } from '../sqlite.ts';
import { MAX_QUESTIONS, MAX_RATINGS, type Feedback, type Rating, type UnansweredQuestion } from './feedback.ts';
import { isTelling, normaliseQuestion } from './unanswered.ts';

/** Answers that a rating can still be told the question of. */
const MAX_RECENT = 2000;

interface QuestionRow {
  readonly question: string;
  readonly times: number;
  readonly reason: AbstentionReason;
  readonly last_asked_at: string;
}

interface RatingRow {
  readonly ask_id: string;
  readonly rating: 'up' | 'down';
  readonly comment: string | null;
  readonly question: string | null;
  readonly rated_at: string;
}

/** Feedback in the one SQLite file. Unanswered questions are counted only where `keepQuestions` says so. */
export function createSqliteFeedback(sqlite: Sqlite, { keepQuestions }: { keepQuestions: boolean }): Feedback {
  const recent = new LRUCache<string, string>({ max: MAX_RECENT });
  const count = sqlite.prepare(
    `INSERT INTO unanswered_questions (question, times, reason, last_asked_at) VALUES (@question, 1, @reason, @now)
     ON CONFLICT (question) DO UPDATE SET times = times + 1, reason = @reason, last_asked_at = @now`,
  );
  const pruneQuestions = sqlite.prepare(
    'DELETE FROM unanswered_questions WHERE question IN (SELECT question FROM unanswered_questions ORDER BY times DESC, last_asked_at DESC LIMIT -1 OFFSET ?)',
  );
  const save = sqlite.prepare(
    `INSERT INTO ratings (ask_id, rating, comment, question, rated_at) VALUES (@askId, @rating, @comment, @question, @now)
     ON CONFLICT (ask_id) DO UPDATE SET rating = @rating, comment = coalesce(@comment, comment), rated_at = @now`,
  );
  const pruneRatings = sqlite.prepare(
    'DELETE FROM ratings WHERE ask_id IN (SELECT ask_id FROM ratings ORDER BY rated_at DESC, rowid DESC LIMIT -1 OFFSET ?)',
  );
  const ratings = sqlite.prepare<[number], RatingRow>(
    'SELECT * FROM ratings ORDER BY rated_at DESC, rowid DESC LIMIT ?',
  );
  const questions = sqlite.prepare<[number], QuestionRow>(
    'SELECT * FROM unanswered_questions ORDER BY times DESC, last_asked_at DESC, question LIMIT ?',
  );
  const now = (): string => new Date().toISOString();
  return {
    async noteAnswer({ askId, question, reason }) {
      recent.set(askId, question);
      if (!keepQuestions || !isTelling(reason)) return;
      count.run({ question: normaliseQuestion(question), reason, now: now() });
      pruneQuestions.run(MAX_QUESTIONS);
    },
    async rate({ askId, rating, comment }) {
      save.run({ askId, rating, comment, question: recent.get(askId) ?? null, now: now() });
      pruneRatings.run(MAX_RATINGS);
    },
    listRatings: async (limit) => ratings.all(limit).map(toRating),
    listUnanswered: async (limit) => questions.all(limit).map(toUnanswered),
  };
}

const toRating = ({ ask_id, rating, comment, question, rated_at }: RatingRow): Rating => ({
  askId: ask_id,
  rating,
  comment,
  question,
  ratedAt: rated_at,
});

const toUnanswered = ({ question, times, reason, last_asked_at }: QuestionRow): UnansweredQuestion => ({
  question,
  times,
  reason,
  lastAskedAt: last_asked_at,
});
