import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { askOnPage, describeInBrowser, DESKTOP } from '../../support/browser.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";

interface Sent {
  readonly asOf?: string;
  readonly filters?: { readonly authority: readonly string[] };
}

/** The bodies of the questions that the page sends. */
function watchAsked(page: Page): Sent[] {
  const sent: Sent[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/ask')) sent.push(request.postDataJSON() as Sent);
  });
  return sent;
}

describeInBrowser('what is set on the page', ({ server, open }) => {
  test('restricts answers to a day and to kinds of sources, and says so', async () => {
    const { page, faults, close } = await open('/');
    const sent = watchAsked(page);
    await page.getByRole('button', { name: 'As of today' }).click();
    await page.getByLabel('As of', { exact: true }).fill('2020-01-01');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All sources' }).click();
    await page.getByLabel('Official source').check();
    await page.keyboard.press('Escape');
    await askOnPage(page, 'What is the Digital Partnership?');
    expect(sent).toMatchObject([{ asOf: '2020-01-01', filters: { authority: ['official'] } }]);
    expect(await page.locator('.restrictions').innerText()).toMatch(/As of 1 January 2020\s+Only Official/);
    const dates = await page.locator('.reference time').allInnerTexts();
    expect(dates.length).toBeGreaterThan(0);
    for (const date of dates) expect(Number(date.slice(-4))).toBeLessThan(2020);
    expect(faults).toEqual([]);
    await close();
  });

  test.each([
    { tag: 'hi', name: 'हिन्दी', heading: /समझौतों/, face: /Devanagari/, question: 'डिजिटल साझेदारी 2.0 क्या है?' },
    { tag: 'ja', name: '日本語', heading: /合意/, face: /Hiragino/, question: '広島AIプロセスとは何ですか?' },
    { tag: 'ta', name: 'தமிழ்', heading: /ஒப்பந்தங்கள/, face: /Tamil/, question: 'ஹிரோஷிமா AI செயல்முறை என்றால் என்ன?' },
    { tag: 'en', name: 'English', heading: /agreements/, face: /Segoe/, question: CHAIR },
  ])('speaks $name, in its own face, and keeps doing so', async ({ tag, name, heading, face, question }) => {
    const { page, faults, close } = await open('/', { locale: tag === 'en' ? 'ja' : 'en' });
    await page.locator('.bar .disclosure').first().getByRole('button').click();
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe(tag);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".welcome p")).fontFamily')).toMatch(face);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await askOnPage(page, question);
    expect(await page.locator('.prose').getAttribute('lang')).toBe(tag);
    expect(await page.locator('[data-marker]').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await close();
  });

  test('is light, dark or as the device says', async () => {
    const { page, close } = await open('/', { ...DESKTOP, colorScheme: 'dark' });
    const isDark = (): Promise<boolean> =>
      page.evaluate('getComputedStyle(document.body).color.match(/\\d+/g).every((part) => Number(part) > 200)');
    const choose = async (look: string): Promise<void> => {
      await page.getByRole('button', { name: 'Appearance' }).click();
      await page.getByRole('button', { name: look }).click();
    };
    expect(await isDark()).toBe(true);
    await choose('Light');
    expect(await isDark()).toBe(false);
    await page.reload();
    await page.locator('h1').waitFor();
    expect(await isDark()).toBe(false);
    await choose('As the device');
    expect(await isDark()).toBe(true);
    await close();
  });

  test('keeps conversations over a reload; they are renamed, opened again and deleted', async () => {
    const { page, faults, close } = await open('/', DESKTOP);
    await askOnPage(page, CHAIR);
    const answer = await page.locator('.prose').innerText();
    await page.reload();
    await page.locator('[data-marker="1"]').waitFor();
    expect(await page.locator('.prose').innerText()).toBe(answer);

    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Headquarters');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.locator('.welcome').first().waitFor();
    await page.getByRole('button', { name: 'Headquarters', exact: true }).click();
    expect(await page.locator('.prose').innerText()).toBe(answer);

    const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await page.getByRole('button', { name: 'Actions for “Headquarters”' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    expect((await deleted).status()).toBe(204);
    expect(await page.locator('.conversation').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test('gives a link that asks the same again', async () => {
    const { page, faults, close } = await open('/', {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await askOnPage(page, CHAIR);
    const answer = await page.locator('.prose').innerText();
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link: string = await page.evaluate('navigator.clipboard.readText()');
    expect(link.startsWith(`${server().url}/?q=`)).toBe(true);
    const other = await open(link, DESKTOP);
    await other.page.locator('.turn[aria-busy="false"]').waitFor();
    expect(await other.page.locator('.prose').innerText()).toBe(answer);
    expect([...faults, ...other.faults]).toEqual([]);
    await other.close();
    await close();
  });

  test('carries the day and the kinds of sources in the link, and copies an answer with its references', async () => {
    const { page, faults, close } = await open('/', {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('button', { name: 'As of today' }).click();
    await page.getByLabel('As of', { exact: true }).fill('2020-01-01');
    await page.keyboard.press('Escape');
    await askOnPage(page, 'What is the Digital Partnership?');
    const copied = async (name: string): Promise<string> => {
      await page.getByRole('button', { name, exact: true }).click();
      return page.evaluate('navigator.clipboard.readText()');
    };
    const link = await copied('Copy link');
    const text = await copied('Copy');
    expect(text).toMatch(/\[1\][^]*“[^]*From our brief, which rests on: [^]*http:\/\/127\.0\.0\.1/);
    const other = await open(link, DESKTOP);
    const sent = other.page.locator('.turn[aria-busy="false"] .restrictions');
    await sent.waitFor();
    expect(await sent.innerText()).toContain('As of 1 January 2020');
    expect([...faults, ...other.faults]).toEqual([]);
    await other.close();
    await close();
  });

  test('exports an answer as Markdown with footnotes and as JSON with its receipt', async () => {
    const { page, faults, close } = await open('/');
    await askOnPage(page, CHAIR);
    const save = async (format: string): Promise<string> => {
      await page.getByRole('button', { name: 'Export' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: format }).click();
      return readFile(await (await download).path(), 'utf8');
    };
    const markdown = await save('Markdown');
    expect(markdown).toContain('[^1]');
    expect(markdown).toMatch(/^\[\^\d\]: “.*It is chaired by the Prime Minister/m);
    const json = JSON.parse(await save('JSON with receipt')) as { response: Record<string, unknown> };
    expect(json.response['receipt']).toHaveProperty('digest');
    expect(json.response).not.toHaveProperty('conversationToken');
    expect(faults).toEqual([]);
    await close();
  });

  test('prints the answer with its footnotes, and nothing around it', async () => {
    const { page, close } = await open('/', DESKTOP);
    await askOnPage(page, CHAIR);
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.bar', '.sidebar', '.dock', '.actions', '.suggestions']) {
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    }
    expect(await page.locator('.reference .print-only').first().innerText()).toContain('/documents/');
    await close();
  });

  test('takes what a reader thinks of an answer', async () => {
    const { page, faults, close } = await open('/', DESKTOP);
    await askOnPage(page, CHAIR);
    const rated = page.waitForResponse('**/api/feedback');
    await page.getByRole('button', { name: 'Not a good answer' }).click();
    expect((await rated).status()).toBe(204);
    await page.getByLabel('What was wrong with it?').fill('It is too short.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Thank you.').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('has the receipt checked again by the server', async () => {
    const { page, faults, close } = await open('/', DESKTOP);
    await askOnPage(page, CHAIR);
    await page.getByRole('button', { name: 'Receipt' }).click();
    await page.getByRole('button', { name: 'Verify' }).click();
    expect(await page.locator('.verdict').innerText()).toContain('nothing has changed');
    expect(await page.locator('.timings').innerText()).toContain('Check quotes');
    expect(faults).toEqual([]);
    await close();
  });
});
