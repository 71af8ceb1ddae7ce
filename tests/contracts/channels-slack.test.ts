import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSlack } from '../../src/channels/slack.ts';
import { asking, atChannel, CHAIR, openChannelBench, type ChannelBench } from '../support/channel-bench.ts';
import { GROUPS } from '../support/channels/all-channels.ts';
import { signSlack, slack } from '../support/channels/slack.ts';
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
const form = (path: string, fields: Record<string, string>): Outgoing => ({
  path,
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

describe('Slack', () => {
  const at = atChannel(slack, () => bench);
  const EVENTS = '/channels/slack/events';
  const event = (said: object, id = `Ev-${Math.random()}`): Outgoing =>
    signSlack(
      json(EVENTS, {
        type: 'event_callback',
        team_id: 'T1',
        event_id: id,
        authorizations: [{ user_id: 'UBOT' }],
        event: said,
      }),
      now(),
    );
  const direct = (more: object): object => ({
    type: 'message',
    channel_type: 'im',
    channel: 'D1',
    user: 'U1',
    ts: `${Math.random()}`,
    text: CHAIR,
    ...more,
  });

  test('takes the signature of Slack’s published example', async () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const headers: Record<string, string> = {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    const channel = createSlack({
      signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
      botToken: '',
      apiUrl: 'https://slack.com/api',
    });
    const request = {
      header: (name: string) => headers[name],
      body: Buffer.from(body),
      receivedAtMs: 1_531_420_618_000,
    };
    expect(await channel.authenticate(request)).toBe(true);
    expect(await channel.authenticate({ ...request, body: Buffer.from(`${body}&`) })).toBe(false);
  });

  test('confirms its address', async () => {
    const reply = await bench.lab.send(signSlack(json(EVENTS, { type: 'url_verification', challenge: 'abc' }), now()));
    expect(reply).toMatchObject({ status: 200 });
    expect(reply.json()).toEqual({ challenge: 'abc' });
  });

  test.each([
    ['its own message', { user: 'UBOT' }],
    ['another bot’s message', { bot_id: 'B1' }],
    ['an edited message', { subtype: 'message_changed' }],
    ['a channel’s message that mentions nobody', { channel_type: 'channel' }],
  ])('leaves %s alone', async (_case, more) => {
    const before = bench.lab.answered();
    expect((await bench.lab.send(event(direct(more)))).status).toBe(200);
    await at.receive(asking(CHAIR));
    expect(bench.lab.answered()).toBe(before + 1);
  });

  test('answers a mention once, though it comes as a message and as a mention', async () => {
    const before = bench.lab.answered();
    const ts = '17.1';
    await at.deliver(event(direct({ ts, text: `<@UBOT> ${CHAIR}` })));
    await bench.lab.send(event({ ...direct({ ts }), type: 'app_mention' }));
    await at.receive(asking(CHAIR));
    expect(bench.lab.answered()).toBe(before + 2);
  });

  test('answers in the thread, and in a direct chat where it was asked', async () => {
    const [mention] = await at.deliver(
      event({ ...direct({ ts: '18.1', channel: 'C9' }), type: 'app_mention', channel_type: 'channel' }),
    );
    expect(mention).toMatchObject({ channel: 'C9', thread_ts: '18.1' });
    const [chat] = await at.deliver(event(direct({ ts: '19.1' })));
    expect(chat).toMatchObject({ channel: 'D1' });
    expect(chat).not.toHaveProperty('thread_ts');
  });

  test('greets who opens the assistant’s pane', async () => {
    const opened = {
      type: 'assistant_thread_started',
      assistant_thread: { user_id: 'U1', channel_id: 'D1', thread_ts: '20.1' },
    };
    const [greeting = {}] = await at.deliver(event(opened));
    expect(greeting).toMatchObject({ channel: 'D1', thread_ts: '20.1' });
    expect(slack.read(greeting)).toMatch(/Ask me/);
  });

  const command = (responseUrl: string): Outgoing =>
    signSlack(
      form(EVENTS, {
        command: '/concordat',
        text: CHAIR,
        team_id: 'T1',
        channel_id: 'C1',
        user_id: 'U1',
        trigger_id: `trigger ${Math.random()}`,
        response_url: responseUrl,
      }),
      now(),
    );

  test('answers a slash command where Slack says, to the one who gave it', async () => {
    const [message = {}] = await at.deliver(command(`${bench.vendor.url}/slack/response`));
    expect(message).toMatchObject({ response_type: 'ephemeral' });
    expect(slack.read(message)).toContain('Prime Minister');
  });

  test('sends no answer to an address that is not Slack’s', async () => {
    const before = bench.lab.answered();
    expect((await bench.lab.send(command('http://169.254.169.254/latest'))).status).toBe(200);
    await at.receive(asking(CHAIR));
    expect(bench.lab.answered()).toBe(before + 1);
  });

  test('has buttons that keep what a reader thinks, and show what the sources rest on', async () => {
    const [answer] = await at.receive(asking(CHAIR));
    const { blocks } = answer as { blocks: { type: string; elements: { action_id: string; value: string }[] }[] };
    const buttons = blocks.find(({ type }) => type === 'actions')?.elements ?? [];
    const press = (index: number): Promise<readonly object[]> => {
      const { action_id: id, value } = buttons[index] ?? {};
      const payload = {
        type: 'block_actions',
        response_url: `${bench.vendor.url}/slack/response`,
        actions: [{ action_id: id, value, action_ts: `${Math.random()}` }],
      };
      return at.deliver(signSlack(form(EVENTS, { payload: JSON.stringify(payload) }), now()));
    };
    expect(buttons.map(({ action_id: id }) => id)).toEqual(['feedback_up', 'feedback_down', 'show_sources']);
    const [thanks = {}] = await press(1);
    expect(slack.read(thanks)).toMatch(/Thank you/);
    expect(await bench.lab.assistant.feedback.listRatings(1)).toMatchObject([
      { askId: buttons[1]?.value, rating: 'down' },
    ]);
    const [sources = {}] = await press(2);
    expect(slack.read(sources)).toMatch(/Sources:.*rests on:.*⟦https/s);
  });

  test('waits as long as Slack asks, and does not repeat what Slack refuses', async () => {
    let calls = 0;
    bench.vendor.script = ({ path }) => {
      if (!path.endsWith('postMessage')) return undefined;
      calls++;
      return calls === 1
        ? { status: 429, headers: { 'Retry-After': '1' } }
        : { body: { ok: false, error: 'channel_not_found' } };
    };
    const began = performance.now();
    await bench.lab.send(await slack.ask(asking(CHAIR)));
    await bench.vendor.until(() => at.sent().length === 2);
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    bench.vendor.script = () => undefined;
    await at.receive(asking(CHAIR));
    expect(at.sent()).toHaveLength(3);
  });

  test('answers two hundred mentions at once, each once, and acknowledges each before', async () => {
    const questions = Array.from({ length: 200 }, () => asking(CHAIR, { user: `U${Math.random()}` }));
    const before = bench.lab.answered();
    const waitsMs = await Promise.all(
      questions.map(async (question) => {
        const request = await slack.ask(question);
        const began = performance.now();
        expect((await bench.lab.send(request)).status).toBe(200);
        return performance.now() - began;
      }),
    );
    await bench.vendor.until(() => at.sent().length >= 200);
    await at.receive(asking(CHAIR));
    expect(at.sent()).toHaveLength(201);
    expect(bench.lab.answered()).toBe(before + 201);
    const threads = at.sent().map((message) => (message as { thread_ts: string }).thread_ts);
    expect(new Set(threads).size).toBe(201);
    process.stdout.write(`200 mentions at once: slowest acknowledgement ${Math.round(Math.max(...waitsMs))} ms\n`);
  }, 120_000);
});
