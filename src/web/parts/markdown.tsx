import type { ComponentChildren } from 'preact';

/** Makes what stands for a marker `[n]`. */
export type RenderMarker = (marker: number) => ComponentChildren;

/** A space that no line breaks at, not even after a danda. */
const GLUE = '\u2060\u00a0';

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
    const before = text.slice(rest, match.index);
    if (number === undefined) nodes.push(before, bracket ?? whole);
    else nodes.push(...glue(before, marker(Number(number))));
    rest = match.index + whole.length;
  }
  return [...nodes, text.slice(rest)];
}

/** The last word and the space behind it; of scripts that put no spaces between words, the last two letters. */
const LAST_WORD =
  /(?:[\u3000-\u30FF\u4E00-\u9FFF\uFF00-\uFFEF]{1,2}|[^\s\u3000-\u30FF\u4E00-\u9FFF\uFF00-\uFFEF]{1,30}) ?$/;

/** A marker stays on the line of the word it follows: a button may else be parted from it, whatever stands between. */
export function glue(before: string, marker: ComponentChildren): ComponentChildren[] {
  const at = LAST_WORD.exec(before)?.index ?? before.length;
  return [
    before.slice(0, at),
    <span class="glued">
      {before.slice(at).replace(/ $/, GLUE)}
      {marker}
    </span>,
  ];
}
