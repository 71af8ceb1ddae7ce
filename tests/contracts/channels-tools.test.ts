import { Activity } from '@microsoft/agents-activity';
import { verifyKey } from 'discord-interactions';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createGoogleChat } from '../../src/channels/google-chat.ts';
import { asking, atChannel, CHAIR, openChannelBench, type ChannelBench } from '../support/channel-bench.ts';
import { GROUPS } from '../support/channels/all-channels.ts';
import { discord, signDiscord } from '../support/channels/discord.ts';
import { googleChat } from '../support/channels/google-chat.ts';
import { rsaKeys } from '../support/channels/requests.ts';
import { signTeams, teams } from '../support/channels/teams.ts';
import { telegram } from '../support/channels/telegram.ts';
import type { Outgoing } from '../support/exchange.ts';

const now = (): number => Math.floor(Date.now() / 1000);

let bench: ChannelBench;
beforeAll(async () => {
  bench = await openChannelBench(GROUPS[0] ?? []);
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const json = (path: string, body: object, headers: Record<string, string> = {}): Outgoing => ({
  path,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});
describe('Discord', () => {
  const INTERACTIONS = '/channels/discord/interactions';

  test('is pinged, and its own library takes the signatures that we take', async () => {
    const ping = signDiscord(json(INTERACTIONS, { type: 1, id: '1', token: 't' }), now());
    const { headers = {} } = ping;
    const key = discord.settings('')['DISCORD_PUBLIC_KEY'] ?? '';
    const [signature = '', timestamp = ''] = [headers['x-signature-ed25519'], headers['x-signature-timestamp']];
    expect(await verifyKey(String(ping.body), signature, timestamp, key)).toBe(true);
    expect((await bench.lab.send(ping)).json()).toEqual({ type: 1 });
  });

  test('defers, then edits the deferred reply', async () => {
    const reply = await bench.lab.send(await discord.ask(asking(CHAIR, { event: 'd1' })));
    expect(reply.json()).toEqual({ type: 5 });
    await bench.vendor.until((calls) => calls.some(({ path }) => path.startsWith('/discord')));
    expect(bench.vendor.calls.find(({ path }) => path.startsWith('/discord'))).toMatchObject({
      method: 'PATCH',
      path: '/discord/webhooks/A1/token-d1/messages/@original',
    });
  });

  test('thanks for a press of a button to the one who pressed it, in their language', async () => {
    const [answer] = await atChannel(discord, () => bench).receive(asking(CHAIR));
    const { components } = answer as { components: { components: { custom_id: string }[] }[] };
    const customId = components[0]?.components[0]?.custom_id ?? '';
    const press = { type: 3, id: 'p1', token: 't', locale: 'ja', data: { custom_id: customId }, user: { id: 'U1' } };
    const reply = await bench.lab.send(signDiscord(json(INTERACTIONS, press), now()));
    expect(reply.json()).toMatchObject({ type: 4, data: { flags: 64, content: 'ご意見ありがとうございます。' } });
    expect(await bench.lab.assistant.feedback.listRatings(1)).toMatchObject([
      { askId: customId.slice(3), rating: 'up' },
    ]);
  });
});

describe('Telegram', () => {
  const at = atChannel(telegram, () => bench);
  const update = (message: object): Outgoing =>
    json(
      '/channels/telegram/webhook',
      {
        update_id: Math.floor(Math.random() * 1e9),
        message: {
          message_id: Math.floor(Math.random() * 1e9),
          chat: { id: -5, type: 'group' },
          from: { id: 1, language_code: 'ta' },
          ...message,
        },
      },
      { 'x-telegram-bot-api-secret-token': 'telegram-secret' },
    );

  test.each([
    ['by a command', { text: `/ask@OurBot ${CHAIR}` }],
    ['by its name', { text: `@our_bot ${CHAIR}` }],
    ['by a reply', { text: CHAIR, reply_to_message: { from: { id: 42 } } }],
  ])('answers in a group when it is called %s, as a reply', async (_case, message) => {
    const [answer = {}] = await at.deliver(update(message));
    expect(answer).toMatchObject({ chat_id: -5, reply_parameters: { allow_sending_without_reply: true } });
    expect(telegram.read(answer)).toContain('Prime Minister');
  });

  test('leaves a group’s own talk alone, and bots', async () => {
    const before = bench.lab.answered();
    await bench.lab.send(update({ text: CHAIR }));
    await bench.lab.send(update({ text: `/ask ${CHAIR}`, from: { id: 2, is_bot: true } }));
    await at.receive(asking(CHAIR));
    expect(bench.lab.answered()).toBe(before + 1);
  });

  test('says how to ask, in the language of who calls it', async () => {
    const [help = {}] = await at.deliver(update({ text: '/start', chat: { id: 6, type: 'private' } }));
    expect(telegram.read(help)).toMatch(/தொகுப்பின்/);
  });

  test('tells who asks too long a question', async () => {
    const [words = {}] = await at.deliver(update({ text: 'x'.repeat(2001), chat: { id: 6, type: 'private' } }));
    expect(telegram.read(words)).toMatch(/2,000/);
  });

  test('takes a press of a button, and confirms it', async () => {
    const [answer] = await at.receive(asking(CHAIR));
    const { reply_markup: markup } = answer as { reply_markup: { inline_keyboard: { callback_data: string }[][] } };
    const data = markup.inline_keyboard[0]?.[1]?.callback_data ?? '';
    expect(data.length).toBeLessThanOrEqual(64);
    const press = { update_id: 1, callback_query: { id: 'q1', from: { id: 1 }, data } };
    await bench.lab.send(
      json('/channels/telegram/webhook', press, { 'x-telegram-bot-api-secret-token': 'telegram-secret' }),
    );
    await bench.vendor.until((calls) => calls.some(({ path }) => path.endsWith('/answerCallbackQuery')));
    expect(await bench.lab.assistant.feedback.listRatings(1)).toMatchObject([{ askId: data.slice(5), rating: 'down' }]);
  });
});

describe('Teams', () => {
  const at = atChannel(teams, () => bench);

  test.each([
    ['another issuer’s token', { issuer: 'https://evil.example' }],
    ['a token for another service address', { serviceurl: 'https://evil.example/' }],
    ['a token that ended', { at: 1_600_000_000 }],
  ])(
    'refuses %s',
    async (_case, { issuer, serviceurl, at: signedAt }: { issuer?: string; serviceurl?: string; at?: number }) => {
      const genuine = await teams.ask(asking(CHAIR));
      const claims = { serviceurl: serviceurl ?? `${bench.vendor.url}/teams/` };
      const token = await signTeams(claims, signedAt ?? now(), issuer);
      const headers = { ...genuine.headers, authorization: `Bearer ${token}` };
      expect((await bench.lab.send({ ...genuine, headers })).status).toBe(401);
    },
  );

  test('sends activities that Microsoft’s own schema takes, with claims for the markers', async () => {
    const [message = {}] = await at.receive(asking(CHAIR));
    const activity = Activity.fromObject(message);
    expect(activity.text).toContain('[1]');
    const { citations } = await bench.expect(CHAIR);
    const { entities } = message as {
      entities: { additionalType: string[]; citation: { position: number; appearance: { url: string } }[] }[];
    };
    expect(entities).toHaveLength(1);
    expect(entities[0]?.additionalType).toEqual(['AIGeneratedContent']);
    expect(entities[0]?.citation.map(({ position, appearance: { url } }) => [position, url])).toEqual(
      citations.map(({ marker, uri }) => [marker, uri]),
    );
  });

  test('keeps what a reader says with the thumbs below the message', async () => {
    await at.receive(asking(CHAIR));
    const call = bench.vendor.calls.find((one) => teams.messagesOf(one).length > 0);
    const invoke = {
      type: 'invoke',
      name: 'message/submitAction',
      channelId: 'msteams',
      serviceUrl: `${bench.vendor.url}/teams/`,
      from: { id: 'U1' },
      conversation: { id: 'conversation' },
      replyToId: call?.reply['id'],
      value: { actionName: 'feedback', actionValue: { reaction: 'like', feedback: '{"feedbackText":"good"}' } },
    };
    const token = await signTeams({ serviceurl: `${bench.vendor.url}/teams/` }, now());
    const authorization = `Bearer ${token}`;
    await vi.waitFor(async () => {
      expect((await bench.lab.send(json('/channels/teams/messages', invoke, { authorization }))).status).toBe(200);
      expect(await bench.lab.assistant.feedback.listRatings(1)).toMatchObject([{ rating: 'up', comment: 'good' }]);
    });
  });
});

describe('Google Chat', () => {
  test('takes the other kind of token too, of an app whose audience is its address', async () => {
    const audience = 'https://concordat.test/channels/google-chat/events';
    const certsUrl = `${bench.vendor.url}/google`;
    const channel = createGoogleChat({ audience, apiUrl: '', certsUrl });
    const authenticate = async (claims: object, key = rsaKeys.privateKey): Promise<boolean> => {
      const token = await new SignJWT({ email: 'chat@system.gserviceaccount.com', email_verified: true, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
        .setIssuer('https://accounts.google.com')
        .setAudience(audience)
        .setExpirationTime('1h')
        .sign(key);
      return channel.authenticate({
        header: () => `Bearer ${token}`,
        body: Buffer.from('{}'),
        receivedAtMs: Date.now(),
      });
    };
    expect(await authenticate({})).toBe(true);
    expect(await authenticate({ email: 'someone@evil.example' })).toBe(false);
    expect(await authenticate({ email_verified: false })).toBe(false);
    const { privateKey } = await generateKeyPair('RS256');
    expect(await authenticate({}, privateKey as never)).toBe(false);
  });

  test('sends each message under an id of its own, so that Google takes it once', async () => {
    await atChannel(googleChat, () => bench).receive(asking(CHAIR));
    const call = bench.vendor.calls.find(({ path }) => path.startsWith('/google/v1/'));
    expect(new URL(call?.path ?? '', 'http://x').searchParams.get('requestId')).toMatch(/^google-chat-/);
  });
});
