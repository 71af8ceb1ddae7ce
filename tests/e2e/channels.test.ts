import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { publicKeys, usualReply } from '../support/channels/all-channels.ts';
import { slack } from '../support/channels/slack.ts';
import { exchange } from '../support/exchange.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { startVendorServer, type VendorServer } from '../support/vendor-server.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";

async function vendorServer(): Promise<VendorServer> {
  const vendor = await startVendorServer(usualReply(await publicKeys()));
  onTestFinished(() => vendor.close());
  return vendor;
}

async function server(settings: Record<string, string>): Promise<TestServer> {
  const running = await startServer(settings);
  onTestFinished(async () => void (await running.stop()));
  return running;
}

test('channels are off until all their secrets are set, and start-up says which are on', async () => {
  const { SLACK_SIGNING_SECRET: secret = '', ...others } = slack.settings('http://127.0.0.1:9');
  const half = await server({ SLACK_SIGNING_SECRET: secret, WEBHOOK_SECRET: 'words' });
  const post = { method: 'POST', body: {} };
  expect((await exchange(half.url, { ...post, path: '/channels/slack/events' })).status).toBe(404);
  expect((await exchange(half.url, { ...post, path: '/channels/webhook' })).status).toBe(401);
  expect(half.stderr()).toContain('Slack is off: SLACK_BOT_TOKEN not set.');
  expect(half.stdout()).toContain('Channels: webhook.');
  const whole = await server({ SLACK_SIGNING_SECRET: secret, ...others });
  expect((await exchange(whole.url, { ...post, path: '/channels/slack/events' })).status).toBe(401);
  expect(whole.stdout()).toContain('Channels: slack.');
});

test('an answer outlives the process that was killed while it was sent', async () => {
  const INDEX_DIR = await mkdtemp(join(tmpdir(), 'concordat-killed-'));
  onTestFinished(() => rm(INDEX_DIR, { recursive: true, force: true }));
  const vendor = await vendorServer();
  const settings = { ...slack.settings(vendor.url), INDEX_DIR };
  const first = await server(settings);
  const question = { text: CHAIR, event: '1.1' };
  vendor.script = ({ path }) => (path.endsWith('postMessage') ? new Promise(() => {}) : undefined);
  expect((await exchange(first.url, await slack.ask(question))).status).toBe(200);
  await vendor.until((calls) => calls.some(({ path }) => path.endsWith('postMessage')));
  first.signal('SIGKILL');
  await first.exited;
  vendor.calls.length = 0;
  vendor.script = () => undefined;
  const second = await server(settings);
  await vendor.until((calls) => calls.some(({ path }) => path.endsWith('postMessage')));
  // Slack, which had its acknowledgement, would not ask again; if it does, the answer is not repeated.
  expect((await exchange(second.url, await slack.ask(question))).status).toBe(200);
  await exchange(second.url, await slack.ask({ text: CHAIR, event: '2.1' }));
  await vendor.until((calls) => calls.some(({ body }) => body['thread_ts'] === '2.1' && 'blocks' in body));
  const threads = vendor.calls.filter(({ body }) => 'blocks' in body).map(({ body }) => body['thread_ts']);
  expect(threads).toEqual(['1.1', '2.1']);
});
