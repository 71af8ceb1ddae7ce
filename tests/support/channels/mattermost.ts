import type { ChannelDriver } from '../channel-driver.ts';
import { findLiveMarkdown, readMarkdown } from '../read-markdown.ts';
import { hasText, NO_REPLAY, ONE_MESSAGE, OURS, post, REPLY_OTHERWISE, vendorUrl } from './requests.ts';

/** A slash command, answered at its response address. */
export const mattermost: ChannelDriver = {
  name: 'mattermost',
  settings: (url) => ({ MATTERMOST_TOKEN: 'other-token,mattermost-token', MATTERMOST_API_URL: url }),
  ask({ text, event, user = 'U1', thread = 'C1' }) {
    const form = new URLSearchParams({
      token: 'mattermost-token',
      team_id: 'T1',
      channel_id: thread,
      user_id: user,
      command: '/ask',
      text,
      trigger_id: event,
      response_url: `${vendorUrl()}/mattermost/hooks/${encodeURIComponent(event)}`,
    });
    return post('/channels/mattermost/webhook', form, { authorization: 'Token mattermost-token' });
  },
  forge: (outgoing) => ({ ...outgoing, headers: { ...outgoing.headers, authorization: 'Token guess' } }),
  messagesOf: ({ path, body }) => (path.startsWith('/mattermost/hooks/') ? [body] : []),
  read: (message) => readMarkdown((message as { text: string }).text),
  findLiveMarkup(message) {
    const { text } = message as { text: string };
    return [...findLiveMarkdown(text, OURS), ...(text.match(/@(?!\u2060)\S+/g) ?? [])];
  },
  measure: (message) => ({ length: Array.from((message as { text: string }).text).length, limit: 16_383 }),
  otherwise: { replay: NO_REPLAY },
};

/** An outgoing webhook, answered by the reply. */
export const mattermostReply: ChannelDriver = {
  ...mattermost,
  name: 'mattermost (reply)',
  ask: ({ text, event, user = 'U1', thread = 'C1' }) =>
    post(
      '/channels/mattermost/webhook',
      {
        token: 'mattermost-token',
        channel_id: thread,
        user_id: user,
        post_id: event,
        text: `ask ${text}`,
        trigger_word: 'ask',
      },
      {},
    ),
  forge: (outgoing) => ({ ...outgoing, body: String(outgoing.body).replace('mattermost-token', 'guess') }),
  messagesOf: () => [],
  repliesOf: (reply) => [reply.json() as object].filter(hasText),
  // The next part begins after the references of the one before.
  partsOf: (message) => mattermost.read(message).split(/(?<=”)\n\n(?!\[\d+\])/),
  otherwise: {
    replay: NO_REPLAY,
    ...REPLY_OTHERWISE,
    'long answer': ONE_MESSAGE,
  },
};
