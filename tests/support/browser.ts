import { chromium, type Browser, type BrowserContextOptions, type ConsoleMessage, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium } from './environment.ts';
import { startEmbeddedServer, type TestServer } from './start-server.ts';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page that is watched: nothing may be reported on its console, and no request may leave the server. */
export interface Watched {
  readonly page: Page;
  /** Errors and warnings of any page of the window, and requests to another host. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

export interface Browsing {
  /** The server under test; there once the tests run. */
  readonly server: () => TestServer;
  /** Opens a path of the server on a phone, or as `options` say. */
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Watched>;
}

/** Tests in Chromium against a server of their own; skipped, with a printed reason, where there is no Chromium. */
export function describeInBrowser(
  name: string,
  tests: (browsing: Browsing) => void,
  settings: Readonly<Record<string, string>> = {},
): void {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    process.stderr.write(`${name}: skipped, as Chromium is not installed (CHROMIUM_PATH names another).\n`);
  }
  // oxlint-disable-next-line vitest/valid-title -- the title is the caller's
  describe.skipIf(executablePath === undefined)(name, () => {
    let server: TestServer;
    let browser: Browser;
    beforeAll(async () => {
      [server, browser] = await Promise.all([
        startEmbeddedServer(settings),
        chromium.launch({ args: QUIET, ...(executablePath !== undefined && { executablePath }) }),
      ]);
    });
    afterAll(async () => {
      await browser.close();
      await server.stop();
    });
    tests({
      server: () => server,
      open: (path, options = {}) => openWatched(browser, { origin: server.url, path, options }),
    });
  });
}

async function openWatched(
  browser: Browser,
  { origin, path, options }: { origin: string; path: string; options: BrowserContextOptions },
): Promise<Watched> {
  const phone = { viewport: { width: 390, height: 844 }, locale: 'en', reducedMotion: 'reduce' } as const;
  const context = await browser.newContext({ ...phone, ...options });
  const faults: string[] = [];
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('request', (request) => {
    if (!/^(?:blob|data):/.test(request.url()) && new URL(request.url()).origin !== new URL(origin).origin) {
      faults.push(`a request to ${request.url()}`);
    }
  });
  const page = await context.newPage();
  await page.goto(new URL(path, origin).href);
  return { page, faults, close: () => context.close() };
}

/** Types a question into the page's first text box, and waits for its end. */
export async function askOnPage(page: Page, question: string): Promise<void> {
  const turns = page.locator('.turn');
  const before = await turns.count();
  await page.getByRole('textbox').first().fill(question);
  await page.keyboard.press('Enter');
  await turns.nth(before).waitFor();
  await page.locator('.turn:last-child[aria-busy="false"]').waitFor();
}

/** For a test that walks through many views: a busy machine takes its time. */
export const LONG_MS = 90_000;

export const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;
