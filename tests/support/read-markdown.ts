import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

/** What a person sees of Markdown text, links as `label⟦address⟧`; lists and emphasis stay as they are written. */
export function readMarkdown(text: string): string {
  return text
    .replaceAll(/(?<!\\)\[((?:\\.|[^\]\\])*)\]\(<?([^)>]+)>?\)/g, '$1⟦$2⟧')
    .replaceAll(/\\([\\`*_[\]<>~|#+\-=.)])/g, '$1')
    .replaceAll('\u2060', '');
}

const HARMLESS = new Set(['root', 'paragraph', 'text', 'break', 'list', 'listItem']);

/** What a parser of Markdown finds in a text besides paragraphs, lists and links to our own pages. */
export function findLiveMarkdown(text: string, ours: string): string[] {
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    const own = node.type === 'link' && node.url.startsWith(ours);
    if (!own && !HARMLESS.has(node.type)) found.push(node.type === 'link' ? `link ${node.url}` : node.type);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }));
  return found;
}
