import { SignJWT } from 'jose';
import type { ChannelDriver } from '../channel-driver.ts';
import { nowOf, ONE_MESSAGE, post, REPLY_OTHERWISE, rsaKeys } from './requests.ts';

interface Card {
  readonly cardsV2?: readonly { card: { sections: { widgets: { textParagraph?: { text: string } }[] }[] } }[];
}

export const googleChat: ChannelDriver = {
  name: 'google-chat',
  settings: (url) => ({
    GOOGLE_CHAT_AUDIENCE: '123456',
    GOOGLE_CHAT_API_URL: `${url}/google`,
    GOOGLE_CHAT_CERTS_URL: `${url}/google`,
    GOOGLE_CHAT_CREDENTIALS: JSON.stringify({
      client_email: 'bot@project.iam.gserviceaccount.com',
      private_key: rsaKeys.privateKey.export({ format: 'pem', type: 'pkcs8' }),
      token_uri: `${url}/google/token`,
    }),
  }),
  async ask(asking) {
    const { text, event, user = 'U1', thread = 'T1' } = asking;
    const at = nowOf(asking);
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .setIssuer('chat@system.gserviceaccount.com')
      .setAudience('123456')
      .setIssuedAt(at)
      .setExpirationTime(at + 3_600)
      .sign(rsaKeys.privateKey);
    const body = {
      type: 'MESSAGE',
      space: { name: 'spaces/S1' },
      user: { name: `users/${user}` },
      message: {
        name: `spaces/S1/messages/${event}`,
        text: `@Concordat ${text}`,
        argumentText: ` ${text}`,
        sender: { name: `users/${user}`, type: 'HUMAN' },
        thread: { name: `spaces/S1/threads/${thread}` },
      },
    };
    return post('/channels/google-chat/events', body, { authorization: `Bearer ${token}` });
  },
  forge: (outgoing) => ({
    ...outgoing,
    headers: { ...outgoing.headers, authorization: `${outgoing.headers?.['authorization']}x` },
  }),
  messagesOf: ({ path, body }) => (path.startsWith('/google/v1/spaces/') ? [body] : []),
  read: (message) =>
    paragraphsOf(message)
      .join('\n\n')
      .replaceAll('<br>', '\n')
      .replaceAll(/<a href="([^"]*)">([^<]*)<\/a>/g, '$2⟦$1⟧')
      .replaceAll(/<\/?i>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  findLiveMarkup: (message) =>
    paragraphsOf(message)
      .flatMap((text) => text.match(/<[^>]*>?/g) ?? [])
      .filter((tag) => !/^<(?:br|\/?i|\/a|a href="http:\/\/concordat\.test\/documents\/[^"<>]*")>$/.test(tag)),
  measure: (message) => ({ length: Buffer.byteLength(JSON.stringify(message)), limit: 32_000 }),
  otherwise: {},
};

/** Without a service account the answer is the reply. */
export const googleChatReply: ChannelDriver = {
  ...googleChat,
  name: 'google-chat (reply)',
  settings(url) {
    const { GOOGLE_CHAT_CREDENTIALS: _credentials, ...settings } = googleChat.settings(url);
    return settings;
  },
  messagesOf: () => [],
  repliesOf: (reply) => [reply.json() as object].filter((body) => 'cardsV2' in body),
  partsOf: (message) => (message as Required<Card>).cardsV2.map((card) => googleChat.read({ cardsV2: [card] })),
  otherwise: {
    ...REPLY_OTHERWISE,
    'long answer': ONE_MESSAGE,
  },
};

function paragraphsOf(message: object): string[] {
  const { cardsV2 = [] } = message as Card;
  return cardsV2.flatMap(({ card: { sections } }) =>
    sections.flatMap(({ widgets }) => widgets.flatMap(({ textParagraph }) => textParagraph?.text ?? [])),
  );
}
