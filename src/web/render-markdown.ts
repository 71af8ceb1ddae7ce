import { element } from './element.ts';

/** Makes what stands for a marker `[n]`, such as a link to the reference. */
export type RenderMarker = (marker: number) => Node;

/** An unescaped `[n]`, or a bracket that is escaped so as not to be one. */
const BRACKETS = /\\([[\]])|\[(\d+)\]/g;

/** The little Markdown an answer is written in: paragraphs, `- ` lists, a note in `_italics_`, and markers. */
export function renderMarkdown(markdown: string, renderMarker: RenderMarker): Node[] {
  return markdown.split(/\n{2,}/).flatMap((block) => renderBlock(block, renderMarker));
}

function renderBlock(block: string, renderMarker: RenderMarker): Node[] {
  const note = /^_([^]+)_$/.exec(block.trim())?.[1];
  if (note !== undefined) return [element('p', { class: 'note' }, [element('em', {}, [note])])];
  const nodes: HTMLElement[] = [];
  for (const line of block.split('\n').filter((text) => text.trim() !== '')) {
    const last = nodes.at(-1);
    if (!line.startsWith('- ')) nodes.push(element('p', {}, renderInline(line, renderMarker)));
    else {
      const item = element('li', {}, renderInline(line.slice(2), renderMarker));
      if (last instanceof HTMLUListElement) last.append(item);
      else nodes.push(element('ul', {}, [item]));
    }
  }
  return nodes;
}

/** Text with its markers made; backslashes before brackets are gone. */
function renderInline(text: string, renderMarker: RenderMarker): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let rest = 0;
  for (const match of text.matchAll(BRACKETS)) {
    const [whole, bracket, marker] = match;
    // A marker stays on the line of the word it follows.
    const before = text.slice(rest, match.index);
    nodes.push(marker === undefined ? before : before.replace(/ $/, '\u00a0'));
    nodes.push(marker === undefined ? (bracket ?? whole) : renderMarker(Number(marker)));
    rest = match.index + whole.length;
  }
  return [...nodes, text.slice(rest)];
}
