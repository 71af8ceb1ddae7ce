import { z } from 'zod';
import type { Channel, ChannelEvent, JsonObject, Reading } from './channel.ts';
import { createAccessTokens } from './access-token.ts';
import { readJson } from './json-body.ts';
import { renderTeams } from './teams-message.ts';
import { callVendor } from './vendor-api.ts';
import { createTokenVerifier } from './verify-jwt.ts';

export interface TeamsSettings {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** The Bot Framework's OpenID document. */
  readonly openidUrl: string;
  /** Such as `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
}

const ISSUER = 'https://api.botframework.com';
const SCOPE = 'https://api.botframework.com/.default';
const CHANNEL = 'msteams';

const activity = z.looseObject({
  type: z.string(),
  id: z.string().default(''),
  name: z.string().optional(),
  channelId: z.string().default(''),
  serviceUrl: z.string().default(''),
  text: z.string().optional(),
  replyToId: z.string().optional(),
  from: z.looseObject({ id: z.string(), aadObjectId: z.string().optional() }).optional(),
  conversation: z.looseObject({ id: z.string(), conversationType: z.string().optional() }).optional(),
  value: z.unknown().optional(),
});
type Activity = z.infer<typeof activity>;

const submitted = z.looseObject({
  actionName: z.string(),
  actionValue: z.looseObject({ reaction: z.string(), feedback: z.string().optional() }),
});

/** Microsoft Teams over the Bot Framework's protocol. */
export function createTeams({ appId, appPassword, tenantId, openidUrl, loginUrl }: TeamsSettings): Channel {
  const verifier = createTokenVerifier({
    issuers: [ISSUER],
    audience: appId,
    keysUrl: openidUrl,
    endorsement: CHANNEL,
  });
  const form = { grant_type: 'client_credentials', client_id: appId, client_secret: appPassword, scope: SCOPE };
  const accessToken = createAccessTokens({ url: `${loginUrl}/${tenantId}/oauth2/v2.0/token`, form: () => form });
  const call = async (target: JsonObject, body: JsonObject, signal: AbortSignal): Promise<Record<string, unknown>> => {
    const { serviceUrl, conversationId, replyToId } = target as Record<string, string>;
    const url = `${serviceUrl}/v3/conversations/${encodeURIComponent(conversationId ?? '')}/activities/${encodeURIComponent(replyToId ?? '')}`;
    const headers = { Authorization: `Bearer ${await accessToken(signal)}` };
    return callVendor({ url, headers, body, signal });
  };
  return {
    name: 'teams',
    path: '/channels/teams/messages',
    async authenticate(request) {
      const claims = await verifier.verify(request.header('authorization'));
      const claimed = claims?.['serviceurl'] ?? claims?.['serviceUrl'];
      if (typeof claimed !== 'string') return false;
      // An answer only goes where Microsoft signed that the question came from.
      return trimSlash(claimed) === trimSlash(serviceUrlOf(request.body));
    },
    read: (request) => readActivity(readJson(activity, request.body)),
    render: renderTeams,
    async begin(target, signal) {
      await call(target, { type: 'typing' }, signal);
    },
    async send(outgoing, target, { signal }) {
      const { id } = await call(target, outgoing, signal);
      return typeof id === 'string' ? id : undefined;
    },
  };
}

/** The one field that is looked at to see whether the token belongs to this activity. */
function serviceUrlOf(body: Buffer): string {
  try {
    return (JSON.parse(body.toString('utf8')) as { serviceUrl?: string } | null)?.serviceUrl ?? '';
  } catch {
    return '';
  }
}

function trimSlash(url: string): string {
  return url.replace(/\/$/, '');
}

function readActivity(said: Activity): Reading {
  const reply = { status: 200, body: {} };
  if (said.channelId !== CHANNEL || !said.from || !said.conversation) return { events: [], reply };
  if (said.type === 'invoke') return { events: readFeedback(said), reply };
  if (said.type !== 'message') return { events: [], reply };
  const { id, serviceUrl, from, conversation } = said;
  const event = {
    kind: 'question',
    ids: [`${conversation.id} ${id}`],
    thread: [conversation.id, from.aadObjectId ?? from.id].join(' '),
    text: readText(said.text ?? ''),
    target: { serviceUrl: trimSlash(serviceUrl), conversationId: conversation.id, replyToId: id },
  } as const;
  return { events: [event], reply };
}

/** A press of the thumbs below our message. */
function readFeedback({ name, value, replyToId }: Activity): ChannelEvent[] {
  const parsed = name === 'message/submitAction' ? submitted.safeParse(value) : undefined;
  if (!parsed?.success || parsed.data.actionName !== 'feedback' || replyToId === undefined) return [];
  const { reaction, feedback } = parsed.data.actionValue;
  const rating = reaction === 'like' ? 'up' : 'down';
  return [{ kind: 'feedback', about: { sentId: replyToId }, rating, comment: commentOf(feedback) }];
}

function commentOf(feedback: string | undefined): string | undefined {
  try {
    const { feedbackText } = JSON.parse(feedback ?? '{}') as { feedbackText?: unknown };
    return typeof feedbackText === 'string' && feedbackText !== '' ? feedbackText : undefined;
  } catch {
    return undefined;
  }
}

/** What was typed, without the mention of us and the markup that Teams wraps around it. */
function readText(said: string): string {
  return said
    .replaceAll(/<at\b[^>]*>[^<]*<\/at>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
