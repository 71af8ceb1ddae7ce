import type { ComponentChildren } from 'preact';

/** Makes what stands for a marker `[n]`. */
export type RenderMarker = (marker: number) => ComponentChildren;

/** A space that no line breaks at, not even after a danda. */
export const GLUE = '\u2060\u00a0';

/** An unescaped `[n]`, or a bracket that is escaped so as not to be one. */
const BRACKETS = /\\([[\]])|\[(\d+)\]/g;

/** The little Markdown an answer is written in: paragraphs, `- ` lists, a note in `_italics_`, and markers. */
export function Markdown({ text, marker }: { readonly text: string; readonly marker: RenderMarker }) {
  return <>{text.split(/\n{2,}/).map((block) => renderBlock(block, marker))}</>;
}

function renderBlock(block: string, marker: RenderMarker): ComponentChildren {
  const note = /^_([^]+)_$/.exec(block.trim())?.[1];
  if (note !== undefined) return <p class="note">{note}</p>;
  const nodes: ComponentChildren[] = [];
  let items: ComponentChildren[] = [];
  const endList = (): void => {
    if (items.length > 0) nodes.push(<ul>{items}</ul>);
    items = [];
  };
  for (const line of block.split('\n').filter((one) => one.trim() !== '')) {
    if (line.startsWith('- ')) items.push(<li>{renderInline(line.slice(2), marker)}</li>);
    else {
      endList();
      nodes.push(<p>{renderInline(line, marker)}</p>);
    }
  }
  endList();
  return nodes;
}

/** Text with its markers made; backslashes before brackets are gone. */
export function renderInline(text: string, marker: RenderMarker): ComponentChildren[] {
  const nodes: ComponentChildren[] = [];
  let rest = 0;
  for (const match of text.matchAll(BRACKETS)) {
    const [whole, bracket, number] = match;
    // A marker stays on the line of the word it follows.
    const before = text.slice(rest, match.index);
    nodes.push(number === undefined ? before : before.replace(/ $/, GLUE));
    nodes.push(number === undefined ? (bracket ?? whole) : marker(Number(number)));
    rest = match.index + whole.length;
  }
  return [...nodes, text.slice(rest)];
}
