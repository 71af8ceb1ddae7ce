import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createSqliteCorpusStore } from '../../../src/corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from '../../../src/corpus-store/sqlite-lexical-index.ts';
import { chunkDocument } from '../../../src/ingest/chunk.ts';
import { extractTerms } from '../../../src/language/terms.ts';
import { MIGRATIONS, openSqlite } from '../../../src/sqlite.ts';
import { documentFrom, temporaryFolder } from '../../support/documents.ts';

const DOCUMENTS = [
  documentFrom('---\nid: harbours\ntitle: Treaty of Harbours\n---\nThe parties count 417 lighthouses by 2040.'),
  documentFrom('---\nid: ferries\n---\nEleven ferries sail each day between Kobe and Chennai.'),
  documentFrom('---\nid: 灯台\ntitle: 灯台の条約\n---\n両国は2040年までに417の灯台を数えます。'),
];
const QUESTIONS = ['How many lighthouses are counted?', 'Which ferries sail to Chennai?', '灯台はいくつですか'];
const MODEL = 'test:model';

async function fillToday(path: string): Promise<void> {
  const sqlite = openSqlite(path);
  const store = createSqliteCorpusStore(sqlite);
  const write = DOCUMENTS.map((document) => ({ document, chunks: chunkDocument(document) }));
  await store.publish({ write, relocate: [], remove: [] });
  const pending = await store.listPending(MODEL, 10);
  await store.saveVectors(
    MODEL,
    pending.map(({ digest }, i) => ({ digest, vector: [Math.cos(i), Math.sin(i)] })),
  );
  sqlite.close();
}

/** A file of the tables that the first steps make, with as much of the documents as they hold. */
function fillAsBefore(path: string, steps: number, today: string): void {
  const database = new Database(path);
  for (const step of MIGRATIONS.slice(0, steps)) database.exec(step);
  database.pragma(`user_version = ${steps}`);
  database.exec(`ATTACH '${today}' AS today`);
  for (const table of ['documents', 'chunks', 'vectors', 'sketches']) {
    const columns = database.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
    const named = columns.map((name) => `"${name}"`).join();
    if (columns.length > 0) database.exec(`INSERT INTO ${table} (${named}) SELECT ${named} FROM today.${table}`);
  }
  database.close();
}

async function readAll(path: string) {
  const sqlite = openSqlite(path);
  onTestFinished(() => void sqlite.close());
  const store = createSqliteCorpusStore(sqlite);
  const lexicalIndex = createSqliteLexicalIndex(sqlite);
  const found = [];
  for (const question of QUESTIONS)
    found.push(await lexicalIndex.search(extractTerms(question), { limit: 10, filters: {} }));
  const embedded = await store.listEmbedded(MODEL);
  const vectors = await store.findVectors(MODEL, embedded);
  const documents = await store.listDocuments(MODEL);
  return { store, state: { found, vectors, documents } };
}

test.each(MIGRATIONS.slice(1).map((_, i) => i + 1))(
  'a file of format %i is brought level, and answers like one that was filled today',
  async (steps) => {
    const folder = await temporaryFolder();
    const [today, before] = [join(folder, 'today.sqlite'), join(folder, 'before.sqlite')];
    await fillToday(today);
    fillAsBefore(before, steps, today);
    const { store, state } = await readAll(before);
    expect(state.found.map((hits) => hits.length)).toEqual([1, 1, 1]);
    expect(state).toEqual((await readAll(today)).state);
    await store.publish({ write: [], relocate: [], remove: ['ferries'], bury: ['ferries'] });
    expect((await store.listIdentities()).map(({ id }) => id)).toEqual(['harbours', '灯台']);
    expect(await store.listBuried()).toEqual(['ferries']);
  },
);
