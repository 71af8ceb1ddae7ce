/** A half-open range of UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A part of a line that is shown in one way; `syntax` is what Markdown means by it, not what it says. */
export interface Piece extends Range {
  readonly kind: 'text' | 'bold' | 'code' | 'syntax' | 'cell';
}

export interface Line extends Range {
  readonly kind: 'heading' | 'row' | 'rule' | 'item' | 'blank' | 'plain';
  /** They tile the line. */
  readonly pieces: readonly Piece[];
}

const BEGINNINGS: readonly (readonly [Line['kind'], RegExp])[] = [
  ['blank', /^\s*$/],
  ['heading', /^#{1,6} /],
  ['rule', /^\|[\s:|-]+\|\s*$/],
  ['row', /^\|/],
  ['item', /^[ \t]*[-*] /],
];

/** The lines of a text with the pieces of each; together they are the text. */
export function splitLines(text: string): Line[] {
  let start = 0;
  return text.split(/(?<=\n)/).map((line) => {
    const made = readLine(line, start);
    start = made.end;
    return made;
  });
}

function readLine(line: string, start: number): Line {
  const end = start + line.length;
  const { kind, prefix } = kindOf(line);
  if (kind === 'blank') return { start, end, kind, pieces: [{ start, end, kind: 'text' }] };
  if (kind === 'rule') return { start, end, kind, pieces: [{ start, end, kind: 'syntax' }] };
  if (kind === 'row') return { start, end, kind, pieces: splitCells(line, start) };
  const body = start + prefix.length;
  const pieces = splitEmphasis(line.slice(prefix.length), body);
  return { start, end, kind, pieces: prefix === '' ? pieces : [{ start, end: body, kind: 'syntax' }, ...pieces] };
}

function kindOf(line: string): { readonly kind: Line['kind']; readonly prefix: string } {
  const found = BEGINNINGS.flatMap(([kind, pattern]) => {
    const prefix = pattern.exec(line)?.[0];
    return prefix === undefined ? [] : [{ kind, prefix }];
  });
  return found[0] ?? { kind: 'plain', prefix: '' };
}

/** Pipes with the blanks beside them, and what stands between them. */
function splitCells(line: string, start: number): Piece[] {
  let at = start;
  return line
    .split(/(\s*(?<!\\)\|\s*)/)
    .filter((part) => part !== '')
    .map((part) => {
      const piece: Piece = { start: at, end: at + part.length, kind: /^\s*\|/.test(part) ? 'syntax' : 'cell' };
      at = piece.end;
      return piece;
    });
}

function splitEmphasis(text: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  const add = (length: number, kind: Piece['kind']): void => {
    if (length > 0) pieces.push({ start: at, end: at + length, kind });
    at += length;
  };
  for (const match of text.matchAll(/(\*\*|`)([^*`\n]+)\1/g)) {
    const [, fence = '', inner = ''] = match;
    add(start + match.index - at, 'text');
    add(fence.length, 'syntax');
    add(inner.length, fence === '`' ? 'code' : 'bold');
    add(fence.length, 'syntax');
  }
  add(start + text.length - at, 'text');
  return pieces;
}

/** What of the pieces lies within a range. */
export function clipPieces(pieces: readonly Piece[], { start, end }: Range): Piece[] {
  return pieces
    .map((piece) => ({ ...piece, start: Math.max(piece.start, start), end: Math.min(piece.end, end) }))
    .filter((piece) => piece.start < piece.end);
}

/** The range that an address's `#START-END` names, when it is one of this text. */
export function readRange(hash: string, length: number): Range | undefined {
  const [, from, to] = /^#(\d{1,9})-(\d{1,9})$/.exec(hash) ?? [];
  const [start, end] = [Number(from), Number(to)];
  return start < end && end <= length ? { start, end } : undefined;
}
