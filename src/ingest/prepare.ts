import type { PreparedDocument } from '../corpus-store/corpus-store.ts';
import { indexTerms } from '../corpus-store/index-terms.ts';
import type { Origin, Rejection, SourceReference } from '../domain.ts';
import { chunkDocument } from './chunk.ts';
import { readFormat } from './formats/read-format.ts';
import { LONGEST_TEXT } from './limits.ts';
import { sketchText } from './near-duplicates.ts';
import { parseDocument } from './parse.ts';
import { UnreadableError } from './unreadable.ts';

/** A document as it came: bytes, and what is known of them. Can be sent to another thread. */
export interface RawDocument {
  /** What a rejection calls it. */
  readonly uri: string;
  /** Its path within the root, or the name it was sent under. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly root: string;
  readonly origin: Origin;
  readonly sidecar?: string | undefined;
  readonly mediaType?: string | undefined;
  readonly given?: Readonly<Record<string, unknown>>;
  readonly identity?: string | undefined;
  readonly sources?: readonly SourceReference[];
}

/** Bytes → document, chunks and terms, or the reason why not. */
export type Prepare = (raw: RawDocument) => Promise<PreparedDocument | Rejection>;

/** Reads, parses, chunks and analyses one document: all that takes time, and touches no store. */
export async function prepareDocument(raw: RawDocument): Promise<PreparedDocument | Rejection> {
  const { uri, name, bytes, mediaType, root, ...known } = raw;
  try {
    const { text, metadata, pageStarts } = await readFormat({ name, bytes, mediaType });
    if (text.length > LONGEST_TEXT) {
      return { uri, reason: `The document has more than ${LONGEST_TEXT / 1e6} million characters: split it.` };
    }
    const document = parseDocument({ ...known, path: uri, name, text, found: metadata, pageStarts }, root);
    if ('reason' in document) return document;
    const chunks = chunkDocument(document);
    return { document, chunks, terms: indexTerms(document, chunks), sketch: sketchText(document.text) };
  } catch (error) {
    if (error instanceof UnreadableError) return { uri, reason: error.message };
    if (error instanceof RangeError && /call stack/.test(error.message))
      return { uri, reason: 'It is nested too deeply.' };
    // Whatever a reader trips over, the other documents are not lost.
    return { uri, reason: `Reading it failed: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
