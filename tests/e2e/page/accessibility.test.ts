import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { askOnPage, describeInBrowser, DESKTOP, LONG_MS } from '../../support/browser.ts';
import { conflictingCorpus, OPENING_DAY } from '../../support/conflicting-corpus.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";
const KEY = 'the-key-of-the-operator';
const WIDTHS = [320, 600, 768, 1280, 1920];

/** What axe finds wrong, by all of its rules in one look, and by those that look at colours in the other. */
async function violationsOf(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  await page.evaluate(axe.source);
  const run = (options: string): Promise<string[]> =>
    page.evaluate(
      `axe.run({ resultTypes: ["violations"], ${options} }).then(({ violations }) => violations.map(({ id, nodes }) => \`\${id}: \${nodes.map((n) => n.html).join(" ")}\`))`,
    );
  const found = await run('');
  await page.emulateMedia({ colorScheme: colorScheme === 'light' ? 'dark' : 'light' });
  const other = await run('runOnly: ["color-contrast", "link-in-text-block"]');
  await page.emulateMedia({ colorScheme });
  return [...found, ...other];
}

/** The widths at which a view is wider than the window. */
async function overflowsOf(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`scrolls at ${width} px`);
    const isCut = `[...document.querySelectorAll('.disclosed')].some((one) => { const { left, right } = one.getBoundingClientRect(); return left < 0 || right > innerWidth; })`;
    if (await page.evaluate(isCut)) found.push(`cuts a menu at ${width} px`);
  }
  if (before) await page.setViewportSize(before);
  return found;
}

const site: Server = createServer((request, response) => {
  const script = new URL(request.url ?? '', 'http://x').searchParams.get('script') ?? '';
  const theme = request.url?.includes('dark') ? 'dark' : 'light';
  response.setHeader('Content-Type', 'text/html');
  response.end(
    `<!doctype html><html lang="en"><head><title>Host</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head><body><main><h1>Host</h1></main><script src="${script}" data-theme="${theme}"></script></body></html>`,
  );
});
site.listen(0, '127.0.0.1');
await once(site, 'listening');
const siteOrigin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

type Reach = (page: Page) => Promise<unknown>;

/** Every view, each reached from the one before. */
const VIEWS: Readonly<Record<string, Reach>> = {
  welcome: async () => {},
  'menu of languages': (page) => page.locator('.bar .disclosure > button').first().click(),
  'menu of days': async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'As of today' }).click();
  },
  'menu of sources': async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All sources' }).click();
  },
  abstention: async (page) => {
    await page.keyboard.press('Escape');
    await askOnPage(page, 'What is the capital gains tax rate in Brazil?');
  },
  conflict: async (page) => {
    await askOnPage(page, OPENING_DAY);
    await page.locator('.conflict').waitFor();
  },
  'answer and source': async (page) => {
    await askOnPage(page, CHAIR);
    await page.locator('.turn:last-child [data-marker="1"]').click();
    await page.locator('mark').waitFor();
    await page.locator('.panel .basis summary').click();
  },
  receipt: async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Receipt' }).last().click();
    await page.locator('.passages a').first().waitFor();
  },
  timeline: async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Corpus', exact: true }).click();
    await page.locator('.event').first().click();
  },
  table: (page) => page.getByRole('button', { name: 'Table' }).click(),
  document: async (page) => {
    await page.locator('tbody a').first().click();
    await page.locator('.text').waitFor();
  },
  'no such document': async (page) => {
    await page.goto(new URL('/documents/none', page.url()).href);
    await page.getByRole('alert').waitFor();
  },
  'key of the operator': async (page) => {
    await page.goto(new URL('/admin', page.url()).href);
    await page.getByLabel('Admin key').waitFor();
  },
  operator: async (page) => {
    await page.getByLabel('Admin key').fill(KEY);
    await page.keyboard.press('Enter');
    await page.locator('.held li').first().waitFor();
  },
  widget: async (page) => {
    const script = encodeURIComponent(new URL('/widget.js', page.url()).href);
    const dark = await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches');
    await page.goto(`${siteOrigin}/?script=${script}&theme=${dark ? 'dark' : 'light'}`);
    await page.getByRole('button', { name: 'Open the assistant' }).click();
    await page.getByRole('textbox').fill(CHAIR);
    await page.keyboard.press('Enter');
    await page.locator('[data-marker="1"]').click();
    await page.locator('.cited summary').click();
  },
};

const CORPUS_DIR = await conflictingCorpus();

describeInBrowser(
  'for everyone, the page',
  ({ open }) => {
    afterAll(() => void site.close());

    test.each([
      { colorScheme: 'light' as const, viewport: { width: 390, height: 844 } },
      { colorScheme: 'dark' as const, ...DESKTOP },
    ])(
      'has no fault that axe finds, in $colorScheme and then the other on $viewport.width px, and fits every width',
      async (options) => {
        const { page, close } = await open('/', options);
        const found: Record<string, string[]> = {};
        for (const [view, reach] of Object.entries(VIEWS)) {
          await reach(page);
          found[view] = [...(await violationsOf(page, options.colorScheme)), ...(await overflowsOf(page))];
        }
        expect(found).toEqual(Object.fromEntries(Object.keys(VIEWS).map((view) => [view, []])));
        await close();
      },
      LONG_MS,
    );

    test.each(['hi', 'ja', 'ta'])('fits every width in another script too: %s', async (locale) => {
      const { page, close } = await open('/', { locale });
      const found: Record<string, string[]> = { welcome: await overflowsOf(page) };
      await askOnPage(page, CHAIR);
      found['answer'] = await overflowsOf(page);
      for (const path of ['/corpus', '/documents/joint-statement-ai-2026-ja', '/admin']) {
        await page.goto(new URL(path, page.url()).href);
        await page.locator('.event, .text, .key-form').first().waitFor();
        found[path] = await overflowsOf(page);
      }
      expect(Object.values(found).flat()).toEqual([]);
      await close();
    });
  },
  { CORPUS_DIR, ADMIN_API_KEY: KEY, WIDGET_ORIGINS: siteOrigin },
);
