import type { RequestHandler } from 'express';
import type { Feedback } from '../feedback/feedback.ts';
import { checkFeedback } from '../requests.ts';

const MOST_LISTED = 500;

/** `POST /api/feedback`: what a reader says of an answer. */
export function rateRoute(feedback: Feedback): RequestHandler {
  return async (request, response) => {
    const { askId, rating, comment } = checkFeedback(request.body);
    await feedback.rate({ askId, rating, comment: comment ?? null });
    response.status(204).end();
  };
}

/** `GET /api/admin/feedback`: ratings, newest first. */
export function listFeedbackRoute(feedback: Feedback): RequestHandler {
  return async (_request, response) => {
    const ratings = await feedback.listRatings(MOST_LISTED);
    response.json({ ratings, total: ratings.length });
  };
}

/** `GET /api/admin/questions`: what was asked and not answered, most often first. */
export function listQuestionsRoute(feedback: Feedback): RequestHandler {
  return async (_request, response) => {
    const questions = await feedback.listUnanswered(MOST_LISTED);
    response.json({ questions, total: questions.length });
  };
}
