import type { Channel, ChannelRequest, JsonObject } from './channel.ts';
import { textOf } from './json-body.ts';
import { hmacSha256, isRecent, isSame } from './signatures.ts';
import { renderSlack, renderSlackDraft } from './slack-blocks.ts';
import { readSlack } from './slack-events.ts';
import { callVendor, VendorError } from './vendor-api.ts';

export interface SlackSettings {
  readonly signingSecret: string;
  readonly botToken: string;
  /** Such as `https://slack.com/api`. */
  readonly apiUrl: string;
}

/** Slack: events, a slash command and buttons, all at one address. */
export function createSlack(settings: SlackSettings): Channel {
  return {
    name: 'slack',
    path: '/channels/slack/events',
    authenticate: (request) => isSigned(request, settings.signingSecret),
    read: (request) => readSlack(request, new URL(settings.apiUrl).origin),
    render: renderSlack,
    async begin({ channel, thread_ts: thread }, signal) {
      // Only threads of the assistant's pane, which is a direct chat, have a status.
      if (typeof thread !== 'string' || !textOf(channel).startsWith('D')) return;
      await callSlack(
        settings,
        'assistant.threads.setStatus',
        { channel_id: channel, thread_ts: thread, status: '…' },
        signal,
      );
    },
    async show(soFar, target, signal) {
      if (typeof target['response_url'] === 'string') return target;
      const ts = await say(settings, { outgoing: renderSlackDraft(soFar), target, signal });
      return { ...target, shown_ts: ts };
    },
    async send(outgoing, target, { index, signal }) {
      const { response_url: responseUrl } = target;
      if (typeof responseUrl === 'string') {
        const body = { response_type: 'ephemeral', replace_original: false, ...outgoing };
        await callVendor({ url: responseUrl, body, signal });
        return undefined;
      }
      const { shown_ts: _shown, ...unshown } = target;
      return say(settings, { outgoing, target: index === 0 ? target : unshown, signal });
    },
  };
}

interface Message {
  readonly outgoing: JsonObject;
  readonly target: JsonObject;
  readonly signal: AbortSignal;
}

/** Posts a message, or puts it in the place of one that is there already. Gives its `ts`. */
async function say(settings: SlackSettings, message: Message): Promise<string | undefined> {
  const { outgoing, signal } = message;
  const { shown_ts: shownTs, ...target } = message.target;
  if (shownTs !== undefined) {
    const updated = await callSlack(
      settings,
      'chat.update',
      { channel: target['channel'], ts: shownTs, ...outgoing },
      signal,
    ).catch((error: unknown) => {
      if (error instanceof VendorError && !error.retryable) return undefined;
      throw error;
    });
    if (updated) return textOf(shownTs);
  }
  const sent = await callSlack(settings, 'chat.postMessage', { ...target, ...outgoing }, signal);
  return typeof sent['ts'] === 'string' ? sent['ts'] : undefined;
}

function isSigned(request: ChannelRequest, secret: string): boolean {
  const timestamp = request.header('x-slack-request-timestamp');
  if (!isRecent(timestamp, request.receivedAtMs)) return false;
  const digest = hmacSha256(secret, [`v0:${timestamp}:`, request.body]).toString('hex');
  return isSame(request.header('x-slack-signature'), `v0=${digest}`);
}

const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);

/** Slack says most failures in a body with status 200. */
async function callSlack(
  { apiUrl, botToken }: SlackSettings,
  method: string,
  ...[body, signal]: [JsonObject, AbortSignal]
): Promise<Record<string, unknown>> {
  const headers = { Authorization: `Bearer ${botToken}` };
  const answer = await callVendor({ url: `${apiUrl}/${method}`, headers, body, signal });
  if (answer['ok'] === true) return answer;
  const error = textOf(answer['error']);
  throw new VendorError(`${method}: ${error}`, { retryable: PASSING.has(error) });
}
