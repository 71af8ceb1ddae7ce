import { Webhook } from 'standardwebhooks';
import type { ChannelDriver } from '../channel-driver.ts';
import { findLiveMarkdown, readMarkdown } from '../read-markdown.ts';
import { hasText, nowOf, OURS, post, REPLY_OTHERWISE } from './requests.ts';

const WEBHOOK_SECRET = `whsec_${Buffer.from('a key of the generic webhook').toString('base64')}`;

/** Any other tool, signed by the standard's own library. */
export const webhook: ChannelDriver = {
  name: 'webhook',
  settings: (url) => ({ WEBHOOK_SECRET, WEBHOOK_CALLBACK_URL: `${url}/callback` }),
  ask(asking) {
    const { text, event, user = 'U1', thread = 'C1' } = asking;
    const body = { question: text, conversation: thread, user };
    const at = nowOf(asking);
    const signature = new Webhook(WEBHOOK_SECRET).sign(event, new Date(at * 1000), JSON.stringify(body));
    return post('/channels/webhook', body, {
      'webhook-id': event,
      'webhook-timestamp': String(at),
      'webhook-signature': signature,
    });
  },
  messagesOf: ({ path, text, headers }) =>
    path === '/callback' ? [new Webhook(WEBHOOK_SECRET).verify(text, headers as Record<string, string>) as object] : [],
  read: (message) => readMarkdown((message as { text: string }).text),
  findLiveMarkup: (message) => findLiveMarkdown((message as { text: string }).text, OURS),
  measure: () => ({ length: 0, limit: 0 }),
  otherwise: { 'long answer': 'An answer is one JSON object, and whole, however long.' },
};

/** Without a callback the answer is the reply. */
export const webhookReply: ChannelDriver = {
  ...webhook,
  name: 'webhook (reply)',
  settings: () => ({ WEBHOOK_SECRET }),
  messagesOf: () => [],
  repliesOf: (reply) => [reply.json() as object].filter(hasText),
  otherwise: { ...webhook.otherwise, ...REPLY_OTHERWISE },
};
