import mammoth from 'mammoth';
import { UnreadableError } from '../unreadable.ts';
import { checkArchive } from './archive.ts';
import { readMarkup } from './html.ts';
import type { Extracted, FormatSource } from './read-format.ts';

/** A Word file through mammoth: headings, lists and tables kept, pictures left out. */
export async function readDocx({ bytes }: FormatSource): Promise<Extracted> {
  const entries = checkArchive(bytes);
  if (!entries.has('word/document.xml')) throw new UnreadableError('The file is an archive, and no Word document.');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { value } = await convert(buffer);
  const { text } = readMarkup(value);
  if (text.trim() === '') throw new UnreadableError('The document has no text.');
  return { text, metadata: {} };
}

async function convert(buffer: Buffer): Promise<{ value: string }> {
  try {
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }));
    return await mammoth.convertToHtml({ buffer }, { convertImage });
  } catch (error) {
    throw new UnreadableError(
      `The Word document is damaged: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}
