import type { PdfLine } from './pdf-page.ts';

/** A line larger than the body by this factor is a heading, when it is short. */
const HEADING_FACTOR = 1.15;
const LONGEST_HEADING = 160;
const MOST_HEADING_LINES = 3;
/** A gap above a line, in its size, that begins a paragraph; rows of a table may stand further apart. */
const PARAGRAPH_GAP = 1.75;
const ROW_GAP = 2.8;
const INDENT = 1;
const ITEM = /^(?:\(?[a-z\d]{1,3}[.)]|\([ivxlc]{1,6}\)|[•●◦▪■‣∙·–—-])\s/iu;
const SENTENCE_END = /[.!?:;。！？।”"’)\]]$/u;

/** A paragraph, heading or table, with the page that each line stands on. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'table';
  readonly lines: { readonly line: PdfLine; readonly page: number }[];
}

export function textOf(line: PdfLine): string {
  return line.cells.map(({ text }) => text).join(' ');
}

/** The blocks of all pages in order; what a page cut in two is one. */
export function findBlocks(pages: readonly PdfLine[][], bodySize: number): Block[] {
  return joinAcrossPages(pages.flatMap((lines, page) => blocksOf(lines, page, bodySize)));
}

function blocksOf(lines: readonly PdfLine[], page: number, bodySize: number): Block[] {
  const blocks: Block[] = [];
  const leftEdge = Math.min(...lines.map(({ x }) => x));
  for (const [i, line] of lines.entries()) {
    const kind = kindOf(line, bodySize);
    const block = blocks.at(-1);
    const previous = lines[i - 1];
    const isOne = block?.kind === kind && previous !== undefined && GOES_ON[kind](line, previous, leftEdge);
    if (isOne) block.lines.push({ line, page });
    else blocks.push({ kind, lines: [{ line, page }] });
  }
  return blocks.map(withoutFalseHeading);
}

function kindOf(line: PdfLine, bodySize: number): Block['kind'] {
  if (line.cells.length > 1 && !isMarkedItem(line)) return 'table';
  const text = textOf(line);
  const isLarge = line.size > bodySize * HEADING_FACTOR && text.length <= LONGEST_HEADING;
  return isLarge && /\p{L}{2}/u.test(text) && !ITEM.test(text) ? 'heading' : 'paragraph';
}

/** A bullet or number, a gap, and its text. */
function isMarkedItem({ cells }: PdfLine): boolean {
  const [marker] = cells;
  return cells.length === 2 && marker !== undefined && marker.text.length <= 5 && ITEM.test(`${marker.text} x`);
}

/** Whether a line goes on from the one before it, by the kind of both. */
const GOES_ON: Readonly<Record<Block['kind'], (line: PdfLine, previous: PdfLine, leftEdge: number) => boolean>> = {
  table: (line, previous) => line.y > previous.y && line.y - previous.y <= line.size * ROW_GAP,
  heading: (line, previous) => isClose(line, previous) && !ITEM.test(textOf(line)),
  paragraph(line, previous, leftEdge) {
    const isEnded = SENTENCE_END.test(textOf(previous));
    // The next column begins above.
    if (line.y < previous.y) return !isEnded;
    if (!isClose(line, previous) || ITEM.test(textOf(line))) return false;
    const isIndented = line.x > Math.max(previous.x, leftEdge) + line.size * INDENT;
    return !isIndented || !isEnded;
  },
};

/** Below it, in the same size and without a gap. */
function isClose(line: PdfLine, previous: PdfLine): boolean {
  const gap = line.y - previous.y;
  const isNear = gap >= 0 && gap <= Math.max(line.size, previous.size) * PARAGRAPH_GAP;
  return isNear && Math.abs(line.size - previous.size) <= 1;
}

/** Body text set larger than most of a document, which may be tables. */
function withoutFalseHeading({ kind, lines }: Block): Block {
  const last = lines.at(-1)?.line;
  const isLong =
    lines.length > MOST_HEADING_LINES || (lines.length > 1 && last !== undefined && /[.;,]$/.test(textOf(last)));
  return { kind: kind === 'heading' && isLong ? 'paragraph' : kind, lines };
}

function joinAcrossPages(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const before = joined.at(-1);
    if (before && isCut(before, block)) before.lines.push(...block.lines);
    else joined.push({ ...block, lines: [...block.lines] });
  }
  return joined;
}

/** A paragraph that ends within a sentence at the end of a page, and one that begins within a sentence on the next. */
function isCut(before: Block, after: Block): boolean {
  const last = before.lines.at(-1);
  const first = after.lines[0];
  if (!last || !first || before.kind !== 'paragraph' || after.kind !== 'paragraph') return false;
  const next = textOf(first.line);
  const isWithin = !SENTENCE_END.test(textOf(last.line)) && /^[\p{Ll}\p{Lo}(]/u.test(next) && !ITEM.test(next);
  return isWithin && first.page === last.page + 1;
}
