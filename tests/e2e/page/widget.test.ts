import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../../support/browser.ts';
import { createContractClient } from '../../support/contract-client.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";

interface Site {
  readonly origin: string;
  /** What the page embeds, once the server under test is known. */
  script: string;
  readonly server: Server;
}

/** Another site, with a policy that allows the script and its requests, and nothing else. */
async function openSite(): Promise<Site> {
  const server = createServer((_request, response) => {
    const { origin } = new URL(site.script);
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; img-src data:; script-src ${origin}; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types 'none'`,
    );
    response.setHeader('Content-Type', 'text/html');
    response.end(
      `<!doctype html><html lang="en"><head><title>Host</title><link rel="icon" href="data:,"></head><body><h1>Host</h1><script src="${site.script}" data-theme="dark" data-accent="#0a5f63"></script></body></html>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const site: Site = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, script: '', server };
  return site;
}

const [friend, stranger] = [await openSite(), await openSite()];

describeInBrowser(
  'the widget',
  ({ server, open }) => {
    beforeAll(() => {
      for (const site of [friend, stranger]) site.script = `${server().url}/widget.js`;
    });
    afterAll(() => {
      for (const site of [friend, stranger]) site.server.close();
    });

    test('is small', async () => {
      const response = await fetch(`${server().url}/widget.js`);
      expect(gzipSync(await response.text()).length).toBeLessThan(40 * 1024);
      expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    });

    test('answers on an allowed site, with quotes and the way to each source, under a strict policy', async () => {
      const { page, faults, close } = await open(friend.origin);
      await page.getByRole('button', { name: 'Open the assistant' }).click();
      await page.getByRole('textbox', { name: 'Your question' }).fill(CHAIR);
      await page.keyboard.press('Enter');
      await page.locator('[data-marker="1"]').click();
      const cited = page.locator('.cited');
      const { citations } = await createContractClient(server().url).ask({ question: CHAIR });
      expect(await cited.locator('blockquote').innerText()).toBe(citations[0]?.quote);
      expect(await cited.innerText()).toContain('Official source');
      const link = await cited.getByRole('link').getAttribute('href');
      expect(link).toMatch(new RegExp(`^${server().url}/documents/japan-ai-promotion-act-2025#\\d+-\\d+$`));
      await page.keyboard.press('Escape');
      expect(await page.getByRole('button', { name: 'Open the assistant' }).count()).toBe(1);
      // Requests go to the page's own site and to the server that was asked, and nowhere else.
      const own = [server().url, friend.origin];
      expect(faults.filter((fault) => !own.some((origin) => fault.includes(origin)))).toEqual([]);
      await close();
    });

    test('offers questions to begin with, and asks the one that is pressed', async () => {
      const { page, close } = await open(friend.origin);
      await page.getByRole('button', { name: 'Open the assistant' }).click();
      const [example] = await page.locator('.example').all();
      const words = (await example?.innerText()) ?? '';
      await example?.click();
      await page.locator('[data-marker="1"]').waitFor();
      expect(await page.getByRole('heading', { level: 3 }).innerText()).toBe(words);
      expect(await page.locator('.example').count()).toBe(0);
      await close();
    });

    test('gets no answer on a site that is not allowed', async () => {
      const { page, close } = await open(stranger.origin);
      await page.getByRole('button', { name: 'Open the assistant' }).click();
      await page.getByRole('textbox', { name: 'Your question' }).fill(CHAIR);
      await page.keyboard.press('Enter');
      await page.getByText('The assistant cannot be reached.').waitFor();
      expect(await page.locator('[data-marker]').count()).toBe(0);
      await close();
    });

    test('tells other sites nothing, before and after a preflight', async () => {
      const headers = { origin: stranger.origin, 'content-type': 'application/json' };
      const url = `${server().url}/api/ask`;
      const preflight = await fetch(url, { method: 'OPTIONS', headers });
      const asked = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ question: CHAIR }) });
      expect([preflight, asked].map((response) => response.headers.get('access-control-allow-origin'))).toEqual([
        null,
        null,
      ]);
    });
  },
  { WIDGET_ORIGINS: friend.origin },
);
