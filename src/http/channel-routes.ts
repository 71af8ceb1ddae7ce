import express, { Router, type RequestHandler } from 'express';
import type { Channel, ChannelReply } from '../channels/channel.ts';
import type { Desk } from '../channels/desk.ts';
import { methodNotAllowed } from './problem.ts';

/** More than any tool sends for one message. */
const LARGEST = '1mb';

/** The address of each channel that is on. Bodies stay bytes: the channel checks them before anything reads them. */
export function channelRoutes(desk: Desk): Router {
  const router = Router();
  const raw = express.raw({ limit: LARGEST, type: () => true, inflate: false });
  for (const channel of desk.channels)
    router.route(channel.path).post(raw, receiveRequest(desk, channel)).all(methodNotAllowed('POST'));
  return router;
}

function receiveRequest(desk: Desk, channel: Channel): RequestHandler {
  return async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const header = (name: string): string | undefined => request.get(name);
    const reply: ChannelReply = await desk.receive(channel, { header, body, receivedAtMs: Date.now() });
    response.status(reply.status);
    if (typeof reply.body === 'object') response.json(reply.body);
    else response.type('text/plain').send(reply.body ?? '');
  };
}
