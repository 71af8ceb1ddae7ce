import type { PdfCell, PdfLine, PdfPage, PdfText } from './pdf-page.ts';

/** Runs whose base lines are closer than this share of their size stand on one line. */
const SAME_LINE = 0.45;
/** A gap wider than this many sizes parts a line into cells, one wider than a narrow space its words. */
const CELL_GAP = 1.4;
const WORD_GAP = 0.18;
/** The gutter between columns: at least this wide in sizes, with at least this share of the lines on either side. */
const GUTTER = 1;
const LEAST_OF_COLUMN = 0.25;
const MOST_CROSSING = 0.15;
/** Lines of a column are prose: on average longer than this, where those of a table are not. */
const PROSE_CHARACTERS = 24;
const EDGE_LINES = 3;

/** The lines of a page in reading order: column after column, what spans them where it stands. */
export function layOutPage({ width, texts }: PdfPage): PdfLine[] {
  const lines = joinLines(texts);
  const ordered = splitColumns(lines, width);
  const edge = edgeLevels(lines);
  return ordered.map((line) => ({ ...line, atEdge: edge.has(Math.round(line.y)) }));
}

type Line = Omit<PdfLine, 'atEdge'>;

function edgeLevels(lines: readonly Line[]): Set<number> {
  const levels = [...new Set(lines.map(({ y }) => Math.round(y)))].toSorted((a, b) => a - b);
  return new Set([...levels.slice(0, EDGE_LINES), ...levels.slice(-EDGE_LINES)]);
}

/** Lines from the top, each with its cells from the left. */
function joinLines(texts: readonly PdfText[]): Line[] {
  const rows: PdfText[][] = [];
  for (const text of texts.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const row = rows.at(-1);
    const anchor = row?.[0];
    if (row && anchor && text.y - anchor.y <= Math.max(anchor.size, text.size) * SAME_LINE) row.push(text);
    else rows.push([text]);
  }
  return rows.map(joinCells);
}

function joinCells(row: readonly PdfText[]): Line {
  const cells: { text: string; x: number; right: number }[] = [];
  for (const run of row.toSorted((a, b) => a.x - b.x)) {
    const cell = cells.at(-1);
    const gap = cell ? run.x - cell.right : Number.POSITIVE_INFINITY;
    if (!cell || gap > run.size * CELL_GAP) cells.push({ text: run.text, x: run.x, right: run.x + run.width });
    else append(cell, run, gap);
  }
  const size = Math.max(...row.map((text) => text.size));
  const tidy = cells.map((cell) => ({ ...cell, text: cell.text.replaceAll(/\s+/gu, ' ').trim() }));
  return { cells: tidy, ...edgesOf(tidy), y: Math.max(...row.map(({ y }) => y)), size };
}

/** Shadows and fake bold draw the same run twice: it is taken once. */
function append(cell: { text: string; right: number }, { text, x, width, size }: PdfText, gap: number): void {
  if (gap < -width / 2 && cell.text.endsWith(text)) return;
  const space = gap > size * WORD_GAP && !/\s$/.test(cell.text) ? ' ' : '';
  cell.text += space + text;
  cell.right = Math.max(cell.right, x + width);
}

function edgesOf(cells: readonly PdfCell[]): { x: number; right: number } {
  return { x: Math.min(...cells.map(({ x }) => x)), right: Math.max(...cells.map(({ right }) => right)) };
}

/** Where prose stands in two columns, left before right between the lines that span both. */
function splitColumns(lines: readonly Line[], pageWidth: number): Line[] {
  const gutter = findGutter(lines, pageWidth);
  if (gutter === undefined) return [...lines];
  const ordered: Line[] = [];
  let left: Line[] = [];
  let right: Line[] = [];
  const close = (): void => {
    ordered.push(...left, ...splitColumns(right, pageWidth));
    [left, right] = [[], []];
  };
  for (const line of lines) {
    const before = line.cells.filter((cell) => cell.right <= gutter);
    const after = line.cells.filter((cell) => cell.x >= gutter);
    if (before.length + after.length < line.cells.length) {
      close();
      ordered.push(line);
      continue;
    }
    if (before.length > 0) left.push({ ...line, cells: before, ...edgesOf(before) });
    if (after.length > 0) right.push({ ...line, cells: after, ...edgesOf(after) });
  }
  close();
  return ordered;
}

/** An x that hardly any line crosses, with prose on both sides. */
function findGutter(lines: readonly Line[], pageWidth: number): number | undefined {
  const size = medianOf(lines.map((line) => line.size));
  const widest = findStrips(lines, { from: pageWidth * 0.2, to: pageWidth * 0.8, step: Math.max(1, size / 3) })
    .filter(({ start, end }) => end - start >= size * GUTTER)
    .toSorted((a, b) => b.end - b.start - (a.end - a.start))[0];
  const at = widest && (widest.start + widest.end) / 2;
  return at !== undefined && isProseOnBothSides(lines, at) ? at : undefined;
}

/** Strips of the page, from the left, that hardly any line crosses. */
function findStrips(
  lines: readonly Line[],
  { from, to, step }: { from: number; to: number; step: number },
): { start: number; end: number }[] {
  const strips: { start: number; end: number }[] = [];
  let isOpen = false;
  for (let x = from; x <= to; x += step) {
    const isFree = crossed(lines, x) <= lines.length * MOST_CROSSING;
    const strip = strips.at(-1);
    if (isFree && isOpen && strip) strip.end = x;
    else if (isFree) strips.push({ start: x, end: x });
    isOpen = isFree;
  }
  return strips;
}

function crossed(lines: readonly Line[], x: number): number {
  return lines.filter(({ cells }) => cells.some((cell) => cell.x < x && cell.right > x)).length;
}

function isProseOnBothSides(lines: readonly Line[], gutter: number): boolean {
  const sides = [
    lines.flatMap(({ cells }) => cells.filter(({ right }) => right <= gutter)),
    lines.flatMap(({ cells }) => cells.filter(({ x }) => x >= gutter)),
  ];
  return sides.every((cells) => {
    const characters = cells.reduce((sum, { text }) => sum + text.length, 0);
    return cells.length >= lines.length * LEAST_OF_COLUMN && characters / cells.length > PROSE_CHARACTERS;
  });
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
