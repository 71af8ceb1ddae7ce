import { inflateRawSync } from 'node:zlib';
import { LARGEST_ARCHIVE_BYTES, MOST_ARCHIVE_ENTRIES } from '../limits.ts';
import { UnreadableError } from '../unreadable.ts';

const END_SIGNATURE = 0x0605_4b50;
const ENTRY_SIGNATURE = 0x0201_4b50;
const ENTRY_BYTES = 46;
const STORED = 0;
const DEFLATED = 8;

/**
 * The names in a ZIP archive, after every entry was unpacked once within limits: what an archive says of its own sizes
 * need not be true.
 * @throws UnreadableError when it is damaged, encrypted, or unpacks to too much.
 */
export function checkArchive(bytes: Uint8Array): Set<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = new Set<string>();
  let left = LARGEST_ARCHIVE_BYTES;
  try {
    for (const entry of listEntries(buffer)) {
      names.add(entry.name);
      left -= measure(buffer, entry, left);
    }
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new UnreadableError(`The archive unpacks to more than ${LARGEST_ARCHIVE_BYTES / 1024 / 1024} MiB.`);
    }
    throw new UnreadableError('The archive is damaged.');
  }
  return names;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly start: number;
  readonly size: number;
}

function* listEntries(buffer: Buffer): Generator<Entry> {
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || buffer.readUInt32LE(end) !== END_SIGNATURE) throw new UnreadableError('The archive is damaged.');
  const count = buffer.readUInt16LE(end + 10);
  if (count > MOST_ARCHIVE_ENTRIES)
    throw new UnreadableError(`The archive has more than ${MOST_ARCHIVE_ENTRIES} entries.`);
  let at = buffer.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (buffer.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new UnreadableError('The archive is damaged.');
    if (buffer.readUInt16LE(at + 8) & 1) throw new UnreadableError('The archive is encrypted.');
    const nameLength = buffer.readUInt16LE(at + 28);
    yield {
      name: buffer.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength),
      method: buffer.readUInt16LE(at + 10),
      size: buffer.readUInt32LE(at + 20),
      start: buffer.readUInt32LE(at + 42),
    };
    at += ENTRY_BYTES + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
}

/** How many bytes an entry has when it is unpacked. */
function measure(buffer: Buffer, { method, size, start }: Entry, limit: number): number {
  if (method === STORED) return size;
  if (method !== DEFLATED) throw new UnreadableError('The archive is packed in a way that cannot be read.');
  const data = start + 30 + buffer.readUInt16LE(start + 26) + buffer.readUInt16LE(start + 28);
  return inflateRawSync(buffer.subarray(data, data + size), { maxOutputLength: Math.max(1, limit) }).length;
}
