import { SignJWT } from 'jose';
import type { ChannelDriver } from '../channel-driver.ts';
import { findLiveMarkdown, readMarkdown } from '../read-markdown.ts';
import { nowOf, OURS, post, rsaKeys, vendorUrl } from './requests.ts';

export const teams: ChannelDriver = {
  name: 'teams',
  settings: (url) => ({
    TEAMS_APP_ID: 'app-1',
    TEAMS_APP_PASSWORD: 'password',
    TEAMS_TENANT_ID: 'tenant-1',
    TEAMS_OPENID_URL: `${url}/teams-openid`,
    TEAMS_LOGIN_URL: `${url}/login`,
  }),
  async ask(asking) {
    const { text, event, user = 'U1', thread = 'conversation' } = asking;
    const activity = {
      type: 'message',
      id: event,
      channelId: 'msteams',
      serviceUrl: `${vendorUrl()}/teams/`,
      text: `<at>Concordat</at> ${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}`,
      from: { id: `29:${user}`, aadObjectId: user },
      conversation: { id: thread, conversationType: 'personal' },
    };
    const token = await signTeams({ serviceurl: `${vendorUrl()}/teams/` }, nowOf(asking));
    return post('/channels/teams/messages', activity, { authorization: `Bearer ${token}` });
  },
  forge: (outgoing) => ({ ...outgoing, body: String(outgoing.body).replace('/teams/', '/elsewhere/') }),
  messagesOf: ({ path, body }) => (path.startsWith('/teams/v3/') && body['type'] === 'message' ? [body] : []),
  read: (message) =>
    readMarkdown((message as { text: string }).text)
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  findLiveMarkup: (message) => findLiveMarkdown((message as { text: string }).text, OURS),
  measure: (message) => ({ length: Buffer.byteLength(JSON.stringify(message)), limit: 28_000 }),
  otherwise: {},
};

/** A token as the Bot Framework signs it, for an hour from then. */
export async function signTeams(
  claims: Record<string, string>,
  at: number,
  issuer = 'https://api.botframework.com',
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .setIssuer(issuer)
    .setAudience('app-1')
    .setIssuedAt(at)
    .setNotBefore(at)
    .setExpirationTime(at + 3_600)
    .sign(rsaKeys.privateKey);
}
