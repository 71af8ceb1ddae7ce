import { visibleText } from '../language/visible-text.ts';

/** How one tool writes text. What is escaped shows literally: no link, mention or markup in it comes to life. */
export interface Markup {
  escape(text: string): string;
  /** A link; the label is escaped by it, the address is ours. */
  link(label: string, url: string): string;
  /** A marker in the text, such as `[1]`; tools whose links cost no length link it to the quote. */
  marker(marker: number, url: string): string;
  italic(text: string): string;
  readonly bullet: string;
}

/** Control characters, which no tool shows; line breaks and tabs stay. */
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]/g;

/** A text without what a reader does not see. */
export function printable(text: string): string {
  return visibleText(text.replaceAll('\r\n', '\n')).replaceAll(CONTROLS, '');
}

/** Whatever makes markup, a link, an image, HTML or a table in CommonMark or its dialects. */
const MARKDOWN = /[\\`*_[\]<>~|]/g;
/** What makes a heading, a list or a quotation at the start of a line: a mark, or a number with its stop. */
const MARKDOWN_LEAD = /^(\s*)([#+\-=])/gm;
const MARKDOWN_NUMBER = /^(\s*\d{1,9})([.)])(?=\s|$)/gm;

export const MARKDOWN_MARKUP: Markup = {
  escape: escapeMarkdown,
  link: (label, url) => `[${escapeMarkdown(label)}](${markdownUrl(url)})`,
  marker: (marker) => `[${marker}]`,
  italic: (text) => `_${escapeMarkdown(text)}_`,
  bullet: '- ',
};

export function escapeMarkdown(text: string): string {
  return printable(text)
    .replaceAll(MARKDOWN, String.raw`\$&`)
    .replaceAll(MARKDOWN_LEAD, String.raw`$1\$2`)
    .replaceAll(MARKDOWN_NUMBER, String.raw`$1\$2`);
}

/** An address that ends where its parenthesis does. */
export function markdownUrl(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll(/\s/g, '%20');
}
