import { z } from 'zod';
import type { AnswerResponse } from '../answer-response.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { createAccessTokens } from './access-token.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import type { Channel, ChannelEvent, ChannelReply, JsonObject, Reading, Saying } from './channel.ts';
import { fitReply } from './fit-reply.ts';
import { readJson, textOf } from './json-body.ts';
import { printable, type Markup } from './markup.ts';
import { packBlocks, renderMessages } from './render-messages.ts';
import { renderSources } from './render-sources.ts';
import { callVendor } from './vendor-api.ts';
import { createTokenVerifier, signAssertion, type TokenVerifier } from './verify-jwt.ts';

export interface GoogleChatSettings {
  /** The number of the project, or the address of this endpoint: as the app is configured. */
  readonly audience: string;
  /** With it, answers are brought late; without, they are replies. */
  readonly account?: { readonly email: string; readonly privateKey: string; readonly tokenUri: string } | undefined;
  /** Such as `https://chat.googleapis.com`. */
  readonly apiUrl: string;
  /** Where Google publishes its keys, such as `https://www.googleapis.com`. */
  readonly certsUrl: string;
}

const ISSUER = 'chat@system.gserviceaccount.com';
const SCOPE = 'https://www.googleapis.com/auth/chat.bot';
/** Google waits 30 s. */
const WAIT_MS = 25_000;

const named = z.looseObject({ name: z.string() });
const chatEvent = z.looseObject({
  type: z.string().optional(),
  eventTime: z.string().default(''),
  message: z
    .looseObject({
      name: z.string(),
      text: z.string().default(''),
      argumentText: z.string().optional(),
      thread: named.optional(),
      sender: z.looseObject({ type: z.string().optional() }).default({}),
    })
    .optional(),
  space: named.optional(),
  user: named.optional(),
  action: z
    .looseObject({
      actionMethodName: z.string().optional(),
      parameters: z.array(z.looseObject({ key: z.string(), value: z.string() })).optional(),
    })
    .optional(),
});
type ChatEvent = z.infer<typeof chatEvent>;

/** The HTML that a card's paragraph reads. */
const MARKUP: Markup = {
  escape: escapeHtml,
  link: (label, url) => `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`,
  marker: (marker) => `[${marker}]`,
  italic: (text) => `<i>${escapeHtml(text)}</i>`,
  bullet: '• ',
};
const LARGEST_BYTES = 32_000;
/** A message holds 32,000 bytes; JSON doubles the line breaks. */
const FORM = {
  markup: MARKUP,
  limit: 24_000,
  measure: (text: string): number => Buffer.byteLength(JSON.stringify(text)),
};

