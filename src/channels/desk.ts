import { InvalidRequestError } from '../errors.ts';
import type { Channel, ChannelEvent, ChannelReply, ChannelRequest, Reading } from './channel.ts';
import type { JobKey } from './channel-store.ts';
import type { DeskDependencies } from './make-outgoing.ts';
import { createWorkers, type Workers } from './workers.ts';

/** Takes what the chat tools send, answers each event once, and brings the answers back. */
export interface Desk {
  readonly channels: readonly Channel[];
  /** What to reply to a request. */
  receive(channel: Channel, request: ChannelRequest): Promise<ChannelReply>;
  /** Begins to work, first on what an earlier process left. Until then events are taken and wait. */
  start(): void;
  /** Stops; what is not finished is taken up at the next start. */
  close(): Promise<void>;
}

export function createDesk(channels: readonly Channel[], deps: DeskDependencies): Desk {
  const workers = createWorkers(channels, deps);
  return {
    channels,
    receive: (channel, request) => receive({ deps, workers }, channel, request),
    start: () => workers.start(),
    close: () => workers.close(),
  };
}

interface Receiving {
  readonly deps: DeskDependencies;
  readonly workers: Workers;
}

async function receive({ deps, workers }: Receiving, channel: Channel, request: ChannelRequest): Promise<ChannelReply> {
  workers.notice();
  if (!(await channel.authenticate(request))) return { status: 401, body: { error: 'The signature is not valid.' } };
  const reading = readRequest(channel, request);
  if ('status' in reading) return reading;
  for (const event of reading.events) await takeEvent(deps, channel, event);
  const [event] = reading.events;
  const waits = reading.wait && event && event.kind !== 'feedback';
  if (waits) return replyWithAnswer({ deps, workers }, { channel: channel.name, id: event.ids[0] }, reading);
  workers.wake(channel.name);
  return reading.reply;
}

/** The answer as the reply, if it is there already or ready in time. */
async function replyWithAnswer(
  { deps, workers }: Receiving,
  job: JobKey,
  { wait, reply }: Reading,
): Promise<ChannelReply> {
  const coming = workers.waitFor(job, wait?.timeoutMs ?? 0);
  workers.wake(job.channel);
  const made = (await deps.store.find(job.channel, job.id))?.outgoing ?? (await coming);
  return (made && wait?.replyOf(made)) ?? reply;
}

function readRequest(channel: Channel, request: ChannelRequest): Reading | ChannelReply {
  try {
    return channel.read(request);
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 400, body: { error: 'The body cannot be read.' } };
    if (error instanceof InvalidRequestError) return { status: 400, body: { error: error.message } };
    throw error;
  }
}

async function takeEvent({ store, rate, log }: DeskDependencies, channel: Channel, event: ChannelEvent): Promise<void> {
  if (event.kind !== 'feedback') {
    const { ids, ...task } = event;
    if (!(await store.accept(channel.name, ids, task))) log.info({ channel: channel.name }, 'an event came again');
    return;
  }
  const { about, rating, comment, thank } = event;
  const found = await store.findAnswer('askId' in about ? about : { ...about, channel: channel.name });
  if (!found) return;
  await rate({ askId: found.askId, rating, comment: comment ?? null });
  if (thank)
    await store.accept(channel.name, thank.ids, { kind: 'thanks', target: thank.target, language: found.language });
}
