import { chromium } from 'playwright-core';
import { createServer } from 'node:http';
const base = 'http://127.0.0.1:4711';
const [what = 'all', langs = 'en', devices = 'phone,desktop', scheme = 'light'] = process.argv.slice(2);
const site = createServer((q, s) => {
  s.setHeader('content-type', 'text/html');
  s.end(
    `<!doctype html><html lang="en"><meta name=viewport content="width=device-width"><title>Host</title><body style="font-family:serif;margin:40px"><h1>A ministry's page</h1><p>${'Lorem ipsum dolor sit amet. '.repeat(60)}</p><script src="${base}/widget.js" data-lang="${q.url.slice(1, 3)}" data-theme="${scheme}"></script></body></html>`,
  );
}).listen(4712, '127.0.0.1');
const Q = {
  en: [
    'How much will Japan invest in India over the next decade?',
    'What is the capital gains tax rate in Brazil?',
    "Who chairs Japan's AI Strategy Headquarters?",
  ],
  hi: ['जापान भारत में कितना निवेश करेगा?', 'ब्राज़ील में पूंजीगत लाभ कर की दर क्या है?', 'डिजिटल साझेदारी 2.0 क्या है?'],
  ja: ['日本はインドにいくら投資しますか？', 'ブラジルのキャピタルゲイン税率は？', '広島AIプロセスとは何ですか？'],
  ta: ['ஜப்பான் இந்தியாவில் எவ்வளவு முதலீடு செய்யும்?', 'பிரேசிலில் மூலதன ஆதாய வரி விகிதம் என்ன?', 'ஹிரோஷிமா AI செயல்முறை என்றால் என்ன?'],
};
const browser = await chromium.launch({ args: ['--no-sandbox', '--disable-gpu'], executablePath: '/usr/bin/chromium' });
const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
  small: { width: 320, height: 640 },
};
const on = (name) => what === 'all' || what.split(',').includes(name);
for (const lang of langs.split(','))
  for (const device of devices.split(',')) {
    const context = await browser.newContext({
      viewport: sizes[device],
      locale: lang,
      colorScheme: scheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()));
    const shot = async (name, fullPage = false) => {
      await page.waitForTimeout(150);
      await page.screenshot({ path: `/tmp/surfaces-shots/${name}-${lang}-${device}-${scheme}.png`, fullPage });
    };
    const ask = async (q) => {
      const n = await page.locator('.turn').count();
      await page.getByRole('textbox').first().fill(q);
      await page.keyboard.press('Enter');
      await page.locator('.turn').nth(n).waitFor();
      await page.locator('.turn:last-child[aria-busy="false"]').waitFor();
    };
    try {
      if (on('welcome')) {
        await page.goto(base);
        await page.locator('.welcome').first().waitFor();
        await shot('welcome');
      }
      if (on('answer')) {
        await page.goto(base);
        await ask(Q[lang][0]);
        await shot('answer');
        await page.evaluate('scrollTo(0,0)');
        await shot('answerfull', true);
        if (await page.locator('[data-marker]').count()) {
          await page.locator('[data-marker]').first().click();
          await page.locator('mark').first().waitFor();
          await shot('source');
          await page.keyboard.press('Escape');
        }
      }
      if (on('abstain')) {
        await page.goto(base);
        await page.getByRole('textbox').first().waitFor();
        await ask(Q[lang][1]);
        await shot('abstain', true);
      }
      if (on('receipt')) {
        await page.goto(base);
        await ask(Q[lang][2]);
        await page.locator('.actions').last().scrollIntoViewIfNeeded();
        await shot('second');
        await page.locator('.actions button').nth(-1).waitFor();
        const r = page.locator('button', { hasText: { en: 'Receipt', hi: 'रसीद', ja: '検証', ta: 'ரசீது' }[lang] });
        if (await r.count()) {
          await r.last().click();
          await page.waitForTimeout(400);
          await shot('receipt');
        } else console.log(lang, 'no receipt button', await page.locator('.actions button').allInnerTexts());
      }
      if (on('corpus')) {
        await page.goto(base + '/corpus');
        await page.locator('.event').first().waitFor();
        await shot('corpus', true);
      }
      if (on('document')) {
        await page.goto(
          base + '/documents/' + (lang === 'ja' ? 'joint-statement-ai-2026-ja' : 'joint-statement-ai-2026'),
        );
        await page.locator('.text').waitFor();
        await shot('document');
      }
      if (on('admin')) {
        await page.goto(base + '/admin');
        await page.locator('.key-form').waitFor();
        await shot('adminkey');
        await page.locator('.key-form input').fill('admin-key');
        await page.keyboard.press('Enter');
        await page.locator('.held').waitFor();
        await page.waitForTimeout(500);
        await shot('admin', true);
      }
      if (on('widget')) {
        await page.goto('http://127.0.0.1:4712/' + lang);
        const b = page.locator('button');
        await b.first().waitFor();
        await shot('widgetclosed');
        await b.first().click();
        await page.waitForTimeout(200);
        await shot('widgetopen');
        await page.getByRole('textbox').first().fill(Q[lang][2]);
        await page.keyboard.press('Enter');
        await page.locator('[data-marker]').first().click({ timeout: 8000 });
        await page.waitForTimeout(200);
        await shot('widget');
      }
    } catch (e) {
      console.log(lang, device, String(e).slice(0, 400));
      await shot('error');
    }
    await context.close();
  }
await browser.close();
site.close();
