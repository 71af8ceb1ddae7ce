import { chromium, type Browser, type ConsoleMessage, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../support/environment.ts';
import { startEmbeddedServer, type TestServer } from '../support/start-server.ts';

const CHAIR = "Who chairs Japan's AI Strategy Headquarters?";
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = findChromium();
if (executablePath === undefined) {
  process.stderr.write('The tests of the page are skipped: Chromium is not installed (CHROMIUM_PATH names another).\n');
}

describe.skipIf(executablePath === undefined)('the page', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startEmbeddedServer();
    browser = await chromium.launch({ args: QUIET, ...(executablePath !== undefined && { executablePath }) });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  interface Watched {
    readonly page: Page;
    /** Errors of any page of the window, and requests to another host. */
    readonly faults: string[];
  }

  async function openWatched(path: string): Promise<Watched> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const faults: string[] = [];
    context.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
    });
    context.on('weberror', (error) => faults.push(error.error().message));
    context.on('request', (request) => {
      if (!request.url().startsWith(server.url)) faults.push(`a request to ${request.url()}`);
    });
    const page = await context.newPage();
    await page.goto(server.url + path);
    return { page, faults };
  }

  async function ask(page: Page, question: string): Promise<void> {
    await page.getByLabel('Your question').fill(question);
    await page.keyboard.press('Enter');
    await page.locator('.turn:last-child .answer[aria-busy="false"]').waitFor();
  }

  test('answers, shows what the answer rests on, and opens the source at the quote', async () => {
    const { page, faults } = await openWatched('/');
    await ask(page, CHAIR);
    await page.getByRole('link', { name: /^Reference 1: / }).click();
    const reference = page.locator('#turn-1-1');
    expect(await reference.evaluate((node) => node.matches(':target'))).toBe(true);
    const shown = await reference.innerText();
    expect(shown).toContain("Japan's AI Promotion Act (2025)");
    expect(shown).toContain('Official source');
    expect(shown).toContain('In force');
    expect(shown).toContain('4 June 2025');
    expect(shown).toMatch(/Our summary \(brief\) of: \d+ sources/);
    const quote = await reference.locator('blockquote').innerText();

    const opened = page.waitForEvent('popup');
    await reference.locator('a.source').click();
    const source = await opened;
    const mark = source.locator('mark');
    await mark.waitFor();
    expect(await mark.innerText()).toBe(quote);
    const box = await mark.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(844);
    expect(await source.locator('main').innerText()).toContain('our own summary');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('follows up in the same conversation, and begins another when told to', async () => {
    const { page, faults } = await openWatched('/');
    const sent: (string | undefined)[] = [];
    page.on('request', (request) => {
      const body = request.postDataJSON() as { conversationId?: string } | null;
      if (body) sent.push(body.conversationId);
    });
    await ask(page, CHAIR);
    await ask(page, 'What does the Act say about fines?');
    expect(await page.locator('.turn').count()).toBe(2);
    await page.getByRole('button', { name: 'New conversation' }).click();
    await ask(page, CHAIR);
    expect(sent).toEqual([undefined, expect.any(String), undefined]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('says that it does not answer, and why', async () => {
    const { page, faults } = await openWatched('/');
    await ask(page, 'What is the capital gains tax rate in Brazil?');
    const abstention = page.locator('.abstention');
    expect(await abstention.getByRole('heading').innerText()).toBe('No answer, on purpose');
    expect(await abstention.locator('.prose').innerText()).toMatch(/\w+ \w+/);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('marks the answer with its language', async () => {
    const { page, faults } = await openWatched('/');
    await ask(page, '日印共同声明はAIについて何を述べていますか');
    expect(await page.locator('.prose').getAttribute('lang')).toBe('ja');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('shows markup in a question as text', async () => {
    const { page, faults } = await openWatched('/');
    const markup = '<img src=x onerror="document.title=1"><b>AI</b>';
    await ask(page, markup);
    expect(await page.locator('.question').innerText()).toBe(markup);
    expect(await page.locator('.turn img, .turn b').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('tells a failure, and tries again', async () => {
    const { page } = await openWatched('/');
    await page.route('**/api/ask', (route) => route.abort(), { times: 1 });
    await ask(page, CHAIR);
    expect(await page.getByRole('alert').innerText()).toContain('cannot be reached');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.reference').first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().close();
  });

  test('does not scroll sideways on a phone', async () => {
    const { page } = await openWatched('/');
    await ask(page, 'How much will Japan invest in India?');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
  });

  describe('of a document', () => {
    const id = 'joint-statement-ai-2026-ja';

    test('shows the text exactly as it is stored, and marks what the address names', async () => {
      const { page, faults } = await openWatched(`/documents/${id}#10-40`);
      const response = await page.request.get(`${server.url}/api/documents/${id}`);
      const { text } = (await response.json()) as { text: string };
      expect(await page.locator('mark').textContent()).toBe(text.slice(10, 40));
      expect(await page.locator('.text').textContent()).toBe(text);
      await page.evaluate("location.hash = '#100-300'");
      await page.waitForFunction("document.querySelector('mark')?.textContent?.length === 200");
      expect(await page.locator('mark').textContent()).toBe(text.slice(100, 300));
      expect(await page.locator('.text').textContent()).toBe(text);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    test.each(['#0-0', '#5-2', '#0-999999999', '#a-b', '#-1-5', ''])('marks nothing for %j', async (hash) => {
      const { page, faults } = await openWatched(`/documents/${id}${hash}`);
      await page.locator('.text').waitFor();
      expect(await page.locator('mark').count()).toBe(0);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    test.each(['/documents/no-such-document', '/documents/a/b%2Fc', '/documents/%F0%9F%98%80', '/document.html'])(
      'says in words that there is none (%s)',
      async (path) => {
        const { page } = await openWatched(path);
        expect(await page.getByRole('alert').innerText()).toMatch(/no such document/i);
        await page.context().close();
      },
    );
  });
});
