import { printable, type Markup } from './markup.ts';

/** A run of text with at most one style, for tools that take style beside the text instead of in it. */
export interface Run {
  readonly text: string;
  readonly url?: string;
  readonly italic?: boolean;
}

// Control characters never stand in printable text, so they can mark the runs until they are read.
const [LINK, URL_OF, END, ITALIC] = ['\u0001', '\u0002', '\u0003', '\u0004'];
// oxlint-disable-next-line no-control-regex -- see above
const RUNS = /\u0001([^\u0001-\u0004]*)\u0002([^\u0001-\u0004]*)\u0003|\u0004([^\u0001-\u0004]*)\u0003/g;

/** Text that stays as it is: what it says is never read as markup. */
export function createStyledMarkup(escape: (text: string) => string): Markup {
  return {
    escape,
    link: (label, url) => `${LINK}${escape(label)}${URL_OF}${url}${END}`,
    marker: (marker, url) => `${LINK}[${marker}]${URL_OF}${url}${END}`,
    italic: (text) => `${ITALIC}${escape(text)}${END}`,
    bullet: '• ',
  };
}

export const STYLED_MARKUP = createStyledMarkup(printable);

/** The runs of a text that was written with {@link STYLED_MARKUP}. */
export function readRuns(text: string): Run[] {
  const runs: Run[] = [];
  let rest = 0;
  for (const { 0: whole, 1: label, 2: url, 3: italic, index } of text.matchAll(RUNS)) {
    runs.push({ text: text.slice(rest, index) });
    runs.push(label === undefined ? { text: italic ?? '', italic: true } : { text: label, url: url ?? '' });
    rest = index + whole.length;
  }
  return [...runs, { text: text.slice(rest) }].filter((run) => run.text !== '');
}

/** How long the text is without the addresses. */
export function visibleLength(text: string): number {
  return readRuns(text).reduce((sum, run) => sum + run.text.length, 0);
}
