import fc from 'fast-check';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LexicalHit } from '../../../src/corpus-store/corpus-store.ts';
import { createSqliteCorpusStore } from '../../../src/corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from '../../../src/corpus-store/sqlite-lexical-index.ts';
import type { SourceDocument } from '../../../src/domain.ts';
import { chunkDocument } from '../../../src/ingest/chunk.ts';
import { openSqlite, type Sqlite } from '../../../src/sqlite.ts';
import { documentFrom, temporaryFolder } from '../../support/documents.ts';

const WORDS = ['tariff', 'nurse', 'port', 'visa', 'steel', 'rice', 'chip', 'rail', 'court', 'fund'];
const NOTHING = { write: [], relocate: [], remove: [] };

const phrase = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
const corpus = fc.array(fc.record({ title: phrase, heading: phrase, text: phrase }), { minLength: 1, maxLength: 12 });

function documentOf({ title, heading, text }: Record<'title' | 'heading' | 'text', string>, at: number) {
  return documentFrom(
    `---\nid: d${at}\ntitle: ${title}\nkind: ${at % 10 === 0 ? 'news' : 'treaty'}\n---\n## ${heading}\n${text}.`,
  );
}

function open(path = ':memory:') {
  const sqlite = openSqlite(path);
  onTestFinished(() => void sqlite.close());
  const store = createSqliteCorpusStore(sqlite);
  const publish = (documents: readonly SourceDocument[]): Promise<void> =>
    store.publish({ ...NOTHING, write: documents.map((document) => ({ document, chunks: chunkDocument(document) })) });
  return { sqlite, store, publish, index: createSqliteLexicalIndex(sqlite) };
}

/** What FTS5 itself gives each chunk. */
function scoreByEngine(sqlite: Sqlite, terms: readonly string[]): LexicalHit[] {
  return sqlite
    .prepare<[string], LexicalHit>(
      `SELECT rowid AS label, -bm25(chunk_terms, 3.0, 2.0, 1.0) AS score FROM chunk_terms WHERE chunk_terms MATCH ?
       ORDER BY score DESC, label`,
    )
    .all(terms.join(' OR '));
}

test('scores are those of FTS5, whatever is added, changed, deleted and erased, and filtered as they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      corpus,
      corpus,
      fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }),
      async (one, other, words) => {
        const { sqlite, store, publish, index } = open();
        const terms = words.map((word) => (word === 'nurse' ? 'nurs' : word));
        const check = async (): Promise<void> => {
          const expected = scoreByEngine(sqlite, terms);
          expect(await index.search(terms, { limit: 100, filters: {} })).toEqual(expected);
          expect(await index.search(terms, { limit: 2, filters: {} })).toEqual(expected.slice(0, 2));
          const filters = { kind: ['treaty'] } as const;
          const allowed = await store.findLabels(filters);
          const passing = expected.filter(({ label }) => allowed.has(label));
          expect(await index.search(terms, { limit: 100, filters })).toEqual(passing);
        };
        await publish(one.map(documentOf));
        await check();
        await publish(other.map(documentOf));
        await check();
        await store.publish({ ...NOTHING, remove: ['d0', 'd2'], bury: ['d0', 'd2'] });
        await check();
        await store.erase();
        await check();
      },
    ),
    { numRuns: 25 },
  );
});

test('what another process publishes is found, and what it deletes is not', async () => {
  const path = join(await temporaryFolder(), 'concordat.db');
  const [writer, reader] = [open(path), open(path)];
  const find = async (term: string) => {
    const hits = await reader.index.search([term], { limit: 9, filters: { kind: ['treaty', 'news'] } });
    return (await reader.store.findChunks(hits.map(({ label }) => label))).map(({ chunk }) => chunk.text);
  };
  expect(await find('steel')).toEqual([]);
  await writer.publish([documentFrom('---\nid: a\nkind: treaty\n---\nSteel is free.')]);
  expect(await find('steel')).toEqual(['Steel is free.']);
  await writer.publish([documentFrom('---\nid: a\nkind: treaty\n---\nSteel is taxed.')]);
  expect(await find('steel')).toEqual(['Steel is taxed.']);
  await writer.store.publish({ ...NOTHING, remove: ['a'] });
  expect(await find('steel')).toEqual([]);
});

test('a document that moved is shown where it is, though its text is as it was', async () => {
  const { store, publish } = open();
  await publish([documentFrom('---\nid: a\n---\nSteel is free.')]);
  const [label = 0] = await store.findLabels({});
  const fileOf = async () => (await store.findChunks([label]))[0]?.document.file;
  expect(await fileOf()).toBe('doc.md');
  await store.publish({ ...NOTHING, relocate: [{ id: 'a', root: '/corpus', file: 'moved.md' }] });
  expect(await fileOf()).toBe('moved.md');
});
