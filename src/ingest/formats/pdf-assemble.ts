import { findBlocks, textOf, type Block } from './pdf-blocks.ts';
import type { PdfLine } from './pdf-page.ts';

/** A heading larger than the body by this factor is one of the first rank. */
const LARGE_FACTOR = 1.5;
/** A line of prose is at least as long. Characters. */
const SHORTEST_PROSE = 40;
/** A line at the edge of a page is a running head when as many pages have it. */
const FEWEST_REPEATS = 3;
const SHARE_OF_PAGES = 0.3;
/** A page with fewer lines has no head: what it says is its text. */
const FEWEST_LINES = 4;
const PAGE_NUMBER = /^(?:page|seite|p\.)?\s*[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—]?(?:\s*(?:of|\/)\s*\d{1,4})?$/i;
const BULLET = /^[•●◦▪■‣∙·*–—-]\s+/u;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、。「」]/u;

/** Pages as one text: running heads gone, paragraphs and words that a line or page broke joined again. */
export function assemblePages(pages: readonly PdfLine[][]): { text: string; pageStarts: number[] } {
  const kept = dropRunningHeads(pages);
  const bodySize = mostCommonSize(kept);
  return write(findBlocks(kept, bodySize), { pages: pages.length, bodySize, hyphenated: hyphenatedWords(kept) });
}

function dropRunningHeads(pages: readonly PdfLine[][]): PdfLine[][] {
  const keyOf = (line: PdfLine): string => `${Math.round(line.y / 6)} ${textOf(line).replaceAll(/\d+/g, '#')}`;
  const seen = new Map<string, number>();
  for (const lines of pages) {
    for (const key of new Set(lines.filter(({ atEdge }) => atEdge).map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const enough = Math.max(FEWEST_REPEATS, pages.length * SHARE_OF_PAGES);
  return pages.map((lines) =>
    lines.length < FEWEST_LINES
      ? lines
      : lines.filter(
          (line) => !line.atEdge || ((seen.get(keyOf(line)) ?? 0) < enough && !PAGE_NUMBER.test(textOf(line))),
        ),
  );
}

/** The size in which most prose is set; of all text where there is none. */
function mostCommonSize(pages: readonly PdfLine[][]): number {
  const lines = pages.flat();
  const prose = lines.filter((line) => line.cells.length === 1 && textOf(line).length > SHORTEST_PROSE);
  const counts = new Map<number, number>();
  for (const line of prose.length > 0 ? prose : lines) {
    const size = Math.round(line.size * 2) / 2;
    counts.set(size, (counts.get(size) ?? 0) + textOf(line).length);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

/** Words with a hyphen of their own, as they stand within lines. */
function hyphenatedWords(pages: readonly PdfLine[][]): ReadonlySet<string> {
  return new Set(
    pages.flat().flatMap(
      (line) =>
        textOf(line)
          .toLowerCase()
          .match(/\p{L}+-\p{L}+/gu) ?? [],
    ),
  );
}

interface Style {
  readonly pages: number;
  readonly bodySize: number;
  readonly hyphenated: ReadonlySet<string>;
}

function write(blocks: readonly Block[], style: Style): { text: string; pageStarts: number[] } {
  const starts: number[] = [];
  let text = '';
  for (const block of blocks) {
    if (text !== '') text += '\n\n';
    for (const [i, { line, page }] of block.lines.entries()) {
      const part = RENDER[block.kind](line, i, { block, style });
      if (i > 0) text = block.kind === 'table' ? `${text}\n` : joinLine(text, part, style.hyphenated);
      while (starts.length <= page) starts.push(text.length);
      text += part;
    }
  }
  while (starts.length < style.pages) starts.push(text.length);
  return { text, pageStarts: starts };
}

type Render = (line: PdfLine, at: number, where: { readonly block: Block; readonly style: Style }) => string;

const RENDER: Readonly<Record<Block['kind'], Render>> = {
  paragraph: (line) => textOf(line).replace(BULLET, '- '),
  heading(line, at, { style }) {
    const marks = line.size > style.bodySize * LARGE_FACTOR ? '##' : '###';
    return at === 0 ? `${marks} ${textOf(line)}` : textOf(line);
  },
  table(line, at, { block }) {
    const cells = line.cells.map(({ text }) => text.replaceAll('|', String.raw`\|`));
    if (at > 0) return `| ${cells.join(' | ')} |`;
    // Markdown knows a table by a first row that is as wide as the rule below it.
    const width = Math.max(...block.lines.map((row) => row.line.cells.length));
    const missing = Array.from({ length: width - cells.length }, () => '');
    return `| ${[...cells, ...missing].join(' | ')} |\n|${' --- |'.repeat(width)}`;
  },
};

/** The text so far, ready for the next line of its paragraph: a word that was broken goes on. */
function joinLine(text: string, next: string, hyphenated: ReadonlySet<string>): string {
  if (text.endsWith('\u00ad')) return text.slice(0, -1);
  const broken = /\p{L}+-$/u.exec(text.slice(-60))?.[0];
  const rest = /^\p{Ll}+/u.exec(next)?.[0];
  if (broken === undefined || rest === undefined) return isWideBreak(text, next) ? text : `${text} `;
  return hyphenated.has(`${broken}${rest}`.toLowerCase()) ? text : text.slice(0, -1);
}

/** Between two characters of a script that is written without spaces. */
function isWideBreak(text: string, next: string): boolean {
  return WIDE.test(text.slice(-1)) && WIDE.test(next.slice(0, 1));
}
