import { createHmac } from 'node:crypto';
import type { ChannelDriver } from '../channel-driver.ts';
import type { Outgoing } from '../exchange.ts';
import { hasText, nowOf, OURS, post } from './requests.ts';

/** The secret of Slack's published example. */
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

export const slack: ChannelDriver = {
  name: 'slack',
  settings: (url) => ({ SLACK_SIGNING_SECRET: SECRET, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_API_URL: `${url}/slack` }),
  ask(asking) {
    const { text, event, user = 'U1', thread } = asking;
    const words = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const said = {
      type: 'app_mention',
      user,
      text: `<@UBOT> ${words}`,
      channel: 'C1',
      ts: event,
      thread_ts: thread ?? event,
    };
    const body = {
      type: 'event_callback',
      team_id: 'T1',
      event_id: `Ev${event}`,
      authorizations: [{ user_id: 'UBOT' }],
      event: said,
    };
    return signSlack(post('/channels/slack/events', body, {}), nowOf(asking));
  },
  messagesOf: ({ path, body }) => (path.endsWith('/chat.postMessage') || path === '/slack/response' ? [body] : []),
  read: (message) =>
    slackElements(message)
      .map(({ text = '', url }) => (url === undefined ? text : `${text}⟦${url}⟧`))
      .join(''),
  findLiveMarkup: (message) => [
    ...slackElements(message).flatMap(({ type, url }) =>
      type === 'text' || url?.startsWith(OURS) ? [] : [`${type} ${url ?? ''}`],
    ),
    ...(hasText(message) && /[<>]/.test(message.text) ? [message.text] : []),
  ],
  measure: (message) => ({
    length: JSON.stringify(slackElements(message).map(({ text, url }) => [text, url])).length,
    limit: 13_200,
  }),
  otherwise: {},
};

/** Signs as Slack does: the raw body, with the time. */
export function signSlack(outgoing: Outgoing, at: number): Outgoing {
  const digest = createHmac('sha256', SECRET)
    .update(`v0:${at}:${String(outgoing.body)}`)
    .digest('hex');
  return {
    ...outgoing,
    headers: { ...outgoing.headers, 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${digest}` },
  };
}

function slackElements(message: object): { type: string; text?: string; url?: string }[] {
  const { blocks = [] } = message as { blocks?: { type: string; elements: { elements: object[] }[] }[] };
  return blocks
    .filter(({ type }) => type === 'rich_text')
    .flatMap(({ elements }) => elements.flatMap((section) => section.elements)) as { type: string }[];
}
