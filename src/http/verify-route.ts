import type { RequestHandler } from 'express';
import type { Assistant } from '../assistant.ts';
import { readSavedAnswer } from '../saved-answer.ts';

/** `POST /api/verify`: whether a saved answer still stands, and what changed since. */
export function verifyRoute(assistant: Pick<Assistant, 'verify'>): RequestHandler {
  return async (request, response) => {
    response.json(await assistant.verify(readSavedAnswer(request.body)));
  };
}
