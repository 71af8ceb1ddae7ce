/** How a value is kept: what each engine turns it into, the same on both once it is read. */
export type Kind = 'text' | 'integer' | 'json' | 'bytes' | 'vector' | 'seconds' | 'iso' | 'stamp';

export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, Kind>>;
  /** What rows are sorted by, each value once. */
  readonly key: readonly string[];
}

/** A row in the form that both engines give: bytes and vectors in base64. */
export type Row = Readonly<Record<string, string | number | null>>;

/** The tables of one store, as they are at one moment, or as they are to be: nothing is written until `commit`. */
export interface StoreTables {
  isEmpty(): Promise<boolean>;
  /** In the order of the key. */
  read(table: Table): AsyncIterable<readonly Row[]>;
  write(table: Table, rows: readonly Row[]): Promise<void>;
  /** The highest label that was ever given. */
  readLastLabel(): Promise<number>;
  /** Makes what is derived, and keeps everything. */
  commit(lastLabel: number): Promise<void>;
  /** Without `commit`, nothing has changed. */
  close(): Promise<void>;
}

/** Everything that is not derived, in an order in which it can be written. */
export const TABLES: readonly Table[] = [
  {
    name: 'documents',
    columns: {
      id: 'text',
      root: 'text',
      origin: 'text',
      authority: 'text',
      kind: 'text',
      language: 'text',
      date: 'text',
      digest: 'text',
      text_digest: 'text',
      metadata: 'json',
      text: 'text',
    },
    key: ['id'],
  },
  {
    name: 'chunks',
    columns: {
      label: 'integer',
      id: 'text',
      document_id: 'text',
      start: 'integer',
      end: 'integer',
      headings: 'json',
      text: 'text',
      units: 'json',
      context: 'text',
      digest: 'text',
    },
    key: ['label'],
  },
  { name: 'vectors', columns: { model: 'text', digest: 'text', vector: 'vector' }, key: ['digest', 'model'] },
  { name: 'sketches', columns: { document_id: 'text', hashes: 'bytes' }, key: ['document_id'] },
  {
    name: 'files',
    columns: { root: 'text', file: 'text', digest: 'text', document_id: 'text', reason: 'text' },
    key: ['root', 'file'],
  },
  { name: 'tombstones', columns: { id: 'text', deleted_at: 'stamp' }, key: ['id'] },
  {
    name: 'conversations',
    columns: { id: 'text', token_digest: 'text', turns: 'json', updated_at: 'seconds' },
    key: ['id'],
  },
  {
    name: 'ratings',
    columns: { ask_id: 'text', rating: 'text', comment: 'text', question: 'text', rated_at: 'iso' },
    key: ['ask_id'],
  },
  {
    name: 'unanswered_questions',
    columns: { question: 'text', times: 'integer', reason: 'text', last_asked_at: 'iso' },
    key: ['question'],
  },
  {
    name: 'channel_seen',
    columns: { channel: 'text', id: 'text', at: 'seconds' },
    key: ['channel', 'id'],
  },
  {
    name: 'channel_jobs',
    columns: {
      number: 'integer',
      channel: 'text',
      id: 'text',
      state: 'text',
      task: 'json',
      outgoing: 'json',
      sent: 'integer',
      attempts: 'integer',
      due_ms: 'integer',
      ask_id: 'text',
      response: 'json',
      at: 'seconds',
    },
    key: ['number'],
  },
  {
    name: 'channel_messages',
    columns: { channel: 'text', sent_id: 'text', job: 'integer' },
    key: ['channel', 'sent_id'],
  },
  {
    name: 'channel_threads',
    columns: { channel: 'text', thread: 'text', conversation_id: 'text', at: 'seconds' },
    key: ['channel', 'thread'],
  },
];
