import type { AbstentionReason } from '../domain.ts';

/** What a reader said of one answer. */
export interface Rating {
  readonly askId: string;
  readonly rating: 'up' | 'down';
  readonly comment: string | null;
  /** What was asked; null where the server was restarted between the answer and the rating. */
  readonly question: string | null;
  /** ISO 8601, UTC. */
  readonly ratedAt: string;
}

/** A question that the corpus did not answer, by its normalised words. */
export interface UnansweredQuestion {
  readonly question: string;
  readonly times: number;
  /** Of the last time. */
  readonly reason: AbstentionReason;
  readonly lastAskedAt: string;
}

/** An answer that may be rated, and tells what the corpus lacks. */
export interface AnsweredQuestion {
  readonly askId: string;
  readonly question: string;
  /** Null: it was answered. */
  readonly reason: AbstentionReason | null;
}

/** What readers tell the operator. No address, no conversation and no time but the last is kept with a question. */
export interface Feedback {
  noteAnswer(answered: AnsweredQuestion): Promise<void>;
  /** A later rating of the same answer replaces an earlier one; a comment stays unless another comes. */
  rate(rating: Pick<Rating, 'askId' | 'rating' | 'comment'>): Promise<void>;
  /** Newest first. */
  listRatings(limit: number): Promise<readonly Rating[]>;
  /** Most often asked first. */
  listUnanswered(limit: number): Promise<readonly UnansweredQuestion[]>;
}

/** Ratings and questions beyond these numbers are forgotten, the oldest and the rarest first. */
export const MAX_RATINGS = 10_000;
export const MAX_QUESTIONS = 2000;
