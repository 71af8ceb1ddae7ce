import { z } from 'zod';
import type { AnswerResponse } from '../answer-response.ts';
import { LANGUAGES, type Language } from '../domain.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import type { Channel, ChannelEvent, JsonObject, Reading, Saying } from './channel.ts';
import { readJson, textOf } from './json-body.ts';
import { printable, type Markup } from './markup.ts';
import { packBlocks, renderMessages } from './render-messages.ts';
import { renderSources } from './render-sources.ts';
import { isSame } from './signatures.ts';
import { createStyledMarkup, readRuns, visibleLength } from './styled-text.ts';
import { callVendor } from './vendor-api.ts';

export interface TelegramSettings {
  readonly botToken: string;
  readonly webhookSecret: string;
  /** Such as `https://api.telegram.org`. */
  readonly apiUrl: string;
}

const person = z.looseObject({ id: z.number(), is_bot: z.boolean().optional(), language_code: z.string().optional() });
const chat = z.looseObject({ id: z.number(), type: z.string() });
const message = z.looseObject({
  message_id: z.number(),
  message_thread_id: z.number().optional(),
  chat,
  from: person.optional(),
  text: z.string().default(''),
  reply_to_message: z.looseObject({ from: person.optional() }).optional(),
});
const update = z.looseObject({
  update_id: z.number(),
  message: message.optional(),
  callback_query: z.looseObject({ id: z.string(), from: person, data: z.string().optional() }).optional(),
});

const DONE = { status: 200, body: {} };

/** Telegram finds mentions, hashtags and commands by itself; a joiner that nobody sees keeps it from that. */
const joined = (text: string): string =>
  printable(text).replaceAll(/(?<![\p{L}\p{N}_])[@#$/](?=[\p{L}\p{N}_])/gu, '$&\u2060');
const MARKUP: Markup = createStyledMarkup(joined);
const FORM = { markup: MARKUP, limit: 4_096, measure: visibleLength };

/** Telegram: private chats, and groups where the bot is called. */
export function createTelegram({ botToken, webhookSecret, apiUrl }: TelegramSettings): Channel {
  const botId = Number(botToken.split(':')[0]);
  const call = (method: string, body: JsonObject, signal: AbortSignal): Promise<Record<string, unknown>> =>
    callVendor({ url: `${apiUrl}/bot${botToken}/${method}`, body, signal });
  return {
    name: 'telegram',
    path: '/channels/telegram/webhook',
    authenticate: (request) => isSame(request.header('x-telegram-bot-api-secret-token'), webhookSecret),
    read: (request) => readUpdate(readJson(update, request.body), botId),
    render: renderTelegram,
    async begin({ chat_id: chatId, message_thread_id: thread }, signal) {
      await call('sendChatAction', { chat_id: chatId, message_thread_id: thread, action: 'typing' }, signal);
    },
    async send({ method, ...outgoing }, target, { signal }) {
      const body = method === 'answerCallbackQuery' ? { callback_query_id: target['callback_query_id'] } : target;
      const sent = await call(textOf(method), { ...body, ...outgoing }, signal);
      const result = sent['result'] as { message_id?: number } | undefined;
      return result?.message_id === undefined ? undefined : String(result.message_id);
    },
  };
}

type Message = z.infer<typeof message>;

function readUpdate(
  { update_id: id, message: said, callback_query: press }: z.infer<typeof update>,
  botId: number,
): Reading {
  if (press) return { events: readPress(press), reply: DONE };
  const { from } = said ?? {};
  const answers = said && from && from.is_bot !== true && isCalled(said, botId);
  return { events: answers ? [readMessage(id, said, from)] : [], reply: DONE };
}

function readMessage(id: number, said: Message, from: z.infer<typeof person>): ChannelEvent {
  const { chat: place, message_thread_id: topic, message_id: messageId } = said;
  const reply = { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } };
  return {
    kind: 'question',
    ids: [String(id), `${place.id} ${messageId}`],
    thread: [place.id, topic ?? '', from.id].join(' '),
    text: withoutCall(said.text),
    target: {
      chat_id: place.id,
      ...(topic !== undefined && { message_thread_id: topic }),
      ...(place.type !== 'private' && reply),
    },
    language: languageOf(from.language_code),
  };
}

/** With privacy on, as bots are by default, a group shows a bot only what calls it: a command, its name, a reply. */
function isCalled({ chat: { type }, text, reply_to_message: answered }: Message, botId: number): boolean {
  if (type === 'private' || answered?.from?.id === botId) return true;
  return /^\/(?:ask|start|help)\b/.test(text) || /@\w*bot\b/i.test(text);
}

function withoutCall(text: string): string {
  return text
    .replace(/^\/(?:ask|start|help)(?:@\w+)?(?=\s|$)/, '')
    .replaceAll(/@\w*bot\b/gi, '')
    .trim();
}

function languageOf(code: string | undefined): Language | undefined {
  return LANGUAGES.find((language) => code?.startsWith(language));
}

function readPress({ id, data = '' }: { id: string; data?: string | undefined }): ChannelEvent[] {
  const [action, askId = ''] = data.split(':');
  const rating = action === 'up' ? 'up' : 'down';
  return [{ kind: 'feedback', about: { askId }, rating, thank: { ids: [id], target: { callback_query_id: id } } }];
}

function renderTelegram(saying: Saying, target: JsonObject): readonly JsonObject[] {
  if (saying.kind === 'words' && 'callback_query_id' in target)
    return [{ method: 'answerCallbackQuery', text: saying.text }];
  if (saying.kind === 'words') return [messageOf(MARKUP.escape(saying.text))];
  const { response } = saying;
  if (saying.kind === 'sources')
    return packBlocks(renderSources(response, MARKUP), FORM).map((text) => messageOf(text));
  const messages = renderMessages(response, FORM);
  return messages.map((text, index) =>
    index === messages.length - 1 ? { ...messageOf(text), reply_markup: buttonsOf(response) } : messageOf(text),
  );
}

/** Style is told beside the text, by UTF-16 offsets: nothing in the text is read as markup. */
function messageOf(styled: string): JsonObject {
  let text = '';
  const entities: JsonObject[] = [];
  for (const { text: words, url, italic } of readRuns(styled)) {
    const place = { offset: text.length, length: words.length };
    if (url !== undefined) entities.push({ type: 'text_link', ...place, url });
    else if (italic) entities.push({ type: 'italic', ...place });
    text += words;
  }
  return { method: 'sendMessage', text, entities, link_preview_options: { is_disabled: true } };
}

function buttonsOf({ askId, language }: AnswerResponse): JsonObject {
  const words = CHANNEL_WORDS[language];
  const button = (action: string, label: string): JsonObject => ({ text: label, callback_data: `${action}:${askId}` });
  return { inline_keyboard: [[button('up', `👍 ${words.helpful}`), button('down', `👎 ${words.notHelpful}`)]] };
}
