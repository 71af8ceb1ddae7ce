import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSqliteConversations } from '../../src/conversations/sqlite-conversations.ts';
import { createSqliteCorpusStore } from '../../src/corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from '../../src/corpus-store/sqlite-lexical-index.ts';
import type { SourceDocument } from '../../src/domain.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { parseDocument } from '../../src/ingest/parse.ts';
import { openSqlite } from '../../src/sqlite.ts';

/** A document as an ingest would read it from a file. */
export function documentFrom(text: string, name = 'doc.md'): SourceDocument {
  const parsed = parseDocument({ path: `/corpus/${name}`, name, text }, 'corpus');
  if ('reason' in parsed) throw new Error(parsed.reason);
  return parsed;
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in memory with these documents published. */
export async function storeWith(...documents: SourceDocument[]) {
  const sqlite = openSqlite(':memory:');
  onTestFinished(() => void sqlite.close());
  const store = createSqliteCorpusStore(sqlite);
  const write = documents.map((document) => ({ document, chunks: chunkDocument(document) }));
  await store.publish({ write, relocate: [], remove: [] });
  return {
    sqlite,
    store,
    lexicalIndex: createSqliteLexicalIndex(sqlite),
    conversations: createSqliteConversations(sqlite),
  };
}
