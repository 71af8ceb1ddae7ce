import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { clipPieces, splitLines, type Line, type Piece, type Range } from './text-pieces.ts';

interface TextProps {
  readonly text: string;
  readonly language: string;
  readonly marked: Range | undefined;
}

/**
 * The text exactly as stored, with the range in a `<mark>`. Headings, lists and tables are set apart by style alone:
 * the text content of the result is the text.
 */
export function DocumentText({ text, language, marked }: TextProps) {
  const root = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => splitLines(text), [text]);
  const { start, end } = marked ?? {};
  useLayoutEffect(() => {
    const mark = root.current?.querySelector('mark');
    if (mark) bringToMiddle(mark);
    mark?.focus({ preventScroll: true });
  }, [text, start, end]);
  return (
    <div class="text" lang={language} dir="auto" ref={root}>
      {renderLines(lines, { text, marked })}
    </div>
  );
}

/** Scrolls what holds the text, and nothing around it: the answer beside it stays where it is. */
function bringToMiddle(mark: Element): void {
  const scroller = mark.closest('.panel-body') ?? document.documentElement;
  const height = scroller.clientHeight;
  const top = scroller === document.documentElement ? 0 : scroller.getBoundingClientRect().top;
  const box = mark.getBoundingClientRect();
  scroller.scrollTop += box.top - top - Math.max(0, (height - box.height) / 2);
}

interface Rendering {
  readonly text: string;
  readonly marked: Range | undefined;
}

function renderLines(lines: readonly Line[], rendering: Rendering): ComponentChildren {
  const { text, marked } = rendering;
  const touched = lines.filter((line) => marked && line.start < marked.end && line.end > marked.start);
  const [first] = touched;
  const last = touched.at(-1);
  if (!marked || !first || !last || first === last) return groupRows(lines, rendering);
  // Across lines the mark is one run of text: a block of its own for each line would tear it.
  const pieces = touched.flatMap((line) => line.pieces);
  return [
    ...groupRows(lines.slice(0, lines.indexOf(first)), rendering),
    ...renderPieces(clipPieces(pieces, { start: first.start, end: marked.start }), text),
    <Mark>{renderPieces(clipPieces(pieces, marked), text)}</Mark>,
    ...renderPieces(clipPieces(pieces, { start: marked.end, end: last.end }), text),
    ...groupRows(lines.slice(lines.indexOf(last) + 1), rendering),
  ];
}

/** Rows that follow each other are one table. */
function groupRows(lines: readonly Line[], rendering: Rendering): ComponentChildren[] {
  const nodes: ComponentChildren[] = [];
  let rows: ComponentChildren[] = [];
  const endTable = (): void => {
    if (rows.length > 0) nodes.push(<span class="table">{rows}</span>);
    rows = [];
  };
  for (const line of lines) {
    if (line.kind === 'row' || line.kind === 'rule') rows.push(renderLine(line, rendering));
    else {
      endTable();
      nodes.push(renderLine(line, rendering));
    }
  }
  endTable();
  return nodes;
}

function renderLine(line: Line, { text, marked }: Rendering): ComponentChildren {
  const { pieces, start, end } = line;
  const name = classOf(line);
  if (!marked || marked.start >= end || marked.end <= start) {
    return <span class={name}>{renderPieces(pieces, text)}</span>;
  }
  return (
    <span class={`${name} holds-mark`}>
      {renderPieces(clipPieces(pieces, { start, end: marked.start }), text)}
      <Mark>{renderPieces(clipPieces(pieces, marked), text)}</Mark>
      {renderPieces(clipPieces(pieces, { start: marked.end, end }), text)}
    </span>
  );
}

function classOf({ kind, pieces: [first] }: Line): string {
  if (kind === 'row') return 'row';
  // A heading's level is its number of signs: what comes before its text, but for the blank.
  if (kind === 'heading' && first) return `line heading h${Math.min(first.end - first.start - 1, 3)}`;
  return kind === 'plain' ? 'line' : `line ${kind}`;
}

function Mark({ children }: { readonly children: ComponentChildren }) {
  return <mark tabIndex={-1}>{children}</mark>;
}

function renderPieces(pieces: readonly Piece[], text: string): ComponentChildren[] {
  return pieces.map(({ start, end, kind }) => {
    const piece = text.slice(start, end);
    return kind === 'text' ? piece : <span class={kind}>{piece}</span>;
  });
}