/** Google Chat: messages to the app, and its feedback buttons. */
export function createGoogleChat(settings: GoogleChatSettings): Channel {
  const { account, apiUrl } = settings;
  const verifier = createVerifier(settings);
  const channel: Channel = {
    name: 'google-chat',
    path: '/channels/google-chat/events',
    authenticate: async (request) => (await verifier.verify(request.header('authorization'))) !== undefined,
    read: (request) => readEvent(readJson(chatEvent, request.body), account !== undefined),
    render: renderGoogleChat,
  };
  if (!account) return channel;
  const form = async (): Promise<Record<string, string>> => ({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await signAssertion(account, SCOPE),
  });
  const accessToken = createAccessTokens({ url: account.tokenUri, form });
  return {
    ...channel,
    async send(outgoing, { space, thread }, { key, signal }) {
      // Google takes a request of the same id once, however often it is sent.
      const query = new URLSearchParams({ requestId: key, messageReplyOption: 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD' });
      const headers = { Authorization: `Bearer ${await accessToken(signal)}` };
      const body = { ...outgoing, ...(typeof thread === 'string' && { thread: { name: thread } }) };
      const sent = await callVendor({
        url: `${apiUrl}/v1/${textOf(space)}/messages?${query.toString()}`,
        headers,
        body,
        signal,
      });
      return typeof sent['name'] === 'string' ? sent['name'] : undefined;
    },
  };
}

/** An app is configured for tokens of one of two kinds, told apart by their audience. */
function createVerifier({ audience, certsUrl }: GoogleChatSettings): TokenVerifier {
  if (/^\d+$/.test(audience)) {
    const keysUrl = `${certsUrl}/service_accounts/v1/jwk/${ISSUER}`;
    return createTokenVerifier({ issuers: [ISSUER], audience, keysUrl });
  }
  return createTokenVerifier({
    issuers: ['https://accounts.google.com', 'accounts.google.com'],
    audience,
    keysUrl: `${certsUrl}/oauth2/v3/certs`,
    check: ({ email, email_verified: verified }) => email === ISSUER && verified === true,
  });
}

function readEvent(said: ChatEvent, later: boolean): Reading {
  const reply = { status: 200, body: {} };
  if (said.type === 'CARD_CLICKED') return readPress(said);
  const event = readMessage(said);
  if (!event) return { events: [], reply };
  if (later) return { events: [event], reply };
  const words = CHANNEL_WORDS[detectLanguage(event.text)];
  const replyOf = (outgoing: readonly JsonObject[]): ChannelReply => {
    const join = (messages: readonly JsonObject[]): JsonObject => joinCards(messages, said.message?.thread?.name);
    const fits = (messages: readonly JsonObject[]): boolean =>
      Buffer.byteLength(JSON.stringify(join(messages))) <= LARGEST_BYTES;
    return { status: 200, body: join(fitReply(outgoing, fits, messageOf(words.cut))) };
  };
  const late = { status: 200, body: messageOf(words.failed) };
  return { events: [event], reply: late, wait: { timeoutMs: WAIT_MS, replyOf } };
}

/** What a person says to the app, or that it was added to a space; then there is no message, or one that calls it. */
function readMessage(said: ChatEvent): Extract<ChannelEvent, { kind: 'question' }> | undefined {
  const { message, space, user } = said;
  if (!isHeard(said) || !space || !user) return undefined;
  const called = { name: `${space.name} ${said.eventTime}`, text: '', argumentText: '', thread: undefined };
  const { name, text, argumentText, thread } = message ?? called;
  return {
    kind: 'question',
    ids: [name],
    thread: [space.name, thread?.name, user.name].join(' '),
    text: (argumentText ?? text).trim(),
    target: { space: space.name, thread: thread?.name },
  };
}

function isHeard({ type, message }: ChatEvent): boolean {
  return type === 'ADDED_TO_SPACE' || (type === 'MESSAGE' && message?.sender.type !== 'BOT');
}

/** A reply is one message: the cards of all. */
function joinCards(outgoing: readonly JsonObject[], thread: string | undefined): JsonObject {
  const [first] = outgoing;
  const cards = outgoing.flatMap(({ cardsV2 }) => (Array.isArray(cardsV2) ? (cardsV2 as JsonObject[]) : []));
  const numbered = cards.map((card, index) => ({ ...card, cardId: `part-${index}` }));
  return {
    ...first,
    ...(numbered.length > 0 && { cardsV2: numbered }),
    ...(thread !== undefined && { thread: { name: thread } }),
  };
}

function readPress({ action, user }: ChatEvent): Reading {
  const askId = action?.parameters?.find(({ key }) => key === 'askId')?.value ?? '';
  const rating = action?.actionMethodName === 'feedback_up' ? 'up' : 'down';
  const text = CHANNEL_WORDS.en.thanks;
  const body = {
    actionResponse: { type: 'NEW_MESSAGE' },
    text,
    ...(user && { privateMessageViewer: { name: user.name } }),
  };
  return { events: [{ kind: 'feedback', about: { askId }, rating }], reply: { status: 200, body } };
}

function renderGoogleChat(saying: Saying): readonly JsonObject[] {
  if (saying.kind === 'words') return [messageOf(MARKUP.escape(saying.text))];
  const { response } = saying;
  if (saying.kind === 'sources')
    return packBlocks(renderSources(response, MARKUP), FORM).map((text) => messageOf(text));
  const messages = renderMessages(response, FORM);
  return messages.map((text, index) =>
    index === messages.length - 1 ? messageOf(text, [buttonsOf(response)]) : messageOf(text),
  );
}

function messageOf(text: string, widgets: readonly JsonObject[] = []): JsonObject {
  const paragraph = { textParagraph: { text: text.replaceAll('\n', '<br>') } };
  return { cardsV2: [{ cardId: 'answer', card: { sections: [{ widgets: [paragraph, ...widgets] }] } }] };
}

function buttonsOf({ askId, language }: AnswerResponse): JsonObject {
  const words = CHANNEL_WORDS[language];
  const button = (name: string, text: string): JsonObject => ({
    text,
    onClick: { action: { function: name, parameters: [{ key: 'askId', value: askId }] } },
  });
  const buttons = [button('feedback_up', `👍 ${words.helpful}`), button('feedback_down', `👎 ${words.notHelpful}`)];
  return { buttonList: { buttons } };
}

function escapeHtml(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
