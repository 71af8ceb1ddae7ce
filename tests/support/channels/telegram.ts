import type { ChannelDriver } from '../channel-driver.ts';
import { NO_REPLAY, OURS, post } from './requests.ts';

/** A number for a name. */
const idOf = (text: string): number =>
  Array.from(text).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 31, 7);

interface TelegramMessage {
  readonly text: string;
  readonly entities: readonly { type: string; offset: number; length: number; url?: string }[];
}

export const telegram: ChannelDriver = {
  name: 'telegram',
  settings: (url) => ({
    TELEGRAM_BOT_TOKEN: '42:secret',
    TELEGRAM_WEBHOOK_SECRET: 'telegram-secret',
    TELEGRAM_API_URL: `${url}/telegram`,
  }),
  ask({ text, event, user = 'U1', thread = '1' }) {
    const body = {
      update_id: idOf(event),
      message: {
        message_id: idOf(`message ${event}`),
        chat: { id: Number(thread), type: 'private' },
        from: { id: idOf(user), is_bot: false },
        text,
      },
    };
    return post('/channels/telegram/webhook', body, { 'x-telegram-bot-api-secret-token': 'telegram-secret' });
  },
  forge: (outgoing) => ({ ...outgoing, headers: { ...outgoing.headers, 'x-telegram-bot-api-secret-token': 'guess' } }),
  messagesOf: ({ path, body }) => (path.endsWith('/sendMessage') ? [body] : []),
  read(message) {
    const { text, entities } = message as TelegramMessage;
    let [read, rest] = ['', 0];
    for (const { offset, length, url } of entities) {
      read += text.slice(rest, offset + length) + (url === undefined ? '' : `⟦${url}⟧`);
      rest = offset + length;
    }
    return (read + text.slice(rest)).replaceAll('\u2060', '');
  },
  findLiveMarkup(message) {
    const { text, entities, ...rest } = message as TelegramMessage;
    const found = text.match(/(?<![\p{L}\p{N}_])[@#$/][\p{L}\p{N}_]+/gu) ?? [];
    const foreign = entities.filter(({ url }) => !url?.startsWith(OURS)).map(({ type }) => type);
    return [...found, ...foreign, ...('parse_mode' in rest ? ['parse_mode'] : [])];
  },
  measure: (message) => ({ length: (message as TelegramMessage).text.length, limit: 4_096 }),
  otherwise: { replay: NO_REPLAY },
};
