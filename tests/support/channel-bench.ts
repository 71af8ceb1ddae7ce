import { expect, vi } from 'vitest';
import type { AnswerResponse } from '../../src/answer-response.ts';
import type { Asking, ChannelDriver } from './channel-driver.ts';
import { openChannelLab, type ChannelLab, type LabOptions } from './channel-lab.ts';
import { publicKeys, usualReply } from './channels/all-channels.ts';
import { setVendorUrl } from './channels/requests.ts';
import type { Outgoing } from './exchange.ts';
import { startVendorServer, type VendorServer } from './vendor-server.ts';

/** A question that the corpus answers. */
export const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";

let events = 0;
/** Someone asks; each time another event. */
export function asking(text: string, more: Partial<Asking> = {}): Asking {
  return { text, event: `event-${++events}`, ...more };
}

/** The door with channels on, and the servers of their tools. */
export interface ChannelBench {
  readonly vendor: VendorServer;
  readonly lab: ChannelLab;
  /** What the API answers; the corpus is the same throughout. */
  expect(question: string): Promise<AnswerResponse>;
  /** Everything as at the beginning, but for what was answered. */
  reset(): void;
  close(): Promise<void>;
}

export async function openChannelBench(
  drivers: readonly ChannelDriver[],
  options: LabOptions = {},
): Promise<ChannelBench> {
  const vendor = await startVendorServer(usualReply(await publicKeys()));
  setVendorUrl(vendor.url);
  const settings = Object.assign({}, ...drivers.map((driver) => driver.settings(vendor.url))) as Record<string, string>;
  const lab = await openChannelLab(settings, options);
  const known = new Map<string, AnswerResponse>();
  return {
    vendor,
    lab,
    async expect(question) {
      const response = known.get(question) ?? (await lab.ask(question));
      known.set(question, response);
      return response;
    },
    reset() {
      vendor.calls.length = 0;
      vendor.script = () => undefined;
      lab.answerWith(undefined);
    },
    async close() {
      await lab.close();
      await vendor.close();
    },
  };
}

/** One channel at the bench. */
export function atChannel(driver: ChannelDriver, bench: () => ChannelBench) {
  /** The messages that the tool's servers were sent. */
  const sent = (): readonly object[] => bench().vendor.calls.flatMap((call) => driver.messagesOf(call));
  /** Hands a request over, and waits for one message more, wherever it comes. */
  const deliver = async (outgoing: Outgoing): Promise<readonly object[]> => {
    const before = sent().length;
    const reply = await bench().lab.send(outgoing);
    expect(reply.status).toBeLessThan(300);
    const replied = driver.repliesOf?.(reply);
    if (replied) return replied;
    await bench().vendor.until(() => sent().length > before);
    return sent().slice(before);
  };
  const receive = async (question: Asking): Promise<readonly object[]> => deliver(await driver.ask(question));
  /** Waits until nothing is still to be done, or to be noted as done. */
  const finish = (): Promise<void> =>
    vi.waitFor(
      async () => {
        const open = await bench().lab.assistant.channelStore.listDue(driver.name, Number.MAX_SAFE_INTEGER);
        if (open.length > 0) throw new Error(`${open.length} jobs of ${driver.name} are still open.`);
      },
      { timeout: 20_000 },
    );
  return { sent, deliver, receive, finish };
}
