import { z } from 'zod';
import type { AnswerResponse } from '../answer-response.ts';
import { LANGUAGES, type Language } from '../domain.ts';
import { InvalidRequestError } from '../errors.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import type { Channel, ChannelEvent, ChannelRequest, JsonObject, Reading, Saying } from './channel.ts';
import { readJson, textOf } from './json-body.ts';
import { MARKDOWN_MARKUP, markdownUrl, type Markup } from './markup.ts';
import { packBlocks, renderMessages } from './render-messages.ts';
import { renderSources } from './render-sources.ts';
import { isRecent, isSignedEd25519 } from './signatures.ts';
import { callVendor } from './vendor-api.ts';

export interface DiscordSettings {
  readonly publicKeyHex: string;
  readonly applicationId: string;
  /** Such as `https://discord.com/api/v10`. */
  readonly apiUrl: string;
}

const user = z.looseObject({ id: z.string() });
const interaction = z.looseObject({
  id: z.string().default(''),
  type: z.number(),
  token: z.string().default(''),
  locale: z.string().default(''),
  guild_id: z.string().default(''),
  channel_id: z.string().default(''),
  member: z.looseObject({ user }).optional(),
  user: user.default({ id: '' }),
  data: z
    .looseObject({
      custom_id: z.string().default(''),
      options: z.array(z.looseObject({ name: z.string(), value: z.unknown().optional() })).default([]),
    })
    .default({ custom_id: '', options: [] }),
});
type Interaction = z.infer<typeof interaction>;

const [PING, COMMAND, COMPONENT] = [1, 2, 3];
const [PONG, MESSAGE, DEFERRED] = [1, 4, 5];
const EPHEMERAL = 64;
const SUPPRESS_EMBEDS = 4;

/** Links in angle brackets are not previewed. */
const MARKUP: Markup = {
  ...MARKDOWN_MARKUP,
  link: (label, url) => `[${MARKDOWN_MARKUP.escape(label)}](<${markdownUrl(url)}>)`,
};
const FORM = { markup: MARKUP, limit: 2_000 };

/** Discord: the slash command `/ask`, answered by editing the deferred reply, and buttons. */
export function createDiscord({ publicKeyHex, applicationId, apiUrl }: DiscordSettings): Channel {
  return {
    name: 'discord',
    path: '/channels/discord/interactions',
    authenticate: (request) => isSigned(request, publicKeyHex),
    read: (request) => readInteraction(readJson(interaction, request.body)),
    render: (saying) => renderDiscord(saying),
    async send(outgoing, { token }, { index, signal }) {
      const webhook = `${apiUrl}/webhooks/${applicationId}/${encodeURIComponent(textOf(token))}`;
      // The deferred reply becomes the first message; doing it twice changes nothing.
      const call = index === 0 ? { url: `${webhook}/messages/@original`, method: 'PATCH' as const } : { url: webhook };
      const sent = await callVendor({ ...call, body: outgoing, signal });
      return typeof sent['id'] === 'string' ? sent['id'] : undefined;
    },
  };
}

function isSigned(request: ChannelRequest, publicKeyHex: string): boolean {
  const timestamp = request.header('x-signature-timestamp');
  if (timestamp === undefined || !isRecent(timestamp, request.receivedAtMs)) return false;
  const message = Buffer.concat([Buffer.from(timestamp), request.body]);
  return isSignedEd25519(publicKeyHex, message, request.header('x-signature-ed25519'));
}

function readInteraction(said: Interaction): Reading {
  switch (said.type) {
    case PING:
      return { events: [], reply: { status: 200, body: { type: PONG } } };
    case COMMAND:
      return { events: [readCommand(said)], reply: { status: 200, body: { type: DEFERRED } } };
    case COMPONENT:
      return readPress(said);
    default:
      throw new InvalidRequestError('Interactions of this type are not understood.');
  }
}

function readCommand(said: Interaction): ChannelEvent {
  const { id, token, guild_id: guild, channel_id: channel, member, data } = said;
  const { id: asker } = member?.user ?? said.user;
  return {
    kind: 'question',
    ids: [id],
    thread: [guild, channel, asker].join(' '),
    text: textOf(data.options.find(({ name }) => name === 'question')?.value).trim(),
    target: { token },
    language: languageOf(said),
  };
}

function readPress(said: Interaction): Reading {
  const [action = '', askId = ''] = said.data.custom_id.split(':');
  if (action === 'sources') {
    const event = { kind: 'sources', ids: [said.id], askId, target: { token: said.token } } as const;
    return { events: [event], reply: { status: 200, body: { type: DEFERRED, data: { flags: EPHEMERAL } } } };
  }
  const content = CHANNEL_WORDS[languageOf(said) ?? 'en'].thanks;
  const reply = { status: 200, body: { type: MESSAGE, data: { content, flags: EPHEMERAL } } };
  const rating = action === 'up' ? 'up' : 'down';
  return { events: [{ kind: 'feedback', about: { askId }, rating }], reply };
}

function languageOf({ locale }: Interaction): Language | undefined {
  return LANGUAGES.find((language) => locale.startsWith(language));
}

function renderDiscord(saying: Saying): readonly JsonObject[] {
  if (saying.kind === 'words') return [messageOf(MARKUP.escape(saying.text))];
  const { response } = saying;
  if (saying.kind === 'sources')
    return packBlocks(renderSources(response, MARKUP), FORM).map((text) => messageOf(text));
  const messages = renderMessages(response, FORM);
  return messages.map((text, index) =>
    index === messages.length - 1 ? { ...messageOf(text), components: [buttonsOf(response)] } : messageOf(text),
  );
}

/** Whatever a quote says, nobody is pinged. */
function messageOf(content: string): JsonObject {
  return { content, flags: SUPPRESS_EMBEDS, allowed_mentions: { parse: [] } };
}

function buttonsOf({ askId, citations, language }: AnswerResponse): JsonObject {
  const words = CHANNEL_WORDS[language];
  const button = (action: string, label: string): JsonObject => ({
    type: 2,
    style: 2,
    label,
    custom_id: `${action}:${askId}`,
  });
  const components = [
    button('up', `👍 ${words.helpful}`),
    button('down', `👎 ${words.notHelpful}`),
    ...(citations.length > 0 ? [button('sources', words.showSources)] : []),
  ];
  return { type: 1, components };
}
