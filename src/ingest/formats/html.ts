import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { UnreadableError } from '../unreadable.ts';
import { childrenOf, findAll, textOf } from './hast.ts';
import { findContent } from './html-content.ts';
import { renderMarkdown } from './html-markdown.ts';
import { isLanguageTag, withoutAbsent } from './metadata.ts';
import type { Extracted, FormatSource } from './read-format.ts';
import { decodeText } from './text.ts';

const CHARSET = /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})/i;
const TITLE_PROPERTIES = ['og:title', 'dcterms.title', 'dc.title'];
const DATE_PROPERTIES = ['article:published_time', 'dcterms.issued', 'dcterms.date', 'dc.date', 'date'];

/** A web page's main content as Markdown; navigation, banners, forms and scripts are left out. */
export function readHtml({ bytes }: FormatSource): Extracted {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const extracted = readMarkup(decodeText(bytes, CHARSET.exec(start)?.[1]?.toLowerCase()).text);
  if (extracted.text.trim() === '') throw new UnreadableError('The page has no text of its own.');
  return extracted;
}

/** HTML, whole or in part. */
export function readMarkup(html: string): Extracted {
  const root = fromHtml(html);
  const content = findContent(root);
  return { text: renderMarkdown(content), metadata: describe(root, content) };
}

function describe(root: Root, content: Element | Root): Record<string, string> {
  const heading = findAll(content, 'h1').map(textOf).find(Boolean);
  const title = heading ?? metaOf(root, TITLE_PROPERTIES) ?? findAll(root, 'title').map(textOf).find(Boolean);
  const date = /^\d{4}-\d{2}-\d{2}/.exec(metaOf(root, DATE_PROPERTIES) ?? '')?.[0];
  return withoutAbsent({ title, date, language: languageOf(root) });
}

function languageOf(root: Root): string | undefined {
  const language = childrenOf(root).find(({ tagName }) => tagName === 'html')?.properties['lang'];
  return isLanguageTag(language) ? language : undefined;
}

function metaOf(root: Root, names: readonly string[]): string | undefined {
  const metas = findAll(root, 'meta');
  for (const wanted of names) {
    const found = metas.find(({ properties: { name, property } }) =>
      [name, property].some((given) => String(given ?? '').toLowerCase() === wanted),
    );
    const content = found?.properties['content'];
    if (typeof content === 'string' && content.trim() !== '') return content.trim();
  }
  return undefined;
}
