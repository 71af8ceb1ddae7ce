/** What a document's text may come to. Longer texts are better split: a citation should open where it points. */
export const LONGEST_TEXT = 20_000_000;
/** What an archive such as DOCX may unpack to. */
export const LARGEST_ARCHIVE_BYTES = 256 * 1024 * 1024;
/** What one packed part of a PDF may unpack to. */
export const LARGEST_STREAM_BYTES = 64 * 1024 * 1024;
export const MOST_ARCHIVE_ENTRIES = 10_000;
/** Folders within folders. */
export const DEEPEST_FOLDER = 64;
/** What reading one document may take, before it is given up. */
export const PREPARE_TIMEOUT_MS = 60_000;
/** Heap of a thread that reads documents. */
export const PREPARE_HEAP_MB = 768;
