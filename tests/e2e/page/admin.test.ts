import axe from 'axe-core';
import { expect, test } from 'vitest';
import { startPages } from '../../support/page-server.ts';
import { askOnPage, describeInBrowser, DESKTOP, LONG_MS } from '../../support/browser.ts';

const KEY = 'the-key-of-the-operator';
const QUESTION = 'Who directs the Kaveri Lighthouse Observatory?';
const FILE = {
  name: 'lighthouse.md',
  mimeType: 'text/markdown',
  buffer: Buffer.from(
    '# Kaveri Lighthouse Observatory\n\nThe Kaveri Lighthouse Observatory is directed by Meera Sundaram.\n',
  ),
};

describeInBrowser(
  'the operator on the page',
  ({ open }) => {
    test(
      'needs the key, adds a document that is then answered from, and deletes it for good',
      async () => {
        const { page, close } = await open('/admin', DESKTOP);
        const enter = async (key: string): Promise<void> => {
          await page.getByLabel('Admin key').fill(key);
          await page.keyboard.press('Enter');
        };
        await enter('not the key');
        expect(await page.getByRole('alert').innerText()).toBe('The server does not take this key.');
        await enter(KEY);
        await page.locator('input[type="file"]').setInputFiles(FILE);
        await page.getByText('lighthouse.md: answerable').waitFor();
        await page.getByRole('searchbox').fill('lighthouse');
        const held = page.locator('.held li');
        await expect.poll(() => held.count(), { timeout: 10_000 }).toBe(1);
        await page.evaluate(axe.source);
        const violations: unknown[] = await page.evaluate('axe.run().then(({ violations }) => violations)');
        expect(violations).toEqual([]);

        await page.getByRole('link', { name: 'Ask', exact: true }).click();
        await askOnPage(page, QUESTION);
        expect(await page.locator('.prose').innerText()).toContain('Meera Sundaram');

        await page.goto(new URL('/admin', page.url()).href);
        await page.getByRole('searchbox').fill('lighthouse');
        await held.getByRole('button', { name: /^Delete/ }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
        await expect
          .poll(() => page.locator('.held').getByText('Kaveri Lighthouse').count(), { timeout: 10_000 })
          .toBe(0);

        await page.getByRole('link', { name: 'Ask', exact: true }).click();
        await askOnPage(page, QUESTION);
        expect(await page.locator('.turn:last-child').innerText()).not.toContain('Meera');
        await close();
      },
      LONG_MS,
    );

    test('adds a page by its address, at the second attempt, and sees what the index holds', async () => {
      let isMended = false;
      const port = await startPages((_request, response) => {
        response.writeHead(isMended ? 200 : 500, { 'Content-Type': 'text/html' });
        response.end(
          '<html lang="en"><title>Palk Ferry</title><p>The Palk Ferry sails on Tuesdays from Rameswaram.</p></html>',
        );
      });
      const { page, faults, close } = await open('/admin', DESKTOP);
      await page.getByLabel('Admin key').fill(KEY);
      await page.keyboard.press('Enter');
      const counted = page.locator('.figures dd').first();
      const before = Number(await counted.innerText());
      await page.getByRole('textbox', { name: 'Add a web page: Address' }).fill(`http://127.0.0.1:${port}/ferry`);
      await page.keyboard.press('Enter');
      await page.getByText(/ferry: left out\. .*answered with status 500/).waitFor();
      isMended = true;
      await page.getByRole('button', { name: /^Try again: .*ferry/ }).click();
      await expect.poll(async () => Number(await counted.innerText()), { timeout: 10_000 }).toBe(before + 1);
      await page.getByRole('link', { name: 'Ask', exact: true }).click();
      await askOnPage(page, 'When does the Palk Ferry sail?');
      expect(await page.locator('.prose').innerText()).toContain('Tuesdays');
      // The browser's own word on the first attempt.
      expect(faults).toEqual([expect.stringContaining('502')]);
      await close();
    });

    test('sees what readers say of answers', async () => {
      const { page, faults, close } = await open('/', DESKTOP);
      await askOnPage(page, 'When was CEPA signed?');
      await page.getByRole('button', { name: 'Not a good answer' }).click();
      await page.getByLabel('What was wrong with it?').fill('It names no place.');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('Thank you.').waitFor();
      await page.goto(new URL('/admin', page.url()).href);
      await page.getByLabel('Admin key').fill(KEY);
      await page.keyboard.press('Enter');
      const rating = page.locator('.ratings li', { hasText: 'When was CEPA signed?' });
      expect(await rating.innerText()).toMatch(/It names no place\.[^]*Not good/);
      expect(faults).toEqual([]);
      await close();
    });

    test('sees the files left out with their reasons, and what was not answered', async () => {
      const { page, faults, close } = await open('/', DESKTOP);
      await askOnPage(page, 'What is the capital gains tax rate in Brazil?');
      await page.goto(new URL('/admin', page.url()).href);
      await page.getByLabel('Admin key').fill(KEY);
      await page.keyboard.press('Enter');
      await page.locator('.documents th[scope="row"]', { hasText: 'capital gains tax rate in brazil' }).waitFor();
      expect(faults).toEqual([]);
      const empty = { name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.from('not a pdf') };
      await page.locator('input[type="file"]').setInputFiles(empty);
      await page.locator('.sendings .refused').waitFor();
      expect(await page.locator('.sendings .refused').innerText()).toMatch(/^empty\.pdf: left out\. \w+/);
      await page.locator('.rejected dt', { hasText: 'empty.pdf' }).waitFor();
      await close();
    });
  },
  { ADMIN_API_KEY: KEY, INGEST_ALLOW_PRIVATE: 'true' },
);
