import { expect, test } from 'vitest';
import { askOnPage, describeInBrowser, DESKTOP } from '../../support/browser.ts';
import { createContractClient } from '../../support/contract-client.ts';
import { conflictingCorpus, OPENING_DAY } from '../../support/conflicting-corpus.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";

const CORPUS_DIR = await conflictingCorpus();

describeInBrowser(
  'asking on the page',
  ({ server, open }) => {
    test('answers, and each marker opens the source beside the answer at exactly its quote', async () => {
      const { page, faults, close } = await open('/', DESKTOP);
      await askOnPage(page, CHAIR);
      const { citations } = await createContractClient(server().url).ask({ question: CHAIR });
      expect(citations.length).toBeGreaterThan(0);
      for (const { marker, quote, title } of citations) {
        await page.locator(`[data-marker="${marker}"]`).click();
        await page.locator('.panel h2', { hasText: title }).waitFor();
        await expect.poll(() => page.locator('mark').allTextContents()).toEqual([quote]);
        const box = await page.locator('mark').boundingBox();
        expect(box?.y).toBeGreaterThanOrEqual(0);
        expect(box?.y).toBeLessThan(800);
      }
      const basis = page.locator('.panel .basis');
      expect(await basis.locator('summary').innerText()).toMatch(
        /^From our brief, which rests on: OECD\.AI.* and \d more$/,
      );
      await basis.locator('summary').click();
      expect(await basis.getByRole('link').first().getAttribute('href')).toMatch(/^https:/);
      await page.keyboard.press('Escape');
      expect(await page.locator('.panel').count()).toBe(0);
      expect(await page.evaluate('document.activeElement?.getAttribute("data-marker")')).not.toBeNull();
      expect(faults).toEqual([]);
      await close();
    });

    test('shows the quote with its source, date and status where a marker is pointed at', async () => {
      const { page, faults, close } = await open('/', DESKTOP);
      await askOnPage(page, CHAIR);
      await page.locator('[data-marker="1"]').hover();
      const card = await page.getByRole('tooltip').innerText();
      const { citations } = await createContractClient(server().url).ask({ question: CHAIR });
      expect(card).toContain(citations[0]?.quote);
      expect(card).toContain("Japan's AI Promotion Act (2025)");
      expect(card).toMatch(/Official source[^]*In force[^]*4 June 2025[^]*From our brief, which rests on: OECD/);
      await page.mouse.move(2, 2);
      expect(await page.getByRole('tooltip').count()).toBe(0);
      expect(faults).toEqual([]);
      await close();
    });

    test('opens the source as a sheet on a phone, and closes it', async () => {
      const { page, faults, close } = await open('/');
      await askOnPage(page, CHAIR);
      await page.locator('[data-marker="1"]').click();
      await page.getByRole('dialog', { name: 'Source' }).locator('mark').waitFor();
      await page.keyboard.press('Escape');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(faults).toEqual([]);
      await close();
    });

    test('gives both sides where the sources disagree', async () => {
      const { page, faults, close } = await open('/', DESKTOP);
      await askOnPage(page, OPENING_DAY);
      const { conflicts, citations } = await createContractClient(server().url).ask({ question: OPENING_DAY });
      expect(conflicts).toHaveLength(1);
      const quotes = conflicts[0]?.sides.map(({ marker }) => citations.find((one) => one.marker === marker)?.quote);
      const sides = page.locator('.conflict .sides > li');
      expect(await sides.locator('blockquote').allInnerTexts()).toEqual(quotes);
      const official = sides.filter({ hasText: '3 May 2027' });
      const news = sides.filter({ hasText: '9 June 2027' });
      expect(await official.innerText()).toMatch(/Official source[^]*10 January 2026[^]*More official/);
      expect(await news.innerText()).toMatch(/News source[^]*1 August 2026[^]*Later/);
      await news.getByRole('button').click();
      await expect.poll(() => page.locator('mark').textContent()).toContain('9 June 2027');
      expect(faults).toEqual([]);
      await close();
    });

    test('follows up in the same conversation, shows how it was read, and begins another when told to', async () => {
      const { page, faults, close } = await open('/', DESKTOP);
      const sent: (string | undefined)[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/api/ask')) {
          sent.push((request.postDataJSON() as { conversationId?: string }).conversationId);
        }
      });
      await askOnPage(page, CHAIR);
      await askOnPage(page, 'And what does it say about fines?');
      expect(await page.locator('.turn').count()).toBe(2);
      expect(await page.locator('.read-as').count()).toBe(1);
      await page.getByRole('button', { name: 'New conversation' }).click();
      await askOnPage(page, CHAIR);
      expect(sent).toEqual([undefined, expect.any(String), undefined]);
      expect(faults).toEqual([]);
      await close();
    });

    test('says that it does not answer, why, and where to look', async () => {
      const { page, faults, close } = await open('/');
      await askOnPage(page, 'What is the capital gains tax rate in Brazil?');
      const abstention = page.locator('.abstention');
      expect(await abstention.getByRole('heading').innerText()).toBe('No answer, on purpose');
      expect(await abstention.locator('.prose').innerText()).toMatch(/\w+ \w+/);
      await abstention.getByRole('link', { name: 'See what the corpus holds' }).click();
      await page.getByRole('heading', { name: 'The corpus' }).waitFor();
      expect(faults).toEqual([]);
      await close();
    });

    test('greets who greets, and does not call that an abstention', async () => {
      const { page, faults, close } = await open('/');
      await askOnPage(page, 'hi');
      expect(await page.locator('.abstention').innerText()).toMatch(/^Hello!/);
      expect(faults).toEqual([]);
      await close();
    });

    test('asks a suggestion when it is pressed', async () => {
      const { page, faults, close } = await open('/');
      await askOnPage(page, CHAIR);
      const suggestion = page.locator('.suggestions button').first();
      const words = await suggestion.innerText();
      await suggestion.click();
      await page.locator('.turn:nth-child(2)[aria-busy="false"]').waitFor();
      expect(await page.locator('.turn:nth-child(2) .question').innerText()).toBe(words);
      expect(faults).toEqual([]);
      await close();
    });

    test('stops an answer under way, and asks again', async () => {
      const { page, close } = await open('/');
      await page.route('**/api/ask', () => {});
      await page.getByRole('textbox').first().fill(CHAIR);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('Stopped before there was an answer.').waitFor();
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.getByRole('button', { name: 'Ask again' }).click();
      await page.locator('[data-marker="1"]').waitFor();
      expect(await page.locator('.turn').count()).toBe(1);
      await close();
    });

    test('tells a failure, and tries again', async () => {
      const { page, close } = await open('/');
      await page.route('**/api/ask', (route) => route.abort(), { times: 1 });
      await askOnPage(page, CHAIR);
      expect(await page.getByRole('alert').innerText()).toContain('cannot be reached');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.reference').first().waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await close();
    });

    test('says when there is no network', async () => {
      const { page, close } = await open('/');
      await page.context().setOffline(true);
      await page.getByText('You are offline').waitFor();
      await page.context().setOffline(false);
      await expect.poll(() => page.getByText('You are offline').count()).toBe(0);
      await close();
    });

    test('begins a line with Shift+Enter', async () => {
      const { page, close } = await open('/');
      const box = page.getByRole('textbox').first();
      await box.fill('first');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('second');
      expect(await box.inputValue()).toBe('first\nsecond');
      expect(await page.locator('.turn').count()).toBe(0);
      await close();
    });

    test('is compressed, cached by content, and light', async () => {
      const html = await fetch(server().url);
      expect(html.headers.get('cache-control')).toBe('no-cache');
      const { page, close } = await open('/');
      const sizes: { name: string; bytes: number }[] = await page.evaluate(
        "performance.getEntriesByType('resource').map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize }))",
      );
      const assets = sizes.filter(({ name }) => name.includes('/assets/'));
      expect(assets.length).toBeGreaterThan(1);
      expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(150 * 1024);
      const [first] = assets;
      const response = await fetch(first?.name ?? '');
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(response.headers.get('content-encoding')).not.toBeNull();
      await close();
    });
  },
  { CORPUS_DIR },
);
