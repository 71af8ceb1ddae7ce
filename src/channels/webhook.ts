import { z } from 'zod';
import { LANGUAGES } from '../domain.ts';
import type { Channel, ChannelReply, ChannelRequest, JsonObject, Reading, Saying } from './channel.ts';
import { readJson } from './json-body.ts';
import { MARKDOWN_MARKUP } from './markup.ts';
import { renderMessages } from './render-messages.ts';
import { hmacSha256, isRecent, isSame } from './signatures.ts';
import { callVendor } from './vendor-api.ts';

export interface WebhookSettings {
  /** `whsec_` and the key in Base64, as Standard Webhooks has it, or any other words. */
  readonly secret: string;
  /** Where answers are sent; unset: the answer is the reply. */
  readonly callbackUrl: string | undefined;
}

/** Long enough for a language model; who cannot wait takes a callback. */
const WAIT_MS = 55_000;

const body = z.strictObject({
  question: z.string(),
  /** Together they say whose conversation this is; without, the question stands alone. */
  conversation: z.string().max(200).optional(),
  user: z.string().max(200).optional(),
  language: z.enum(LANGUAGES).optional(),
});

/** Any other tool, by a webhook that is signed both ways as Standard Webhooks asks. */
export function createWebhook({ secret, callbackUrl }: WebhookSettings): Channel {
  const channel: Channel = {
    name: 'webhook',
    path: '/channels/webhook',
    authenticate: (request) => isSigned(request, secret),
    read: (request) => readQuestion(request, callbackUrl !== undefined),
    render: renderWebhook,
  };
  if (callbackUrl === undefined) return channel;
  return {
    ...channel,
    async send(outgoing, { id }, { signal, key }) {
      const payload = { ...outgoing, inReplyTo: id };
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = sign(secret, [key, timestamp, JSON.stringify(payload)]);
      const headers = { 'webhook-id': key, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      await callVendor({ url: callbackUrl, headers, body: payload, signal });
      return undefined;
    },
  };
}

function isSigned(request: ChannelRequest, secret: string): boolean {
  const [id, timestamp] = [request.header('webhook-id'), request.header('webhook-timestamp')];
  if (id === undefined || timestamp === undefined || !isRecent(timestamp, request.receivedAtMs)) return false;
  const expected = sign(secret, [id, timestamp, request.body]);
  // Several are sent while keys are changed.
  const given = (request.header('webhook-signature') ?? '').split(' ').slice(0, 10);
  return given.filter((signature) => isSame(signature, expected)).length > 0;
}

function sign(secret: string, [id, timestamp, content]: [string, string, string | Buffer]): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return `v1,${hmacSha256(key, [`${id}.${timestamp}.`, content]).toString('base64')}`;
}

function readQuestion(request: ChannelRequest, late: boolean): Reading {
  const { question, conversation, user, language } = readJson(body, request.body);
  const id = request.header('webhook-id') ?? '';
  const thread = conversation === undefined ? `alone ${id}` : `${conversation} ${user ?? ''}`;
  const event = {
    kind: 'question',
    ids: [id],
    thread,
    text: question.trim(),
    target: { id },
    answerIn: language,
  } as const;
  if (late) return { events: [event], reply: { status: 202, body: { id } } };
  const replyOf = ([first = {}]: readonly JsonObject[]): ChannelReply => ({
    status: 200,
    body: { ...first, inReplyTo: id },
  });
  const reply = { status: 503, body: { error: 'The answer is not ready. Ask again with the same webhook-id.' } };
  return { events: [event], reply, wait: { timeoutMs: WAIT_MS, replyOf } };
}

/** The whole answer as data, and as one Markdown text with its references. */
function renderWebhook(saying: Saying): readonly JsonObject[] {
  if (saying.kind === 'words') return [{ type: 'words', text: saying.text, language: saying.language, citations: [] }];
  const { conversationId: _id, conversationToken: _token, trace: _trace, ...response } = saying.response;
  const text = renderMessages(saying.response, { markup: MARKDOWN_MARKUP, limit: Number.POSITIVE_INFINITY }).join(
    '\n\n',
  );
  return [{ type: 'answer', text, ...(JSON.parse(JSON.stringify(response)) as JsonObject) }];
}
