import { exportJWK } from 'jose';
import type { ChannelDriver } from '../channel-driver.ts';
import type { RecordedCall, VendorReply } from '../vendor-server.ts';
import { discord } from './discord.ts';
import { googleChat, googleChatReply } from './google-chat.ts';
import { mattermost, mattermostReply } from './mattermost.ts';
import { rsaKeys, vendorUrl } from './requests.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';
import { webhook, webhookReply } from './webhook.ts';

/** Every channel, in groups that can be on together. */
export const GROUPS: readonly (readonly ChannelDriver[])[] = [
  [slack, discord, telegram, teams, mattermost, mattermostReply, googleChat, webhook],
  [googleChatReply, webhookReply],
];

/** The settings that switch every channel on, its tool's servers at this address. */
export function channelSettings(url = 'http://127.0.0.1:9'): Record<string, string> {
  return Object.assign({}, ...(GROUPS[0] ?? []).map((driver) => driver.settings(url)));
}

/** What the tools' servers answer when all is well. */
export function usualReply(keys: object): (call: RecordedCall) => VendorReply {
  let count = 0;
  return ({ path }) => {
    count++;
    if (path === '/teams-openid') return { body: { jwks_uri: `${vendorUrl()}/teams-keys` } };
    if (path === '/teams-keys' || /^\/google\/(?:service_accounts|oauth2)\//.test(path)) return { body: keys };
    if (path.endsWith('/token')) return { body: { access_token: 'token', expires_in: 3_600 } };
    if (path.startsWith('/telegram/')) return { body: { ok: true, result: { message_id: count } } };
    return { body: { ok: true, ts: `${count}.0`, id: `m${count}`, name: `spaces/S1/messages/${count}` } };
  };
}

/** The public keys that tokens are signed with, endorsed for Teams. */
export async function publicKeys(): Promise<object> {
  return {
    keys: [
      { ...(await exportJWK(rsaKeys.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig', endorsements: ['msteams'] },
    ],
  };
}
