import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { askOnPage, describeInBrowser, DESKTOP, LONG_MS } from '../../support/browser.ts';
import { makeDisagree } from '../../support/make-disagree.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";

/** What axe finds wrong, by all of its rules. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" ")}`))',
  );
}

/** Every view, each reached from the one before. */
const VIEWS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  welcome: async () => {},
  'menu of languages': (page) => page.getByRole('button', { name: /^Language of the page/ }).click(),
  abstention: (page) => askOnPage(page, 'What is the capital gains tax rate in Brazil?'),
  conflict: async (page) => {
    await makeDisagree(page);
    await askOnPage(page, 'How much will Japan invest in India?');
    await page.locator('.conflict').waitFor();
    await page.unrouteAll();
  },
  'answer and source': async (page) => {
    await askOnPage(page, CHAIR);
    await page.locator('.turn:last-child [data-marker="1"]').click();
    await page.locator('mark').waitFor();
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
};

describeInBrowser('for everyone, the page', ({ open }) => {
  test.each([
    { colorScheme: 'light' as const, ...DESKTOP },
    { colorScheme: 'dark' as const, viewport: { width: 390, height: 844 } },
  ])(
    'has no fault that axe finds, in $colorScheme',
    async (options) => {
      const { page, faults, close } = await open('/', options);
      const found: Record<string, string[]> = {};
      for (const [view, reach] of Object.entries(VIEWS)) {
        await reach(page);
        found[view] = await violationsOf(page);
      }
      expect(found).toEqual(Object.fromEntries(Object.keys(VIEWS).map((view) => [view, []])));
      expect(faults).toEqual([]);
      await close();
    },
    LONG_MS,
  );
});
