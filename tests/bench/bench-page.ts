import { createServer } from 'node:http';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { pairsOf } from '../support/channel-driver.ts';
import { createContractClient } from '../support/contract-client.ts';
import { findChromium } from '../support/environment.ts';
import { readFiftyQuestions } from '../support/fifty-questions.ts';
import { startEmbeddedServer } from '../support/start-server.ts';
import { createFollower } from '../support/surfaces.ts';

const VIEWS = ['/', '/corpus', '/documents/joint-statement-ai-2026', '/admin'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

interface Measured {
  readonly lines: string[];
  readonly figures: Record<string, unknown>;
}

/** What the page weighs, how soon it shows something, what of the citations it brings, and Lighthouse's scores where that is installed. */
export async function benchPage(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      every: { type: 'string', default: '1' },
      lighthouse: { type: 'string', default: 'lighthouse' },
      json: { type: 'string', default: 'tests/bench/out/page.json' },
    },
  });
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('Chromium is not installed (CHROMIUM_PATH names another).');
  const site = await openSite();
  const server = await startEmbeddedServer({ WIDGET_ORIGINS: site.origin, ADMIN_API_KEY: 'key' });
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  });
  const measured: Measured = { lines: [], figures: {} };
  const questions = readFiftyQuestions().filter((_question, index) => index % Number(values.every) === 0);
  await measureLoad(browser, server.url, measured);
  await measureCitations(browser, { url: server.url, site: site.origin, questions }, measured);
  await measureLighthouse(await loadLighthouse(values.lighthouse), { url: server.url, port }, measured);
  process.stdout.write(`${measured.lines.join('\n')}\n`);
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(measured.figures, null, 2)}\n`);
  await browser.close();
  await server.stop();
  site.close();
}

/** A page of another site that embeds the widget of the server in its query. */
async function openSite(): Promise<{ readonly origin: string; readonly close: () => void }> {
  const site = createServer((request, response) => {
    const script = new URL(request.url ?? '', 'http://x').searchParams.get('script') ?? '';
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>Host</title><script src="${script}" defer></script></html>`);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  return {
    origin: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    close: () => {
      site.closeAllConnections();
      site.close();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function measureLoad(browser: Browser, url: string, { lines, figures }: Measured): Promise<void> {
  for (const path of VIEWS) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(new URL(path, url).href, { waitUntil: 'networkidle' });
    const [bytes, paintedMs] = (await page.evaluate(
      `[
        performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')).reduce((sum, one) => sum + one.encodedBodySize, 0),
        performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1,
      ]`,
    )) as [number, number];
    lines.push(
      `${path.padEnd(40)}first load ${(bytes / 1024).toFixed(1)} KiB compressed, first contentful paint ${Math.round(paintedMs)} ms`,
    );
    figures[path] = { bytes, paintedMs };
    await page.context().close();
  }
  figures['firstSentenceMs'] = await measureFirstSentence(browser, url);
  const waits = figures['firstSentenceMs'] as number[];
  lines.push(
    `from Enter to the first sentence: median ${waits[Math.floor(waits.length / 2)]} ms of ${waits.length}, slowest ${waits.at(-1)} ms`,
  );
}

async function measureFirstSentence(browser: Browser, url: string): Promise<number[]> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  const waits: number[] = [];
  for (const question of readFiftyQuestions().filter((_one, index) => index % 5 === 0)) {
    await page.getByRole('button', { name: 'New conversation' }).first().click();
    await page.getByRole('textbox').first().fill(question);
    const began = Date.now();
    await page.keyboard.press('Enter');
    await page.locator('.turn .prose').first().waitFor();
    waits.push(Date.now() - began);
    await page.locator('.turn[aria-busy="false"]').waitFor();
  }
  await page.context().close();
  return waits.toSorted((a, b) => a - b);
}

interface Asking {
  readonly url: string;
  readonly site: string;
  readonly questions: readonly string[];
}

async function measureCitations(browser: Browser, asking: Asking, { lines, figures }: Measured): Promise<void> {
  const client = createContractClient(asking.url);
  const follow = createFollower(asking.url);
  const page = await (await browser.newContext()).newPage();
  const widget = await (await browser.newContext()).newPage();
  await widget.goto(`${asking.site}/?script=${encodeURIComponent(`${asking.url}/widget.js`)}`);
  await widget.getByRole('button').first().click();
  const intact = { page: 0, widget: 0 };
  for (const question of asking.questions) {
    const wanted = JSON.stringify(pairsOf((await client.ask({ question })).citations));
    if (JSON.stringify(await follow(await readPage(page, asking.url, question))) === wanted) intact.page++;
    if (JSON.stringify(await follow(await readWidget(widget, question))) === wanted) intact.widget++;
    await widget.reload();
    await widget.getByRole('button').first().click();
  }
  for (const [name, count] of Object.entries(intact))
    lines.push(`citations intact, ${name}: ${count}/${asking.questions.length}`);
  figures['citationsIntact'] = intact;
}

async function readPage(page: Page, url: string, question: string): Promise<string[]> {
  await page.goto(`${url}/?q=${encodeURIComponent(question)}`);
  await page.locator('.turn[aria-busy="false"]').waitFor();
  return page.evaluate("[...document.querySelectorAll('.reference a.source')].map(({ href }) => href)");
}

async function readWidget(page: Page, question: string): Promise<string[]> {
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
  await page.locator('[aria-busy="false"]').first().waitFor();
  const found: string[] = [];
  for (const marker of await page.locator('[data-marker]').all()) {
    if ((await marker.getAttribute('aria-expanded')) !== 'true') await marker.click();
    const cited = page.locator('.cited');
    found.push((await cited.getByRole('link').last().getAttribute('href')) ?? '');
  }
  return found;
}

interface Report {
  readonly lhr: { readonly categories: Readonly<Record<string, { readonly score: number | null }>> };
}
type Lighthouse = (url: string, flags: object, config?: object) => Promise<Report | undefined>;

async function measureLighthouse(
  lighthouse: Lighthouse | undefined,
  { url, port }: { readonly url: string; readonly port: number },
  { lines, figures }: Measured,
): Promise<void> {
  if (!lighthouse) {
    lines.push('Lighthouse is not installed: npm install --no-save --ignore-scripts lighthouse@12');
    return;
  }
  const scores: Record<string, number[]> = {};
  for (const form of ['mobile', 'desktop'])
    for (const path of VIEWS) {
      const report = await lighthouse(
        new URL(path, url).href,
        { port, onlyCategories: CATEGORIES, logLevel: 'error' },
        form === 'desktop' ? DESKTOP : undefined,
      );
      scores[`${form} ${path}`] = CATEGORIES.map((one) => Math.round((report?.lhr.categories[one]?.score ?? 0) * 100));
    }
  for (const [view, row] of Object.entries(scores))
    lines.push(`Lighthouse ${view.padEnd(44)}${CATEGORIES.map((name, i) => `${name} ${row[i]}`).join(', ')}`);
  figures['lighthouse'] = scores;
}

const DESKTOP = {
  extends: 'lighthouse:default',
  settings: {
    formFactor: 'desktop',
    screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
    throttling: { rttMs: 40, throughputKbps: 10_240, cpuSlowdownMultiplier: 1 },
  },
};

/** It weighs 150 MB, so nobody has it installed for this alone. */
async function loadLighthouse(name: string): Promise<Lighthouse | undefined> {
  try {
    const file = createRequire(import.meta.url).resolve(name);
    return ((await import(file)) as { default: Lighthouse }).default;
  } catch {
    return undefined;
  }
}
