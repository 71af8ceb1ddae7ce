import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { asking, atChannel, CHAIR, openChannelBench, type ChannelBench } from '../support/channel-bench.ts';
import { pairsOf, recoverCitations } from '../support/channel-driver.ts';
import { slack } from '../support/channels/slack.ts';
import type { RecordedCall } from '../support/vendor-server.ts';

let bench: ChannelBench;
beforeAll(async () => {
  bench = await openChannelBench([slack], { showEveryMs: 1 });
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const at = atChannel(slack, () => bench);
const callsOf = (method: string): RecordedCall[] => bench.vendor.calls.filter(({ path }) => path.endsWith(method));
const posts = (): RecordedCall[] => callsOf('/chat.postMessage');
const updates = (): RecordedCall[] => callsOf('/chat.update');
const buttonsOf = ({ body }: RecordedCall): unknown[] =>
  (body['blocks'] as { type: string }[]).filter(({ type }) => type === 'actions');

/** Asks, with an answer that is held back once its sentences are known. Gives what lets it come. */
async function askSlowly(): Promise<() => void> {
  const response = await bench.expect(CHAIR);
  bench.lab.answerWith(response);
  const release = bench.lab.hold();
  await bench.lab.send(await slack.ask(asking(CHAIR)));
  await bench.vendor.until(() => posts().length > 0);
  return release;
}

test('a message grows by verified sentences with their quotes, and becomes the answer', async () => {
  const release = await askSlowly();
  const { citations, sentences } = await bench.expect(CHAIR);
  const [early] = posts();
  expect(slack.read(early?.body ?? {})).toContain(sentences[0]?.text);
  expect(pairsOf(recoverCitations([slack.read(early?.body ?? {})]))).toEqual(pairsOf(citations));
  expect(early && buttonsOf(early)).toEqual([]);
  release();
  await bench.vendor.until(() => updates().length > 0);
  const [whole] = updates();
  expect(whole?.body).toMatchObject({ channel: early?.body['channel'], ts: early?.reply['ts'] });
  expect(pairsOf(recoverCitations([slack.read(whole?.body ?? {})]))).toEqual(pairsOf(citations));
  expect(whole && buttonsOf(whole)).toHaveLength(1);
  // Another question after it: when that is answered, a second message for the first would have come.
  await at.receive(asking(CHAIR));
  expect(new Set(posts().map(({ body }) => body['thread_ts'])).size).toBe(posts().length);
});

test('it is the same message that the answer takes after a restart', async () => {
  await askSlowly();
  const [early] = posts();
  await bench.lab.restart();
  await bench.vendor.until(() => updates().some((call) => buttonsOf(call).length > 0));
  expect(updates().map(({ body }) => body['ts'])).toEqual(updates().map(() => early?.reply['ts']));
  expect(posts()).toHaveLength(1);
});

test('a message that is gone meanwhile is posted anew', async () => {
  bench.vendor.script = ({ path }) =>
    path.endsWith('/chat.update') ? { body: { ok: false, error: 'message_not_found' } } : undefined;
  const release = await askSlowly();
  release();
  await bench.vendor.until(() => posts().length > 1);
  expect(buttonsOf(posts()[1] as RecordedCall)).toHaveLength(1);
});

test('where nothing can be shown early the answer comes all the same', async () => {
  let refused = 0;
  bench.vendor.script = ({ path }) =>
    path.endsWith('/chat.postMessage') && refused++ === 0 ? { body: { ok: false, error: 'ratelimited' } } : undefined;
  const release = await askSlowly();
  release();
  await bench.vendor.until(() => posts().length > 1);
  expect(buttonsOf(posts()[1] as RecordedCall)).toHaveLength(1);
  expect(updates()).toEqual([]);
});
