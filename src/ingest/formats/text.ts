import { analyse } from 'chardet';
import { UnreadableError } from '../unreadable.ts';

/** Bytes that are looked at to tell an encoding. */
const SAMPLE_BYTES = 256 * 1024;
/** Below this the guess is one among many. 0–100. */
const LEAST_CONFIDENCE = 40;
/** Shorter texts do not tell their encoding. */
const LEAST_BYTES = 24;

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

/**
 * Text of any encoding, with `\n` as its line ends: by its byte order mark, as UTF-8, as declared, or as its bytes tell.
 * @throws UnreadableError when it is no text, or its encoding cannot be told.
 */
export function decodeText(bytes: Uint8Array, declared?: string): Decoded {
  const encoding = markOf(bytes) ?? [declared, 'utf-8'].find((known) => known && decodes(bytes, known)) ?? guess(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new UnreadableError('The file is not text: it holds a NUL byte.');
  return { text: text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), encoding };
}

function markOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function guess(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new UnreadableError('The file is not text: it holds a NUL byte.');
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const best =
    bytes.length < LEAST_BYTES
      ? undefined
      : analyse(sample).find(({ name }) => name !== 'UTF-8' && decodes(bytes, name));
  if (!best || best.confidence < LEAST_CONFIDENCE) {
    throw new UnreadableError('The file is not UTF-8 text, and its encoding cannot be told. Save it as UTF-8.');
  }
  return best.name;
}
