import { inflateSync } from 'node:zlib';
import { LARGEST_STREAM_BYTES } from '../limits.ts';
import { UnreadableError } from '../unreadable.ts';

const STREAM = Buffer.from('stream');
/** The dictionary before a stream, as far as it matters. */
const DICTIONARY_BYTES = 400;

/**
 * Unpacks every packed stream once within a limit, since pdf.js has none. Pictures are left: they are not decoded for text.
 * @throws UnreadableError when one unpacks to too much.
 */
export function checkStreams(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = buffer.indexOf(STREAM); at !== -1; at = buffer.indexOf(STREAM, at + STREAM.length)) {
    const dictionary = buffer.toString('latin1', Math.max(0, at - DICTIONARY_BYTES), at);
    const own = dictionary.slice(dictionary.lastIndexOf(' obj') + 1);
    if (/\/(?:FlateDecode|Fl)\b/.test(own) && !/\/Subtype\s*\/Image/.test(own)) {
      checkOne(buffer.subarray(at + STREAM.length + (buffer[at + STREAM.length] === 0x0d ? 2 : 1)));
    }
  }
}

/** What is packed twice is unpacked twice. */
function checkOne(packed: Buffer): void {
  try {
    const options = { maxOutputLength: LARGEST_STREAM_BYTES, finishFlush: 2 };
    const unpacked = inflateSync(packed, options);
    if (unpacked[0] === 0x78 && unpacked.length > 2) inflateSync(unpacked, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return;
    throw new UnreadableError(`A part of the PDF unpacks to more than ${LARGEST_STREAM_BYTES / 1024 / 1024} MiB.`);
  }
}
