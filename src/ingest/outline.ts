import type { Nodes, Parents, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { toString } from 'mdast-util-to-string';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Span, Unit } from '../domain.ts';
import { splitSentences } from '../language/sentences.ts';

/** The part of a document below one heading, down to the next. */
export interface Section {
  /** Headings from the outermost to this one; empty before the first. */
  readonly headings: readonly string[];
  /** In document order, without gaps that hold text. */
  readonly units: readonly Unit[];
}

/** A document's sections and the units within them, from its Markdown; plain text is Markdown with one section. */
export function outline(text: string, language: string): Section[] {
  const tree = parseMarkdown(text);
  const sections: { headings: string[]; units: Unit[] }[] = [{ headings: [], units: [] }];
  const path: { depth: number; title: string }[] = [];
  for (const node of tree.children) {
    if (node.type === 'heading') {
      while ((path.at(-1)?.depth ?? 0) >= node.depth) path.pop();
      path.push({ depth: node.depth, title: toString(node).trim() });
      sections.push({ headings: path.map(({ title }) => title).filter(Boolean), units: [] });
    } else {
      sections.at(-1)?.units.push(...unitsOf(node, text, language));
    }
  }
  return sections;
}

/** The text of the first heading, if there is one. */
export function firstHeading(text: string): string | undefined {
  const heading = parseMarkdown(text).children.find((node) => node.type === 'heading');
  return heading && (toString(heading).trim() || undefined);
}

/** The tree of the text that was read last: title and outline of one document are asked for one after the other. */
let last: { text: string; tree: Root } | undefined;

function parseMarkdown(text: string): Root {
  if (last?.text !== text) last = { text, tree: parse(text) };
  return last.tree;
}

function parse(text: string): Root {
  return fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

function unitsOf(node: RootContent, text: string, language: string): Unit[] {
  if (node.type === 'thematicBreak') return [];
  if (node.type === 'tableRow') return [{ ...spanOf(node), kind: 'row' }];
  if (node.type === 'listItem') return itemUnits(node, text, language);
  if (isContainer(node)) return node.children.flatMap((child) => unitsOf(child, text, language));
  return sentenceUnits(spanOf(node), 'sentence', { text, language });
}

function isContainer(node: Nodes): node is Nodes & Parents {
  return node.type === 'list' || node.type === 'table' || node.type === 'blockquote';
}

/** A list item's own paragraphs are items; what is nested in it keeps its kind. */
function itemUnits(item: Parents, text: string, language: string): Unit[] {
  return item.children.flatMap((child) =>
    child.type === 'paragraph'
      ? sentenceUnits(spanOf(child), 'item', { text, language })
      : unitsOf(child as RootContent, text, language),
  );
}

function sentenceUnits(span: Span, kind: Unit['kind'], source: { text: string; language: string }): Unit[] {
  return splitSentences(source.text.slice(span.start, span.end), source.language).map(({ start, end }) => ({
    kind,
    start: span.start + start,
    end: span.start + end,
  }));
}

function spanOf(node: Nodes): Span {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}
