/** How text is set apart in a terminal; in a file or a pipe, not at all. */
export interface TerminalStyle {
  bold(text: string): string;
  dim(text: string): string;
  /** A label that opens an address when it is clicked (OSC 8). */
  link(label: string, url: string): string;
}

export const PLAIN_STYLE: TerminalStyle = { bold: (text) => text, dim: (text) => text, link: (label) => label };

const ESCAPE = '\u001B';
const COLOURED_STYLE: TerminalStyle = {
  bold: (text) => `${ESCAPE}[1m${text}${ESCAPE}[22m`,
  dim: (text) => `${ESCAPE}[2m${text}${ESCAPE}[22m`,
  link: (label, url) => `${ESCAPE}]8;;${url}${ESCAPE}\\${label}${ESCAPE}]8;;${ESCAPE}\\`,
};

/** The style that a stream can show; `NO_COLOR`, `FORCE_COLOR` and `TERM` are heeded, as Node does. */
export function styleFor(stream: { readonly isTTY?: boolean; hasColors?(): boolean }): TerminalStyle {
  return stream.isTTY === true && stream.hasColors?.() === true ? COLOURED_STYLE : PLAIN_STYLE;
}
