import { expect, test } from 'vitest';
import { askOnPage, describeInBrowser, DESKTOP } from '../../support/browser.ts';

describeInBrowser('the corpus on the page', ({ open }) => {
  test('is a timeline that is zoomed, with the relations of what is selected', async () => {
    const { page, faults, close } = await open('/corpus', DESKTOP);
    const events = page.locator('.event');
    await events.first().waitFor();
    const all = await events.count();
    await page.getByRole('button', { name: /^2026: / }).click();
    expect(await events.count()).toBeLessThan(all);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.getByRole('button', { name: 'Whole period' }).click();
    expect(await events.count()).toBe(all);
    expect(await page.locator('.relation.selected').count()).toBe(0);
    await page.getByRole('button', { name: /^16th India–Japan Annual Summit/ }).click();
    expect(await page.locator('.relation.selected').count()).toBeGreaterThan(2);
    await page.locator('.selected-group button').first().click();
    await page.locator('.selected h2 a').click();
    await page.locator('.text').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('is a table that is searched in each script, filtered and ordered', async () => {
    const { page, faults, close } = await open('/corpus', DESKTOP);
    await page.getByRole('button', { name: 'Table' }).click();
    const rows = page.locator('.documents tbody tr');
    const all = await rows.count();
    const search = page.getByRole('searchbox');
    for (const [query, count] of [
      ['ひろしま', 0],
      ['広島', 1],
      ['デジタル', 1],
      ['ﾃﾞｼﾞﾀﾙ', 1],
      ['हिरोशिमा', 1],
      ['DIGITAL partnership', 2],
    ] as const) {
      await search.fill(query);
      expect([query, (await rows.count()) >= count]).toEqual([query, true]);
      expect(await rows.count()).toBeLessThan(all);
    }
    await search.fill('');
    await page.getByRole('combobox', { name: 'Authority' }).selectOption({ label: 'Commentary' });
    expect(await rows.count()).toBe(2);
    await page.getByRole('combobox', { name: 'Authority' }).selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Date' }).click();
    expect(await rows.first().innerText()).toContain('2011');
    await search.fill('nothing at all like this');
    await page.getByRole('button', { name: 'Reset the filters' }).click();
    expect(await rows.count()).toBe(all);
    expect(faults).toEqual([]);
    await close();
  });

  test('is reached, asked and checked by keyboard alone', async () => {
    const { page, faults, close } = await open('/', DESKTOP);
    const press = async (key: string, until: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press(key);
        if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(until)}) ?? false`)) return;
      }
      throw new Error(`${until} is not reached by ${key}.`);
    };
    await page.getByRole('textbox').first().waitFor();
    await page.keyboard.type("Who chairs Japan's AI Strategy Headquarters?");
    await page.keyboard.press('Enter');
    await page.locator('.turn[aria-busy="false"]').waitFor();
    await press('Shift+Tab', '[data-marker="1"]');
    expect(await page.getByRole('tooltip').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.locator('mark').waitFor();
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('MARK');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement?.getAttribute("data-marker")')).toBe('1');
    await press('Tab', '.actions button[aria-expanded]');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'JSON with receipt' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'JSON with receipt' }).count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test('keeps still for those who ask for that', async () => {
    const { page, close } = await open('/', { reducedMotion: 'reduce' });
    await askOnPage(page, 'When was CEPA signed?');
    const moving = 'document.getAnimations().filter(({ playState }) => playState === "running").length';
    expect(await page.evaluate(moving)).toBe(0);
    await close();
  });
});
