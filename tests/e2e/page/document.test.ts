import { expect, test } from 'vitest';
import { describeInBrowser, DESKTOP } from '../../support/browser.ts';

const JAPANESE = 'joint-statement-ai-2026-ja';
const WITH_TABLE = 'commentary-blog-ai-claims-2026';

describeInBrowser('a document on the page', ({ server, open }) => {
  const textOf = async (id: string): Promise<string> => {
    const response = await fetch(`${server().url}/api/documents/${id}`);
    return ((await response.json()) as { text: string }).text;
  };

  test('is shown exactly as it is stored, with what the address names marked', async () => {
    const text = await textOf(JAPANESE);
    const { page, faults, close } = await open(`/documents/${JAPANESE}#10-40`);
    expect(await page.locator('mark').textContent()).toBe(text.slice(10, 40));
    expect(await page.locator('.text').textContent()).toBe(text);
    // Across lines, too.
    await page.evaluate("location.hash = '#100-300'");
    await page.waitForFunction("document.querySelector('mark')?.textContent?.length === 200");
    expect(await page.locator('mark').textContent()).toBe(text.slice(100, 300));
    expect(await page.locator('.text').textContent()).toBe(text);
    expect(faults).toEqual([]);
    await close();
  });

  test('shows tables as tables and marks a row of one', async () => {
    const text = await textOf(WITH_TABLE);
    const start = text.indexOf('| Mutual recognition');
    const end = text.indexOf('\n', start);
    const { page, faults, close } = await open(`/documents/${WITH_TABLE}#${start}-${end}`, DESKTOP);
    expect(await page.locator('mark').textContent()).toBe(text.slice(start, end));
    expect(await page.locator('.text').textContent()).toBe(text);
    const box = await page.locator('mark').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(800);
    expect(faults).toEqual([]);
    await close();
  });

  test.each(['#0-0', '#5-2', '#0-999999999', '#a-b', '#-1-5', ''])('marks nothing for %j', async (hash) => {
    const { page, faults, close } = await open(`/documents/${JAPANESE}${hash}`);
    await page.locator('.text').waitFor();
    expect(await page.locator('mark').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test('says what it is, what it rests on and what it relates to', async () => {
    const { page, faults, close } = await open('/documents/digital-partnership-2-2025', DESKTOP);
    await page.getByText(/^From our brief, which rests on: /).click();
    const outside = page.locator('.sources a').first();
    expect(await outside.getAttribute('rel')).toBe('noopener noreferrer');
    const facts = page.locator('.about');
    expect(await facts.innerText()).toMatch(/Kind\s+Memorandum/);
    const related = facts.locator('dd ul a').first();
    const title = await related.innerText();
    await related.click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test.each(['/documents/no-such-document', '/documents/a/b%2Fc', '/documents/%F0%9F%98%80'])(
    'says in words that there is none (%s)',
    async (path) => {
      const { page, close } = await open(path);
      expect(await page.getByRole('alert').innerText()).toMatch(/no such document/i);
      await close();
    },
  );
});
