import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSqliteChannelStore } from '../../src/channels/sqlite-channel-store.ts';
import { createSqliteConversations } from '../../src/conversations/sqlite-conversations.ts';
import { createPostgresCorpusStore } from '../../src/corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from '../../src/corpus-store/postgres-lexical-index.ts';
import { createSqliteCorpusStore } from '../../src/corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from '../../src/corpus-store/sqlite-lexical-index.ts';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';
import { createSqliteFeedback } from '../../src/feedback/sqlite-feedback.ts';
import { embedPending } from '../../src/ingest/embed.ts';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { migrateStore } from '../../src/migrate-store/migrate-store.ts';
import { openPostgresTables } from '../../src/migrate-store/postgres-tables.ts';
import { openSqliteTables } from '../../src/migrate-store/sqlite-tables.ts';
import { TABLES, type StoreTables } from '../../src/migrate-store/store-tables.ts';
import { openSqlite } from '../../src/sqlite.ts';
import { documentFrom, temporaryFolder } from '../support/documents.ts';
import { execute } from '../support/native-postgres.ts';
import { startPglite, type DatabaseServer } from '../support/pglite-server.ts';
import { openPostgres } from '../support/stores.ts';

const folder = new URL('../../corpus/', import.meta.url);
const documents = readdirSync(folder)
  .filter((file) => file.endsWith('.md') && file !== 'SOURCES.md')
  .slice(0, 12)
  .map((file) => documentFrom(readFileSync(new URL(file, folder), 'utf8'), file));
const embeddings = createHashingEmbeddings();

/** An embedded store with something in every table; gives its file. */
async function fillEmbedded(): Promise<string> {
  const path = join(await temporaryFolder(), 'concordat.db');
  const sqlite = openSqlite(path);
  const store = createSqliteCorpusStore(sqlite);
  const sketch = Uint32Array.from([1, 2, 4_000_000_000]);
  const write = documents.map((document) => ({ document, chunks: chunkDocument(document), sketch }));
  await store.publish({ write, relocate: [], remove: [] });
  const file = { root: 'corpus', file: 'x.md', digest: 'd', documentId: null, reason: 'No text.' };
  // The last labels are given to chunks that go: none may be given again.
  await store.publish({ write: [], relocate: [], remove: [documents.at(-1)?.id ?? ''], bury: ['gone'], files: [file] });
  await embedPending(store, embeddings);
  const conversations = createSqliteConversations(sqlite);
  const { id } = await conversations.start();
  const quoted = documents[0]?.id ?? '';
  await conversations.remember(id, {
    question: 'Q\0?',
    standaloneQuestion: 'Q?',
    answer: 'A 東京.',
    documentIds: [quoted],
  });
  const feedback = createSqliteFeedback(sqlite, { keepQuestions: true });
  await feedback.noteAnswer({ askId: 'ask_1', question: 'Why?', reason: 'no-passages' });
  await feedback.rate({ askId: 'ask_1', rating: 'down', comment: 'No.' });
  const channels = createSqliteChannelStore(sqlite);
  await channels.accept('slack', ['e1', 'e2'], { kind: 'thanks', target: { to: 'x' }, language: 'en' });
  await channels.saveOutgoing({ channel: 'slack', id: 'e1' }, [{ text: 'Thanks' }]);
  await channels.saveSent({ channel: 'slack', id: 'e1' }, 'sent-1');
  await channels.saveConversation('slack', 'thread', id);
  sqlite.close();
  return path;
}

async function copy(from: StoreTables, to: StoreTables) {
  try {
    return await migrateStore(from, to);
  } finally {
    await from.close();
    await to.close();
  }
}

describe('a store that moves to PostgreSQL and back', () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await startPglite();
  });
  afterAll(() => server.stop());

  test('holds the same, answers the same, and gives no label twice', async () => {
    const path = await fillEmbedded();
    const there = await copy(openSqliteTables(path), await openPostgresTables(server.url));
    expect(there.map(({ table }) => table)).toEqual(TABLES.map(({ name }) => name));
    expect(there.filter(({ rows }) => rows === 0)).toEqual([]);

    const back = join(await temporaryFolder(), 'concordat.db');
    const again = await copy(await openPostgresTables(server.url), openSqliteTables(back));
    expect(again).toEqual(there);

    const [first, last] = [openSqlite(path), openSqlite(back)];
    const postgres = await openPostgres(server.url);
    const stores = [createSqliteCorpusStore(first), createPostgresCorpusStore(postgres), createSqliteCorpusStore(last)];
    const words = [
      createSqliteLexicalIndex(first),
      createPostgresLexicalIndex(postgres),
      createSqliteLexicalIndex(last),
    ];
    const digests = await Promise.all(stores.map((store) => store.corpusDigest()));
    expect(new Set(digests).size).toBe(1);
    const found = await Promise.all(
      words.map(async (index) => {
        const hits = await index.search(['japan', 'india', 'nuclear', 'semiconductor'], { limit: 20, filters: {} });
        return hits.map(({ label, score }) => [label, Math.round(score * 1e6)]);
      }),
    );
    expect(found[0]?.length).toBeGreaterThan(5);
    expect(found[2]).toEqual(found[1]);
    // FTS5 goes on counting what was deleted until it is written anew: there the scores differ.
    const best = (hits: number[][] = []) => hits.slice(0, 8).map(([label]) => label);
    expect(best(found[1] as number[][])).toEqual(best(found[0] as number[][]));
    for (const store of stores) {
      const labels = await store.findLabels({});
      const fresh = documentFrom('---\nid: fresh\n---\nFresh words.');
      await store.publish({ write: [{ document: fresh, chunks: chunkDocument(fresh) }], relocate: [], remove: [] });
      const [label = 0] = [...(await store.findLabels({ documentIds: ['fresh'] }))];
      expect(label).toBeGreaterThan(Math.max(...labels) + 1);
    }
    first.close();
    last.close();
  }, 60_000);

  test('a store that holds something is not copied into', async () => {
    const [one, other] = [await fillEmbedded(), await fillEmbedded()];
    await expect(copy(openSqliteTables(one), openSqliteTables(other))).rejects.toThrow('not empty');
  });

  test('a copy that is not the same is not kept', async () => {
    await execute(server.url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const target = await openPostgresTables(server.url);
    const spoiled: StoreTables = {
      ...target,
      write: (table, rows) =>
        target.write(table, table.name === 'ratings' ? rows.map((row) => ({ ...row, comment: '!' })) : rows),
    };
    await expect(copy(openSqliteTables(await fillEmbedded()), spoiled)).rejects.toThrow('Nothing was kept');
    const postgres = await openPostgres(server.url);
    expect(await createPostgresCorpusStore(postgres).listIdentities()).toEqual([]);
  });
});
