import type { Page } from 'playwright-core';

interface Answered {
  readonly citations: readonly object[];
}

/** Has the page's answers tell of two sources that disagree: the first older and official, the second newer and news. */
export async function makeDisagree(page: Page): Promise<void> {
  await page.route('**/api/ask', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/(?<=event: answer\ndata: ).*/, (data) => {
      const answer = JSON.parse(data) as Answered;
      const [first, second, ...others] = answer.citations;
      const citations = [
        { ...first, authority: 'official', date: '2025-08-29' },
        { ...second, authority: 'news', date: '2026-07-02' },
        ...others,
      ];
      return JSON.stringify({
        ...answer,
        citations,
        conflicts: [{ about: '', sides: [{ marker: 1 }, { marker: 2 }] }],
      });
    });
    await route.fulfill({ response, body });
  });
}
