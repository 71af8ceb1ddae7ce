import type { Element, Nodes } from 'hast';
import { childrenOf, findAll, textOf } from './hast.ts';

/** What stands within a line. */
const INLINE = new Set(
  `a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small span
  strike strong sub sup time tt u var wbr`.split(/\s+/),
);
const DEEPEST = 200;
/** A table with a cell that is longer lays a page out. */
const LONGEST_CELL = 1500;

/**
 * A tree as Markdown that reads like the page: headings, paragraphs, lists, tables, quotes. Words are not escaped: what is
 * quoted from it should read as it was written.
 */
export function renderMarkdown(node: Nodes): string {
  return renderBlocks(node, 0).join('\n\n');
}

function renderBlocks(node: Nodes, depth: number): string[] {
  if (!('children' in node)) return [];
  if (depth > DEEPEST) return [textOf(node)].filter(Boolean);
  const blocks: string[] = [];
  let line: Nodes[] = [];
  const close = (): void => {
    const text = renderInline(line);
    if (text !== '') blocks.push(text);
    line = [];
  };
  for (const child of node.children) {
    if (child.type === 'text' || (child.type === 'element' && isInline(child))) line.push(child);
    else if (child.type === 'element') {
      close();
      blocks.push(...renderBlock(child, depth + 1));
    }
  }
  close();
  return blocks;
}

/** Inline, and holding nothing else: sites wrap blocks in links and spans. */
function isInline(element: Element): boolean {
  return INLINE.has(element.tagName) && childrenOf(element).every(isInline);
}

function renderBlock(element: Element, depth: number): string[] {
  const { tagName } = element;
  if (/^h[1-6]$/.test(tagName)) return [renderHeading(element)].filter(Boolean);
  if (tagName === 'ul' || tagName === 'ol') return [renderList(element, depth)].filter(Boolean);
  if (tagName === 'table' && !laysOut(element)) return [renderTable(element)].filter(Boolean);
  if (tagName === 'pre') return [renderCode(element)].filter(Boolean);
  if (tagName === 'blockquote') return [prefix(renderBlocks(element, depth).join('\n\n'), '> ', '> ')].filter(Boolean);
  return renderBlocks(element, depth);
}

function renderHeading(element: Element): string {
  const text = textOf(element);
  return text && `${'#'.repeat(Number(element.tagName.slice(1)))} ${text}`;
}

function renderList(list: Element, depth: number): string {
  const items = childrenOf(list).filter((child) => child.tagName !== 'script');
  return items
    .map((item, i) => {
      const marker = list.tagName === 'ol' ? `${i + 1}. ` : '- ';
      // A list within an item follows its line at once, anything else after a blank one.
      const body = renderBlocks(item, depth + 1).reduce(
        (text, block) => (text === '' ? block : `${text}${/^(?:- |\d+\. )/.test(block) ? '\n' : '\n\n'}${block}`),
        '',
      );
      return body && prefix(body, marker, ' '.repeat(marker.length));
    })
    .filter(Boolean)
    .join('\n');
}

function prefix(text: string, first: string, rest: string): string {
  if (text === '') return '';
  return text
    .split('\n')
    .map((line, i) => (i === 0 ? first : line === '' ? rest.trimEnd() : rest) + line)
    .join('\n');
}

/** Tables that place blocks on a page rather than hold values. */
function laysOut(table: Element): boolean {
  if (findAll(table, 'table').length > 0) return true;
  const rows = findAll(table, 'tr');
  const widest = Math.max(0, ...rows.map((row) => findAll(row, 'td', 'th').length));
  return widest < 2 || findAll(table, 'td', 'th').some((cell) => textOf(cell).length > LONGEST_CELL);
}

function renderTable(table: Element): string {
  const rows = findAll(table, 'tr').map((row) => findAll(row, 'td', 'th').map(renderCell));
  const width = Math.max(...rows.map((row) => row.length));
  const lines = rows
    .filter((row) => row.some((cell) => cell !== ''))
    .map((row) => `| ${[...row, ...Array.from({ length: width - row.length }, () => '')].join(' | ')} |`);
  if (lines.length === 0) return '';
  const caption = findAll(table, 'caption').map(textOf).find(Boolean);
  const rule = `|${' --- |'.repeat(width)}`;
  return [...(caption === undefined ? [] : [caption, '']), lines[0], rule, ...lines.slice(1)].join('\n');
}

function renderCell(cell: Element): string {
  return renderBlocks(cell, 0)
    .join(' ')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll('|', String.raw`\|`);
}

function renderCode(element: Element): string {
  const lines = rawTextOf(element).replace(/^\n+|\s+$/g, '');
  return lines && `\`\`\`\n${lines.replaceAll('```', "'''")}\n\`\`\``;
}

function rawTextOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(rawTextOf).join('') : '';
}

/** Words with single spaces; `<br>` ends a line; the mark of a footnote is no word. */
function renderInline(nodes: readonly Nodes[]): string {
  return nodes
    .map(inlineText)
    .join('')
    .replaceAll(/[^\S\n\u2028]+|\n/gu, ' ')
    .replaceAll(/ *\u2028 */gu, '\n')
    .replaceAll(/\n{2,}/g, '\n')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

function inlineText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  // A line separator stands for the break until white space has been narrowed.
  if (node.tagName === 'br') return '\u2028';
  if (node.tagName === 'sup' && findAll(node, 'a').length > 0 && /^\W*\w{1,4}\W*$/.test(textOf(node))) return '';
  return node.children.map(inlineText).join('');
}
