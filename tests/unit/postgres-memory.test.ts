import { expect, test } from 'vitest';
import { createPostgresCorpusReader } from '../../src/corpus-store/postgres-corpus-store.ts';
import { createPostgresLexicalIndex } from '../../src/corpus-store/postgres-lexical-index.ts';
import { createRevisionMemory, NO_MEMORY, type RevisionMemory } from '../../src/postgres-memory.ts';
import type { Queries } from '../../src/postgres.ts';

/** A database with one term, `tea`, that as many chunks hold as there were revisions. */
function setUp(memory: RevisionMemory) {
  const asked: string[] = [];
  const state = { revision: 1 };
  const postgres: Queries = {
    async query(sql, [first] = []) {
      asked.push(sql);
      const { revision } = state;
      if (sql.includes('LEFT JOIN terms')) {
        const holds = (first as string[]).includes('tea');
        return [
          { revision, chunks: 100, length: 5000, id: holds ? 7 : null, term: holds ? 'tea' : null, held: revision },
        ] as never[];
      }
      if (sql.includes('FROM chunks')) {
        const chunk = (label: number) => ({
          revision,
          label,
          id: `d#${label}`,
          text: `at ${revision}`,
          metadata: { id: 'd' },
        });
        return (first as number[]).filter((label) => label < 10).map(chunk) as never[];
      }
      return [{ digest: `digest ${revision}`, revision }] as never[];
    },
  };
  const reader = createPostgresCorpusReader(postgres, memory);
  const index = createPostgresLexicalIndex(postgres, { memory });
  return { asked, state, reader, index };
}

test('terms and passages are asked for once while the corpus stays as it is', async () => {
  const { asked, reader, index } = setUp(createRevisionMemory());
  await reader.corpusDigest();
  const weights = await index.weighTerms(['tea', 'nothing']);
  const chunks = await reader.findChunks([3, 1, 99]);
  expect(chunks.map(({ label }) => label)).toEqual([3, 1]);
  expect(asked).toHaveLength(3);
  expect(await index.weighTerms(['nothing', 'tea'])).toEqual(new Map([...weights].toReversed()));
  expect(await reader.findChunks([1, 3])).toEqual(chunks.toReversed());
  expect(asked).toHaveLength(3);
  expect((await reader.findChunks([1, 2, 3])).map(({ label }) => label)).toEqual([1, 2, 3]);
  expect(asked).toHaveLength(4);
});

test('with the next revision that is seen all is asked for anew', async () => {
  const { state, reader, index } = setUp(createRevisionMemory());
  await reader.corpusDigest();
  const before = await index.weighTerms(['tea']);
  await reader.findChunks([1]);
  state.revision = 50;
  await reader.corpusDigest();
  expect((await index.weighTerms(['tea'])).get('tea')).toBeLessThan(before.get('tea') ?? 0);
  expect((await reader.findChunks([1]))[0]?.chunk.text).toBe('at 50');
});

test('passages of a revision that has not been looked at yet are not remembered', async () => {
  const { state, reader } = setUp(createRevisionMemory());
  await reader.corpusDigest();
  state.revision = 2;
  await reader.findChunks([1]);
  state.revision = 3;
  expect((await reader.findChunks([1]))[0]?.chunk.text).toBe('at 3');
});

test('without a memory nothing is remembered', async () => {
  const { state, reader, index } = setUp(NO_MEMORY);
  await index.weighTerms(['tea']);
  await reader.findChunks([1]);
  state.revision = 2;
  expect((await reader.findChunks([1]))[0]?.chunk.text).toBe('at 2');
  const before = await index.weighTerms(['tea']);
  state.revision = 90;
  expect((await index.weighTerms(['tea'])).get('tea')).toBeLessThan(before.get('tea') ?? 0);
});
