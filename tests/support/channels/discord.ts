import { generateKeyPairSync, sign } from 'node:crypto';
import type { ChannelDriver } from '../channel-driver.ts';
import type { Outgoing } from '../exchange.ts';
import { findLiveMarkdown, readMarkdown } from '../read-markdown.ts';
import { nowOf, OURS, post } from './requests.ts';

const discordKeys = generateKeyPairSync('ed25519');

export const discord: ChannelDriver = {
  name: 'discord',
  settings: (url) => ({
    DISCORD_PUBLIC_KEY: discordKeys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'),
    DISCORD_APPLICATION_ID: 'A1',
    DISCORD_API_URL: `${url}/discord`,
  }),
  ask(asking) {
    const { text, event, user = 'U1', thread = 'C1' } = asking;
    const body = {
      id: event,
      type: 2,
      token: `token-${event}`,
      channel_id: thread,
      guild_id: 'G1',
      member: { user: { id: user } },
      data: { name: 'ask', options: [{ name: 'question', type: 3, value: text }] },
    };
    return signDiscord(post('/channels/discord/interactions', body, {}), nowOf(asking));
  },
  messagesOf: ({ path, body }) => (path.startsWith('/discord/webhooks/') ? [body] : []),
  read: (message) => readMarkdown((message as { content: string }).content),
  findLiveMarkup: (message) => {
    const { content, allowed_mentions: allowed } = message as {
      content: string;
      allowed_mentions?: { parse?: unknown[] };
    };
    return [...findLiveMarkdown(content, OURS), ...(allowed?.parse?.length === 0 ? [] : ['mentions may ping'])];
  },
  measure: (message) => ({ length: (message as { content: string }).content.length, limit: 2_000 }),
  otherwise: {},
};

/** Signs as Discord does. */
export function signDiscord(outgoing: Outgoing, at: number): Outgoing {
  const signature = sign(null, Buffer.from(`${at}${String(outgoing.body)}`), discordKeys.privateKey).toString('hex');
  return {
    ...outgoing,
    headers: { ...outgoing.headers, 'x-signature-timestamp': String(at), 'x-signature-ed25519': signature },
  };
}
