import { z } from 'zod';
import { detectLanguage } from '../language/detect-language.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import type { Channel, ChannelReply, ChannelRequest, JsonObject, Reading, Saying } from './channel.ts';
import { fitReply } from './fit-reply.ts';
import { isForm, readForm, readJson, textOf } from './json-body.ts';
import { MARKDOWN_MARKUP, type Markup } from './markup.ts';
import { renderMessages } from './render-messages.ts';
import { isSame } from './signatures.ts';
import { callVendor } from './vendor-api.ts';

export interface MattermostSettings {
  /** One of a slash command, one of an outgoing webhook, …: each has its own. */
  readonly tokens: readonly string[];
  /** The address of the Mattermost server; unset: answers are replies only. */
  readonly serverUrl: string | undefined;
}

/** Mattermost waits 30 s for a webhook by default. */
const WAIT_MS = 25_000;

const field = z.string().default('');
const fields = z.looseObject({
  token: field,
  team_id: field,
  channel_id: field,
  user_id: field,
  text: field,
  trigger_word: field,
  /** Of an outgoing webhook. */
  post_id: field,
  /** Of a slash command. */
  command: z.string().optional(),
  trigger_id: field,
  response_url: field,
});
type Fields = z.infer<typeof fields>;

/** Mentions of people are found by their sign; a joiner that nobody sees keeps them from it. */
const pinging = (text: string): string => MARKDOWN_MARKUP.escape(text).replaceAll('@', '@\u2060');
const MARKUP: Markup = {
  ...MARKDOWN_MARKUP,
  escape: pinging,
  link: (label, url) => MARKDOWN_MARKUP.link(label, url).replaceAll('@', '@\u2060'),
  italic: (text) => `_${pinging(text)}_`,
};
const LARGEST = 16_383;
const FORM = { markup: MARKUP, limit: 16_000, measure: (text: string): number => Array.from(text).length };

/** Mattermost: slash commands, answered late where the server's address is set, and outgoing webhooks, answered at once. */
export function createMattermost({ tokens, serverUrl }: MattermostSettings): Channel {
  const origin = serverUrl === undefined ? undefined : new URL(serverUrl).origin;
  return {
    name: 'mattermost',
    path: '/channels/mattermost/webhook',
    authenticate: (request) => isKnown(tokenOf(request), tokens),
    read: (request) => readFields(fieldsOf(request), origin),
    render: renderMattermost,
    async send(outgoing, { response_url: url }, { signal }) {
      if (typeof url !== 'string') return;
      await callVendor({ url, body: { response_type: 'ephemeral', ...outgoing }, signal });
      return undefined;
    },
  };
}

function isKnown(given: string | undefined, tokens: readonly string[]): boolean {
  return tokens.filter((token) => isSame(given, token)).length > 0;
}

/** A slash command carries its token in a header; an outgoing webhook only in the body, so that it must be looked for there. */
function tokenOf(request: ChannelRequest): string | undefined {
  const header = /^Token (.+)$/.exec(request.header('authorization') ?? '')?.[1];
  if (header !== undefined) return header;
  try {
    return fieldsOf(request).token;
  } catch {
    return undefined;
  }
}

function fieldsOf(request: ChannelRequest): Fields {
  return isForm(request) ? fields.parse(readForm(request.body)) : readJson(fields, request.body);
}

function readFields(said: Fields, origin: string | undefined): Reading {
  const isCommand = said.command !== undefined;
  const responseType = isCommand ? 'ephemeral' : 'comment';
  const later = URL.canParse(said.response_url) && new URL(said.response_url).origin === origin;
  const event = {
    kind: 'question',
    ids: [isCommand ? said.trigger_id : said.post_id],
    thread: [said.team_id, said.channel_id, said.user_id].join(' '),
    text: withoutTrigger(said.text, said.trigger_word),
    target: later ? { response_url: said.response_url } : {},
  } as const;
  if (later) return { events: [event], reply: { status: 200, body: { response_type: responseType, text: '…' } } };
  const words = CHANNEL_WORDS[detectLanguage(event.text)];
  const replyWith = (text: string): ChannelReply => ({ status: 200, body: { response_type: responseType, text } });
  const replyOf = (outgoing: readonly JsonObject[]): ChannelReply => {
    const texts = outgoing.map((message) => textOf(message['text']));
    return replyWith(fitReply(texts, fitsOnePost, words.cut).join('\n\n'));
  };
  return { events: [event], reply: replyWith(words.failed), wait: { timeoutMs: WAIT_MS, replyOf } };
}

function fitsOnePost(texts: readonly string[]): boolean {
  return FORM.measure(texts.join('\n\n')) <= LARGEST;
}

function withoutTrigger(text: string, trigger: string): string {
  return (trigger !== '' && text.startsWith(trigger) ? text.slice(trigger.length) : text).trim();
}

function renderMattermost(saying: Saying): readonly JsonObject[] {
  if (saying.kind === 'words') return [{ text: MARKUP.escape(saying.text) }];
  return renderMessages(saying.response, FORM).map((text) => ({ text }));
}
