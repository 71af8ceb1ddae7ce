/** One line of an answer: text and markers in turn. */
export interface AnswerLine {
  readonly kind: 'sentence' | 'item' | 'note';
  /** Text as it reads, unescaped, and the numbers of citations. */
  readonly parts: readonly (string | number)[];
  /** Whether a blank line stands before it. */
  readonly opensParagraph: boolean;
}

/** An unescaped `[n]`, or a bracket that is escaped so as not to be one. */
const BRACKETS = /\\([[\]])|\[(\d+)\]/g;

/** Reads the little Markdown an answer is written in: paragraphs, `- ` lists, a note in `_italics_`, and markers. */
export function readAnswer(answer: string): AnswerLine[] {
  return answer.split(/\n{2,}/).flatMap((block) => readBlock(block.trim()));
}

function readBlock(block: string): AnswerLine[] {
  const note = /^_([^]+)_$/.exec(block)?.[1];
  if (note !== undefined) return [{ kind: 'note', parts: [note], opensParagraph: true }];
  return block
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => ({
      kind: line.startsWith('- ') ? 'item' : 'sentence',
      parts: readInline(line.replace(/^- /, '')),
      opensParagraph: index === 0,
    }));
}

function readInline(line: string): (string | number)[] {
  const parts: (string | number)[] = [];
  let text = '';
  let rest = 0;
  for (const { 0: whole, 1: bracket, 2: marker, index } of line.matchAll(BRACKETS)) {
    text += line.slice(rest, index) + (bracket ?? '');
    rest = index + whole.length;
    if (marker === undefined) continue;
    parts.push(text, Number(marker));
    text = '';
  }
  return [...parts, text + line.slice(rest)].filter((part) => part !== '');
}
