import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openChannelBench, type ChannelBench } from '../support/channel-bench.ts';
import { makeLongAnswer } from '../support/canned-answers.ts';
import { asking, atChannel, CHAIR } from '../support/channel-bench.ts';
import { recoverCitations } from '../support/channel-driver.ts';
import { GROUPS } from '../support/channels/all-channels.ts';
import type { Exchange } from '../support/exchange.ts';

const TOLERANCE_SECONDS = 300;

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

      test('refuses what the tool did not sign, before it is read', async ({ skip }) => {
        at.skipCell(skip, 'signature');
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

      test('refuses what was signed more than five minutes ago, or from now', async ({ skip }) => {
        at.skipCell(skip, 'replay');
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

      test('answers an event once, however often it comes', async ({ skip }) => {
        at.skipCell(skip, 'duplicate');
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

      test('acknowledges while the answer is still being made', async ({ skip }) => {
        at.skipCell(skip, 'slow answer');
        const release = bench.lab.hold();
        const reply = await bench.lab.send(await driver.ask(asking(CHAIR)));
        expect(reply.status).toBeLessThan(300);
        expect(at.sent()).toEqual([]);
        release();
        await bench.vendor.until(() => at.sent().length > 0);
        expect(recoverCitations(at.sent().map((message) => driver.read(message))).length).toBeGreaterThan(0);
      });

      test('tries again with limits, and keeps no other channel waiting', async ({ skip }) => {
        at.skipCell(skip, 'vendor outage');
        let failures = 3;
        bench.vendor.script = (call) =>
          driver.messagesOf(call).length > 0 && failures-- > 0
            ? { status: 503, headers: { 'Retry-After': '0' } }
            : undefined;
        await bench.lab.send(await driver.ask(asking(CHAIR)));
        await bench.vendor.until(() => at.sent().length === 4);
        // Down for good: it gives up in the end. Meanwhile another is answered.
        const other = drivers.find((one) => one !== driver && one.skips['vendor outage'] === undefined) ?? driver;
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

      test('neither loses nor repeats an answer when the process is stopped', async ({ skip }) => {
        at.skipCell(skip, 'restart in mid-answer');
        bench.lab.hold();
        await bench.lab.send(await driver.ask(asking(CHAIR)));
        await bench.lab.restart();
        await bench.vendor.until(() => at.sent().length === 1);
        if (driver.skips['long answer'] !== undefined) return;
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
