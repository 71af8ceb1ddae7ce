import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readFormat } from '../../../src/ingest/formats/read-format.ts';

const read = (name: string, content: string | Uint8Array) =>
  readFormat({ name, bytes: typeof content === 'string' ? Buffer.from(content) : content });

describe('a web page', () => {
  const page = `<!doctype html><html lang="en-IN"><head><title>Accord | Ministry</title><script>track()</script></head><body>
    <div class="cookie-banner">We use cookies. <button>Accept</button></div>
    <header><nav><a href="/">Home</a></nav></header>
    <ul class="menu"><li><a href="/a">About us</a></li><li><a href="/b">Press</a></li></ul>
    <article><h1>The Accord</h1><p>Both parties <b>agree</b> on&nbsp;trade<sup><a href="#f1">[1]</a></sup>.<br>Second line.</p>
    <ul><li>First<ul><li>Nested</li></ul></li><li>Second</li></ul>
    <table><tr><th>Good</th><th>Duty</th></tr><tr><td>Tea | coffee</td><td>5&thinsp;%</td></tr></table>
    <p hidden>Secret</p><blockquote><p>Quoted.</p></blockquote></article>
    <aside>Related</aside><footer>© Ministry</footer></body></html>`;

  test('gives its main content as Markdown, without what surrounds it', async () => {
    const { text, metadata } = await read('a.html', page);
    expect(text).toBe(
      [
        '# The Accord',
        'Both parties agree on trade.\nSecond line.',
        '- First\n  - Nested\n- Second',
        '| Good | Duty |\n| --- | --- |\n| Tea \\| coffee | 5 % |',
        '> Quoted.',
      ].join('\n\n'),
    );
    expect(metadata).toEqual({ title: 'The Accord', language: 'en-IN' });
  });

  test('keeps a header that is prose, and a form around the whole page', async () => {
    const prose = `The preamble recognises ${'the dignity of all members '.repeat(5)}.`;
    const { text } = await read(
      'a.html',
      `<html><body><form><header><p>${prose}</p></header><p>Body.</p></form></body></html>`,
    );
    expect(text).toBe(`${prose}\n\nBody.`);
  });

  test('is read in the encoding that it declares', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<html><meta charset="windows-1252"><p>d'),
      Buffer.from([0xe9]),
      Buffer.from('j'),
      Buffer.from([0xe0]),
      Buffer.from('</p></html>'),
    ]);
    expect((await read('a.html', bytes)).text).toBe('déjà');
  });

  test('without text of its own is left out', async () => {
    await expect(read('a.html', '<html><nav>Menu</nav></html>')).rejects.toThrow(/no text/);
  });
});

describe('a text', () => {
  const japanese = '日本とインドは、包括的経済連携協定に署名した。両国は人材の交流を進める。';
  // Shift_JIS of the sentence above; no encoder comes with Node.
  const shiftJis = Buffer.from(
    '93fa967b82c683438393836882cd8141' +
      '95ef8a8793498c6f8dcf9841 8cc28ba692e882c9'.replaceAll(' ', '').replace('8cc2', '8c67'),
    'hex',
  );

  test.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${japanese}`)],
    ['UTF-16', Buffer.from(`\uFEFF${japanese}`, 'utf16le')],
  ])('in %s is read', async (_case, bytes) => {
    expect((await read('a.txt', bytes)).text).toBe(japanese);
  });

  test('in Shift_JIS is told by its bytes', async () => {
    const repeated = Buffer.concat([shiftJis, shiftJis, shiftJis]);
    expect((await read('a.txt', repeated)).text).toContain('日本とインドは');
  });

  test('in Windows-1252 is told by its bytes', async () => {
    const text =
      'L’accord est entré en vigueur le 1er août après la signature à Delhi, où les délégués étaient réunis.';
    const bytes = Buffer.from(text.replace('’', "'"), 'latin1');
    expect((await read('a.txt', bytes)).text).toBe(text.replace('’', "'"));
  });

  test.each([
    ['empty', '', /empty/],
    ['binary', 'a\0b', /NUL/],
    ['in no encoding that can be told', Buffer.from([0xe9, 0x20, 0x61]), /cannot be told/],
  ])('that is %s is left out', async (_case, content, reason) => {
    await expect(read('a.txt', content)).rejects.toThrow(reason);
  });
});

describe('what a file is', () => {
  test('is told by its first bytes, not by its name', async () => {
    expect((await read('page.txt', '<!DOCTYPE html><p>Words</p>')).text).toBe('Words');
    await expect(read('scan.pdf', 'no pdf')).rejects.toThrow(/called PDF, and is none/);
    await expect(read('memo.docx', 'no archive')).rejects.toThrow(/called DOCX, and is none/);
    await expect(read('a.bin', 'x')).rejects.toThrow(/\.bin cannot be read/);
  });
});

const filings = fileURLToPath(new URL('../../../../shared/bench/raw-docs/pdf-financebench/', import.meta.url));

test.skipIf(!hasFolder(filings))(
  'a filing keeps its pages, tables and sentences (skips without ../shared)',
  async () => {
    const { text, pageStarts = [] } = await read(
      'a.pdf',
      readFileSync(`${filings}PEPSICO_2023_8K_dated-2023-05-05.pdf`),
    );
    expect(text).toContain('| Segun Agbaje | 1,005,178,935 | 12,334,137 | 2,634,817 | 172,969,325 |');
    expect(text).toContain('PepsiCo held its 2023 Annual Meeting'.replace('PepsiCo', 'PepsiCo, Inc. (“PepsiCo”)'));
    expect(pageStarts).toHaveLength(5);
    expect(pageStarts).toEqual(pageStarts.toSorted((a, b) => a - b));
  },
);

function hasFolder(path: string): boolean {
  try {
    return readdirSync(path).length > 0;
  } catch {
    return false;
  }
}
