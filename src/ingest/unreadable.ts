/** Raised by a reader of a format; its message is the reason that the report gives. Never leaves `ingest/`. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}
