import { z } from 'zod';
import type { ChannelEvent, ChannelRequest, Reading } from './channel.ts';
import { isForm, readForm, readJson } from './json-body.ts';

const text = z.string().default('');
const happened = z.looseObject({
  type: text,
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  user: text,
  text,
  channel: text,
  channel_type: text,
  ts: text,
  thread_ts: z.string().optional(),
  assistant_thread: z.looseObject({ user_id: text, channel_id: text, thread_ts: text }).optional(),
});
type Happened = z.infer<typeof happened>;
const envelope = z.looseObject({
  type: text,
  challenge: text,
  team_id: text,
  event_id: text,
  event: happened.optional(),
  authorizations: z.array(z.looseObject({ user_id: text })).default([]),
});
type Envelope = z.infer<typeof envelope>;
const interaction = z.looseObject({
  response_url: text,
  actions: z.array(z.looseObject({ action_id: text, value: text, action_ts: text })).default([]),
});

const DONE = { status: 200, body: '' };
/** Where Slack's own servers take late replies. */
const RESPONSES = 'https://hooks.slack.com';

/** What Slack sends: events as JSON, slash commands and presses of buttons as forms. */
export function readSlack(request: ChannelRequest, apiOrigin: string): Reading {
  if (!isForm(request)) return readEnvelope(readJson(envelope, request.body));
  const form = readForm(request.body);
  const isOurs: IsOurs = (url) => URL.canParse(url) && [RESPONSES, apiOrigin].includes(new URL(url).origin);
  if (form['payload'] !== undefined) return readInteraction(readJson(interaction, form['payload']), isOurs);
  return readCommand(form, isOurs);
}

/** Whether an address is Slack's, where answers may go. */
type IsOurs = (url: string) => boolean;

function readEnvelope(body: Envelope): Reading {
  if (body.type === 'url_verification')
    return { events: [], reply: { status: 200, body: { challenge: body.challenge } } };
  const question = body.event && readEvent(body, body.event);
  return { events: question ? [question] : [], reply: DONE };
}

function readEvent(
  { team_id: team, event_id: eventId, authorizations }: Envelope,
  said: Happened,
): ChannelEvent | undefined {
  const { channel, user, ts } = said;
  if (said.type === 'assistant_thread_started') return readOpening(eventId, said);
  const own = authorizations.some(({ user_id: id }) => id === user);
  if (own || !isForUs(said)) return undefined;
  const thread = said.thread_ts ?? (isDirect(said) ? undefined : ts);
  return {
    kind: 'question',
    // A message that mentions us may come as two events: the message itself is the same.
    ids: [eventId, `${channel} ${ts}`],
    thread: [team, channel, thread ?? '', user].join(' '),
    text: readText(said.text),
    target: { channel, ...(thread !== undefined && { thread_ts: thread }) },
  };
}

/** Someone opens the assistant's pane: they are greeted. */
function readOpening(eventId: string, { assistant_thread: started }: Happened): ChannelEvent | undefined {
  if (!started) return undefined;
  const target = { channel: started.channel_id, thread_ts: started.thread_ts };
  return { kind: 'question', ids: [eventId], thread: eventId, text: '', target };
}

/** A mention, or a message to us alone; never another bot's, or a message about a message. */
function isForUs(said: Happened): boolean {
  const spoken = said.bot_id === undefined && (said.subtype === undefined || said.subtype === 'file_share');
  return spoken && said.user !== '' && (said.type === 'app_mention' || isDirect(said));
}

function isDirect({ type, channel_type: kind }: Happened): boolean {
  return type === 'message' && kind === 'im';
}

/** Slack's text as it was typed: mentions of people are out, links and channels are words. */
function readText(said: string): string {
  return said
    .replaceAll(/<@[^>]*>/g, ' ')
    .replaceAll(/<[#!]?[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<([^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

function readCommand(form: Record<string, string>, isOurs: IsOurs): Reading {
  const { team_id: team, channel_id: channel, user_id: user, response_url: responseUrl = '' } = form;
  if (!isOurs(responseUrl)) return { events: [], reply: DONE };
  const event = {
    kind: 'question',
    ids: [form['trigger_id'] ?? ''],
    thread: [team, channel, 'command', user].join(' '),
    text: (form['text'] ?? '').trim(),
    target: { response_url: responseUrl },
  } as const;
  return { events: [event], reply: DONE };
}

function readInteraction({ response_url: responseUrl, actions }: z.infer<typeof interaction>, isOurs: IsOurs): Reading {
  const [action] = actions;
  if (!action || !isOurs(responseUrl)) return { events: [], reply: DONE };
  const { action_id: name, value: askId, action_ts: at } = action;
  const ids: [string] = [`${name} ${at} ${askId}`];
  const target = { response_url: responseUrl };
  if (name === 'show_sources') return { events: [{ kind: 'sources', ids, askId, target }], reply: DONE };
  const rating = name === 'feedback_up' ? 'up' : 'down';
  return { events: [{ kind: 'feedback', about: { askId }, rating, thank: { ids, target } }], reply: DONE };
}
