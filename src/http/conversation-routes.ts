import type { Request, RequestHandler } from 'express';
import type { Conversations } from '../conversations/conversations.ts';
import { AppError, NotFoundError } from '../errors.ts';
import { idOf } from './corpus-routes.ts';

/** `GET /api/conversations/{id}` with the token in `X-Conversation-Token`. */
export function readConversation(conversations: Conversations): RequestHandler {
  return async (request, response) => {
    const id = await authorise(request, conversations);
    response.json(await conversations.find(id));
  };
}

/** `DELETE /api/conversations/{id}`: forgets every turn. */
export function deleteConversation(conversations: Conversations): RequestHandler {
  return async (request, response) => {
    await conversations.forget(await authorise(request, conversations));
    response.status(204).end();
  };
}

async function authorise(request: Request, conversations: Conversations): Promise<string> {
  const id = idOf(request.params['id']);
  const token = request.get('x-conversation-token');
  if (token === undefined)
    throw new AppError('Send the conversation’s token in X-Conversation-Token.', { status: 401 });
  if (!(await conversations.find(id))) throw new NotFoundError('There is no such conversation.');
  if (!(await conversations.authorise(id, token)))
    throw new AppError('The token is not this conversation’s.', { status: 403 });
  return id;
}
