import { extname } from 'node:path';
import { UnreadableError } from '../unreadable.ts';
import { decodeText } from './text.ts';

/** What a file holds, whatever its format: Markdown, and what the format itself says of it. */
export interface Extracted {
  readonly text: string;
  /** Fields of the front matter that the format has; what is written about the document wins. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Where each page begins in the text, for formats with pages. */
  readonly pageStarts?: readonly number[];
}

/** A file by what it is called and holds. */
export interface FormatSource {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As a server declared it. */
  readonly mediaType?: string | undefined;
}

type Format = 'pdf' | 'docx' | 'html' | 'text';

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  '.md': 'text',
  '.markdown': 'text',
  '.txt': 'text',
  '.text': 'text',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.pdf': 'pdf',
  '.docx': 'docx',
};

const BY_MEDIA_TYPE: Readonly<Record<string, Format>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/plain': 'text',
  'text/markdown': 'text',
};

/** What can be read, lower-case with the dot. */
export const EXTENSIONS: ReadonlySet<string> = new Set(Object.keys(BY_EXTENSION));

export const MEDIA_TYPES: ReadonlySet<string> = new Set(Object.keys(BY_MEDIA_TYPE));

/** What reads a format is loaded with its first file: most corpora hold few of them. */
const READERS: Readonly<Record<Format, (source: FormatSource) => Extracted | Promise<Extracted>>> = {
  pdf: async (source) => (await import('./pdf.ts')).readPdf(source),
  docx: async (source) => (await import('./docx.ts')).readDocx(source),
  html: async (source) => (await import('./html.ts')).readHtml(source),
  text: ({ bytes }) => ({ text: decodeText(bytes).text, metadata: {} }),
};

/**
 * Reads a file by its content where that tells the format, else by its media type or name.
 * @throws UnreadableError with the reason.
 */
export async function readFormat(source: FormatSource): Promise<Extracted> {
  if (source.bytes.length === 0) throw new UnreadableError('The file is empty.');
  return READERS[formatOf(source)](source);
}

function formatOf(source: FormatSource): Format {
  const found = sniff(source.bytes);
  const named = nameFormat(source);
  if (named !== undefined && named !== found && DECLARED.has(named)) {
    throw new UnreadableError(`The file is called ${named.toUpperCase()}, and is none.`);
  }
  const format = found ?? named;
  if (format === undefined)
    throw new UnreadableError(`Files of type ${extname(source.name) || source.name} cannot be read.`);
  return format;
}

function nameFormat({ name, mediaType = '' }: FormatSource): Format | undefined {
  return BY_MEDIA_TYPE[mediaType] ?? BY_EXTENSION[extname(name).toLowerCase()];
}

/** Formats whose files always say what they are. */
const DECLARED: ReadonlySet<Format> = new Set<Format>(['pdf', 'docx']);

/** The format that the first bytes declare. */
function sniff(bytes: Uint8Array): Format | undefined {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (start.includes('%PDF-')) return 'pdf';
  if (start.startsWith('PK\u0003\u0004')) return 'docx';
  return /^\s*(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html)[\s>]/i.test(start) ? 'html' : undefined;
}
