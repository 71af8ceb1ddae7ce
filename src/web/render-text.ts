import { element } from './element.ts';

/** A half-open range of UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Line extends Range {
  readonly kind: 'heading' | 'row' | 'plain';
}

/**
 * The text exactly as stored, with the range in a `<mark>`. Headings and table rows are set apart by style alone: the
 * text content of the result is the text.
 */
export function renderText(text: string, marked: Range | undefined): { nodes: Node[]; mark: HTMLElement | undefined } {
  const lines = splitLines(text);
  const pieces = (range: Range): Node[] => lines.flatMap((line) => renderPiece(text, line, range));
  if (!marked) return { nodes: pieces({ start: 0, end: text.length }), mark: undefined };
  const mark = element('mark', { tabindex: '-1' }, pieces(marked));
  const before = pieces({ start: 0, end: marked.start });
  const after = pieces({ start: marked.end, end: text.length });
  return { nodes: [...before, mark, ...after], mark };
}

/** The range that an address's `#START-END` names, when it is one of this text. */
export function readRange(hash: string, length: number): Range | undefined {
  const [, from, to] = /^#(\d{1,9})-(\d{1,9})$/.exec(hash) ?? [];
  const [start, end] = [Number(from), Number(to)];
  return start < end && end <= length ? { start, end } : undefined;
}

function splitLines(text: string): Line[] {
  let start = 0;
  return text.split(/(?<=\n)/).map((line) => {
    const end = start + line.length;
    const kind = /^#{1,6} /.test(line) ? 'heading' : line.startsWith('|') ? 'row' : 'plain';
    const made: Line = { start, end, kind };
    start = end;
    return made;
  });
}

/** The part of a line within a range. */
function renderPiece(text: string, line: Line, range: Range): Node[] {
  const piece = text.slice(Math.max(line.start, range.start), Math.min(line.end, range.end));
  if (line.end <= range.start || line.start >= range.end || piece === '') return [];
  return [line.kind === 'plain' ? document.createTextNode(piece) : element('span', { class: line.kind }, [piece])];
}
