import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { askOnPage, describeInBrowser, DESKTOP, LONG_MS } from '../../support/browser.ts';
import { XSS_PAYLOADS } from '../../support/xss-payloads.ts';

const ID = 'hostile';
const ALL = XSS_PAYLOADS.join('\n');
const DIGEST = 'a'.repeat(64);

/** A folder with a document whose title and text are payloads. */
async function hostileCorpus(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-hostile-'));
  const [payload = ''] = XSS_PAYLOADS;
  const text = [
    `# Reactors ${payload}`,
    ...XSS_PAYLOADS.map((one, i) => `The reactor ${i} costs ${i} yen, says ${one}.`),
  ];
  const matter = [
    '---',
    `id: ${ID}`,
    `title: ${JSON.stringify(`Reactors ${payload}`)}`,
    'note: "<svg onload=pwned=1>"',
  ];
  await writeFile(
    join(folder, 'hostile.md'),
    [...matter, '---', '', ...text].join('\n\n').replaceAll('---\n\n', '---\n'),
  );
  return folder;
}

/** An answer as a hostile model would give it, each of its texts a payload. */
function hostileAnswer(): string {
  const citations = XSS_PAYLOADS.map((payload, index) => ({
    marker: index + 1,
    documentId: ID,
    chunkId: payload,
    title: payload,
    uri: payload,
    authority: 'news',
    textKind: 'brief',
    status: payload,
    date: payload,
    quote: payload,
    start: 0,
    end: payload.length,
    sources: [{ title: payload, publisher: payload, url: 'javascript:pwned=1', authority: 'news', published: payload }],
  }));
  const answer = {
    askId: 'ask_1',
    conversationId: 'c',
    outcome: 'answered',
    reason: null,
    completeness: 'full',
    language: 'en',
    standaloneQuestion: XSS_PAYLOADS.slice(0, 20).join(' '),
    answer: XSS_PAYLOADS.map((payload, index) => `- ${payload} [${index + 1}]`).join('\n'),
    sentences: [],
    citations,
    conflicts: [{ about: ALL, sides: [{ marker: 1 }, { marker: 2 }] }],
    suggestions: XSS_PAYLOADS,
    receipt: {
      indexDigest: DIGEST,
      embeddings: ALL,
      chatModel: ALL,
      promptDigests: { [ALL]: ALL },
      passages: [{ chunkId: ALL, digest: DIGEST }],
      digest: DIGEST,
    },
    trace: { stages: [{ name: ALL, durationMs: 1 }], passages: [], rejected: [{ text: ALL, reason: ALL }] },
  };
  const sentences = citations.map((citation) => {
    const sentence = { text: citation.quote, markers: [citation.marker], citations: [citation] };
    return `event: sentence\ndata: ${JSON.stringify(sentence)}\n\n`;
  });
  return `${sentences.join('')}event: answer\ndata: ${JSON.stringify(answer)}\n\n`;
}

/** Whatever ran, was shown as a dialog, or was stopped by the policy alone. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(
    "window.reports = []; addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective))",
  );
  return async () => {
    const reports: string[] = await page.evaluate('[...reports, ...("pwned" in window ? ["pwned"] : [])]');
    return [...seen, ...reports];
  };
}

const folder = await hostileCorpus();

describeInBrowser(
  'against hostile text, the page',
  ({ open }) => {
    test('has 60 payloads to stand against', () => {
      expect(new Set(XSS_PAYLOADS).size).toBe(60);
    });

    test(
      'runs nothing of a question, typed or in the address',
      async () => {
        const { page, faults, close } = await open('/', DESKTOP);
        const seen = await watch(page);
        const portions = [0, 15, 30, 45].map((from) => XSS_PAYLOADS.slice(from, from + 15).join(' '));
        for (const portion of portions) {
          await page.goto(new URL(`/?q=${encodeURIComponent(portion)}`, page.url()).href);
          await page.locator('.turn[aria-busy="false"]').waitFor();
          expect(await page.locator('.question').textContent()).toBe(portion.trim());
        }
        await askOnPage(page, portions.join(' ').slice(0, 1900));
        expect(await seen()).toEqual([]);
        expect(faults).toEqual([]);
        await close();
      },
      LONG_MS,
    );

    test(
      'runs nothing of what a model answers',
      async () => {
        const { page, faults, close } = await open('/', DESKTOP);
        const seen = await watch(page);
        await page.reload();
        const body = hostileAnswer();
        await page.route('**/api/ask', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
        await askOnPage(page, 'Anything?');
        expect(await page.locator('.reference').count()).toBe(60);
        await page.locator('[data-marker="2"]').hover();
        await page.locator('[data-marker="2"]').click();
        await page.locator('.panel .masthead').getByText('From our brief, which rests on:').click();
        expect(await page.locator('.panel .sources a').count()).toBe(0);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Receipt' }).click();
        await page.getByRole('heading', { name: 'Digests' }).waitFor();
        expect(await seen()).toEqual([]);
        expect(faults).toEqual([]);
        await close();
      },
      LONG_MS,
    );

    test('runs nothing of what a model answers in the widget', async () => {
      const { page, faults, close } = await open('/openapi.json', DESKTOP);
      const seen = await watch(page);
      const body = hostileAnswer();
      await page.route('**/api/ask', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
      await page.route('**/host', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><html lang="en"><title>Host</title><script src="/widget.js"></script></html>',
        }),
      );
      await page.goto(new URL('/host', page.url()).href);
      await page.getByRole('button', { name: 'Open the assistant' }).click();
      await page.getByRole('textbox').fill('Anything?');
      await page.keyboard.press('Enter');
      await page.locator('[data-marker="60"]').waitFor();
      for (const marker of [1, 23, 45, 60]) {
        await page.locator(`[data-marker="${marker}"]`).click();
        await page.locator('.cited summary').click();
        expect(await page.locator('.cited li a').count()).toBe(0);
      }
      expect(await seen()).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    });

    test(
      'runs nothing of a document, its title or its address',
      async () => {
        const { page, close } = await open('/', DESKTOP);
        const seen = await watch(page);
        await page.goto(new URL(`/documents/${ID}`, page.url()).href);
        await page.locator('.text').waitFor();
        for (const payload of XSS_PAYLOADS) expect(await page.locator('.text').textContent()).toContain(payload);
        await page.getByRole('link', { name: 'Ask', exact: true }).click();
        await askOnPage(page, 'What does the reactor 7 cost?');
        await page.getByRole('link', { name: 'Corpus', exact: true }).click();
        await page.locator('.corpus h1').waitFor();
        await page.goto(new URL('/documents/none', page.url()).href);
        for (const payload of XSS_PAYLOADS) {
          const address = `/documents/${encodeURIComponent(payload)}?q=${encodeURIComponent(payload)}#${payload}`;
          await page.evaluate(
            `history.pushState(null, '', ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent('popstate'))`,
          );
          await page.getByRole('alert').waitFor();
        }
        expect(await seen()).toEqual([]);
        await close();
      },
      LONG_MS,
    );
  },
  { CORPUS_DIR: folder },
);
