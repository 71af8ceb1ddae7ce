import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openChannelBench, type ChannelBench } from '../support/channel-bench.ts';
import { makeLongAnswer } from '../support/canned-answers.ts';
import { asking, atChannel, CHAIR } from '../support/channel-bench.ts';
import { recoverCitations } from '../support/channel-driver.ts';
import { GROUPS } from '../support/channels/all-channels.ts';
import type { Exchange } from '../support/exchange.ts';

const TOLERANCE_SECONDS = 300;

/** Lets time pass, which stands still, until something is there. */
async function untilSettled<T>(promise: Promise<T>): Promise<T> {
  const state = { isSettled: false };
  const settled = promise.finally(() => (state.isSettled = true));
  while (!state.isSettled) {
    await vi.advanceTimersByTimeAsync(10_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return settled;
}

describe.each(GROUPS.map((drivers) => ({ drivers, names: drivers.map(({ name }) => name).join(', ') })))(
  'with $names on',
  ({ drivers }) => {
    let bench: ChannelBench;
    beforeAll(async () => {
      bench = await openChannelBench(drivers);
    });
    afterAll(() => bench.close());
    beforeEach(() => bench.reset());

    describe.each(drivers)('$name', (driver) => {
      const at = atChannel(driver, () => bench);

      async function answersReplayOnce(): Promise<void> {
        const question = await driver.ask(asking(CHAIR));
        const before = bench.lab.answered();
        await at.deliver(question);
        await at.finish();
        await bench.lab.restart();
        expect((await bench.lab.send(question)).status).toBe(200);
        await at.receive(asking(CHAIR));
        expect(bench.lab.answered()).toBe(before + 2);
        expect(at.sent()).toHaveLength(driver.repliesOf ? 0 : 2);
      }

      type RepliesOf = NonNullable<typeof driver.repliesOf>;
      const isAnswer = (messages: readonly object[]): boolean =>
        recoverCitations(messages.map((message) => driver.read(message))).length > 0;

      async function replyWaits(repliesOf: RepliesOf): Promise<void> {
        const release = bench.lab.hold();
        const question = await driver.ask(asking(CHAIR));
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        try {
          const late = await untilSettled(bench.lab.send(question));
          expect(isAnswer(late.status < 300 ? repliesOf(late) : [])).toBe(false);
          expect(late.text).toMatch(/not ready|Please ask again/);
        } finally {
          vi.useRealTimers();
        }
        const inTime = bench.lab.send(await driver.ask(asking(CHAIR)));
        release();
        expect(isAnswer(repliesOf(await inTime))).toBe(true);
        expect(isAnswer(repliesOf(await bench.lab.send(question)))).toBe(true);
      }

      async function keepsWhatNobodyTook(repliesOf: RepliesOf): Promise<void> {
        const before = bench.lab.answered();
        const release = bench.lab.hold();
        const question = await driver.ask(asking(CHAIR));
        await bench.lab.abandon(question);
        release();
        expect(isAnswer(repliesOf(await bench.lab.send(question)))).toBe(true);
        expect(bench.lab.answered()).toBe(before + 1);
      }

      async function answersWhoAsksAgain(repliesOf: RepliesOf): Promise<void> {
        const before = bench.lab.answered();
        const question = await driver.ask(asking(CHAIR));
        await bench.lab.abandon(question);
        await bench.lab.restart();
        expect(isAnswer(repliesOf(await bench.lab.send(question)))).toBe(true);
        expect(bench.lab.answered()).toBe(before + 1);
      }

      test('signature: refuses what the tool did not sign, before it is read', async () => {
        const genuine = await driver.ask(asking(CHAIR));
        const forged = driver.forge?.(genuine) ?? { ...genuine, body: `${String(genuine.body)} ` };
        const { headers = {}, ...rest } = genuine;
        const bare = { 'content-type': headers['content-type'] ?? '' };
        const before = bench.lab.answered();
        const refused = [
          forged,
          { ...rest, headers: bare, body: '{"not": json' },
          { ...rest, headers: bare, body: '{}' },
        ];
        for (const outgoing of refused) expect((await bench.lab.send(outgoing)).status).toBe(401);
        expect(bench.lab.answered()).toBe(before);
        expect(await at.deliver(genuine)).toHaveLength(1);
      });

      test('replay: refuses what was signed more than five minutes ago, or from now', async () => {
        if (driver.otherwise.replay !== undefined) return answersReplayOnce();
        const now = Math.floor(Date.now() / 1000);
        const before = bench.lab.answered();
        // Tokens say how long they hold: an hour.
        const token = driver.name.startsWith('teams') || driver.name.startsWith('google');
        const late = now - TOLERANCE_SECONDS - 10 - (token ? 3_600 : 0);
        const early = token ? late : now + TOLERANCE_SECONDS + 10;
        for (const time of [late, early])
          expect((await bench.lab.send(await driver.ask(asking(CHAIR, { at: time })))).status).toBe(401);
        expect(bench.lab.answered()).toBe(before);
      });

      test('duplicate: answers an event once, however often it comes', async () => {
        const question = asking(CHAIR);
        const before = bench.lab.answered();
        const replies = await Promise.all([1, 2, 3].map(async () => bench.lab.send(await driver.ask(question))));
        const shown = replies.map((reply: Exchange) => JSON.stringify(driver.repliesOf?.(reply)));
        expect(new Set(shown).size).toBe(1);
        if (!driver.repliesOf) await bench.vendor.until(() => at.sent().length > 0);
        const again = await bench.lab.send(await driver.ask(question));
        expect(again.status).toBeLessThan(300);
        // Another question after it: when that is answered, a second answer to the first would have come.
        await at.receive(asking(CHAIR));
        expect(bench.lab.answered()).toBe(before + 2);
        expect(at.sent()).toHaveLength(driver.repliesOf ? 0 : 2);
      });

      test('slow answer: acknowledges while the answer is still being made', async () => {
        if (driver.repliesOf) return replyWaits(driver.repliesOf);
        const release = bench.lab.hold();
        const reply = await bench.lab.send(await driver.ask(asking(CHAIR)));
        expect(reply.status).toBeLessThan(300);
        expect(at.sent()).toEqual([]);
        release();
        await bench.vendor.until(() => at.sent().length > 0);
        expect(recoverCitations(at.sent().map((message) => driver.read(message))).length).toBeGreaterThan(0);
      });

      test('vendor outage: tries again with limits, and keeps no other channel waiting', async () => {
        if (driver.repliesOf) return keepsWhatNobodyTook(driver.repliesOf);
        let failures = 3;
        bench.vendor.script = (call) =>
          driver.messagesOf(call).length > 0 && failures-- > 0
            ? { status: 503, headers: { 'Retry-After': '0' } }
            : undefined;
        await bench.lab.send(await driver.ask(asking(CHAIR)));
        await bench.vendor.until(() => at.sent().length === 4);
        // Down for good: it gives up in the end. Meanwhile another is answered.
        const other = drivers.find((one) => one !== driver && one.repliesOf === undefined) ?? driver;
        bench.vendor.script = (call) => (driver.messagesOf(call).length > 0 ? { status: 500 } : undefined);
        await bench.lab.send(await driver.ask(asking(CHAIR)));
        await bench.lab.send(await other.ask(asking(CHAIR)));
        await bench.vendor.until((calls) => calls.some((call) => other.messagesOf(call).length > 0));
        await bench.vendor.until(() => at.sent().length === 4 + 5);
        bench.vendor.script = () => undefined;
        // Given up is given up: the next answer is the next message.
        await bench.lab.send(await driver.ask(asking(CHAIR)));
        await bench.vendor.until(() => at.sent().length > 4 + 5);
        expect(at.sent()).toHaveLength(4 + 5 + 1);
      });

      test('restart in mid-answer: neither loses nor repeats an answer when the process is stopped', async () => {
        bench.lab.hold();
        if (driver.repliesOf) return answersWhoAsksAgain(driver.repliesOf);
        await bench.lab.send(await driver.ask(asking(CHAIR)));
        await bench.lab.restart();
        await bench.vendor.until(() => at.sent().length === 1);
        if (driver.otherwise['long answer'] !== undefined) return;
        // Stopped between two messages of one answer: what was sent is not sent again.
        bench.vendor.calls.length = 0;
        bench.lab.answerWith(makeLongAnswer(await bench.lab.ask(CHAIR)));
        const hanging = new Promise<undefined>(() => {});
        bench.vendor.script = (call) =>
          driver.messagesOf(call).length > 0 && at.sent().length === 2 ? hanging : undefined;
        await bench.lab.send(await driver.ask(asking(CHAIR)));
        await bench.vendor.until(() => at.sent().length === 2);
        const first = at.sent()[0];
        bench.vendor.calls.length = 0;
        bench.vendor.script = () => undefined;
        await bench.lab.restart();
        await bench.vendor.until(() => at.sent().some((message) => driver.read(message).includes('Sentence 80 ')));
        expect(at.sent().map((message) => JSON.stringify(message))).not.toContain(JSON.stringify(first));
      });
    });
  },
);
