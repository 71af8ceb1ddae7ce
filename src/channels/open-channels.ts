import { answerQuestion, type AnsweringDependencies } from '../answer-question.ts';
import type { Config } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import { checkQuestion } from '../requests.ts';
import type { Channel } from './channel.ts';
import { createDesk, type Desk } from './desk.ts';
import { createDiscord } from './discord.ts';
import { createGoogleChat, type GoogleChatSettings } from './google-chat.ts';
import type { DeskDependencies } from './make-outgoing.ts';
import { createMattermost } from './mattermost.ts';
import { createSlack } from './slack.ts';
import { createTeams } from './teams.ts';
import { createTelegram } from './telegram.ts';
import { createWebhook } from './webhook.ts';
import { RETRY_DELAYS_MS } from './workers.ts';

/** The desk with the channels whose secrets are set. The only place that names their implementations. */
export function openChannels(
  config: Config,
  deps: AnsweringDependencies,
  options: Partial<Pick<DeskDependencies, 'answer' | 'retryDelaysMs' | 'showEveryMs'>> = {},
): Desk {
  const { assistant, log } = deps;
  return createDesk(listChannels(config), {
    store: assistant.channelStore,
    log,
    answer: ({ text, language, conversationId, ...asked }) =>
      answerQuestion(checkQuestion({ question: text, language, conversationId }), { deps, ...asked }),
    rate: (rating) => assistant.feedback.rate(rating),
    isHeld: async (documentId) => (await assistant.findDocument(documentId)) !== undefined,
    retryDelaysMs: RETRY_DELAYS_MS,
    showEveryMs: SHOW_EVERY_MS,
    ...options,
  });
}

/** Slack lets a workspace's messages be changed some fifty times a minute, and a person reads no faster. */
const SHOW_EVERY_MS = 1_500;

/** Which settings switch a channel on, all of them together. */
const SECRETS: Readonly<Record<string, readonly (keyof Config)[]>> = {
  Slack: ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN'],
  Discord: ['DISCORD_PUBLIC_KEY', 'DISCORD_APPLICATION_ID'],
  Telegram: ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET'],
  'Microsoft Teams': ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'],
};

/** What start-up says of the channels: one sentence each for those that are half set up. */
export function describeHalfSet(config: Config): string[] {
  return Object.entries(SECRETS).flatMap(([name, keys]) => {
    const missing = keys.filter((key) => config[key] === undefined);
    return missing.length === 0 || missing.length === keys.length
      ? []
      : [`${name} is off: ${missing.join(' and ')} not set.`];
  });
}

function listChannels(config: Config): Channel[] {
  return [...listSigned(config), ...listTokened(config)];
}

function listSigned(config: Config): Channel[] {
  const channels: Channel[] = [];
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: slackToken } = config;
  if (signingSecret !== undefined && slackToken !== undefined)
    channels.push(createSlack({ signingSecret, botToken: slackToken, apiUrl: trim(config.SLACK_API_URL) }));
  const { DISCORD_PUBLIC_KEY: publicKeyHex, DISCORD_APPLICATION_ID: applicationId } = config;
  if (publicKeyHex !== undefined && applicationId !== undefined)
    channels.push(createDiscord({ publicKeyHex, applicationId, apiUrl: trim(config.DISCORD_API_URL) }));
  const { WEBHOOK_SECRET: secret, WEBHOOK_CALLBACK_URL: callbackUrl } = config;
  if (secret !== undefined) channels.push(createWebhook({ secret, callbackUrl }));
  return channels;
}

function listTokened(config: Config): Channel[] {
  const channels: Channel[] = [];
  const { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_WEBHOOK_SECRET: webhookSecret } = config;
  if (botToken !== undefined && webhookSecret !== undefined)
    channels.push(createTelegram({ botToken, webhookSecret, apiUrl: trim(config.TELEGRAM_API_URL) }));
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId } = config;
  const { TEAMS_OPENID_URL: openidUrl, TEAMS_LOGIN_URL: loginUrl } = config;
  if (appId !== undefined && appPassword !== undefined && tenantId !== undefined)
    channels.push(createTeams({ appId, appPassword, tenantId, openidUrl, loginUrl: trim(loginUrl) }));
  const { MATTERMOST_TOKEN: tokens, MATTERMOST_API_URL: serverUrl } = config;
  if (tokens !== undefined) channels.push(createMattermost({ tokens, serverUrl }));
  const { GOOGLE_CHAT_AUDIENCE: audience, GOOGLE_CHAT_API_URL: apiUrl, GOOGLE_CHAT_CERTS_URL: certsUrl } = config;
  if (audience !== undefined)
    channels.push(
      createGoogleChat({ audience, account: readAccount(config), apiUrl: trim(apiUrl), certsUrl: trim(certsUrl) }),
    );
  return channels;
}

/** @throws ConfigurationError when it is no key file of a service account. */
function readAccount({ GOOGLE_CHAT_CREDENTIALS: json }: Config): GoogleChatSettings['account'] {
  if (json === undefined) return undefined;
  try {
    const {
      client_email: email,
      private_key: privateKey,
      token_uri: tokenUri,
    } = JSON.parse(json) as Record<string, unknown>;
    if (typeof email === 'string' && typeof privateKey === 'string' && typeof tokenUri === 'string')
      return { email, privateKey, tokenUri };
  } catch {
    // Told below; what was set is not repeated.
  }
  throw new ConfigurationError('GOOGLE_CHAT_CREDENTIALS is not the JSON of a service account’s key.');
}

function trim(url: string): string {
  return url.replace(/\/$/, '');
}
