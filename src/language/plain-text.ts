import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';

/** How a quoted unit reads as a sentence: Markdown's marks gone, the cells of a table row joined by dashes. */
export function plainText(markdown: string): string {
  const row = /^\s*\|(.*)\|\s*$/s.exec(markdown)?.[1];
  if (row === undefined) return inline(markdown);
  const cells = row.split(/(?<!\\)\|/).map((cell) => inline(cell.trim()));
  return cells.filter(Boolean).join(' — ');
}

/** One line of words, without a mark that Markdown could make something of. */
const WORDS_ALONE = /^(?!\d{1,9}[.)](?:\s|$))[\p{L}\p{N}"“‘'(][^\n\r\\`*_[\]<>&~\0]*$/u;

function inline(markdown: string): string {
  if (WORDS_ALONE.test(markdown)) return markdown.replaceAll(/\s+/g, ' ').trim();
  return toString(fromMarkdown(markdown)).replaceAll(/\s+/g, ' ').trim();
}
