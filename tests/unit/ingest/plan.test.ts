import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentSummary } from '../../../src/corpus-store/corpus-store.ts';
import type { SourceDocument } from '../../../src/domain.ts';
import { planIngest, type PlanScope } from '../../../src/ingest/plan.ts';
import { documentFrom } from '../../support/documents.ts';

const SCOPE: PlanScope = { root: 'corpus', whole: true, rejectedFiles: new Set(), rewrite: false };

const named = (id: string, text: string): SourceDocument => documentFrom(`---\nid: ${id}\n---\n${text}`, `${id}.md`);
const stored = (document: SourceDocument): DocumentSummary => ({ ...document, chunks: 1, embedded: 0 });
const ids = (documents: readonly SourceDocument[]): string[] => documents.map(({ id }) => id);

test('new, changed, unchanged and missing documents are told apart', () => {
  const before = [named('same', 'x'), named('edited', 'x'), named('gone', 'x')].map(stored);
  const plan = planIngest([named('same', 'x'), named('edited', 'y'), named('new', 'z')], before, SCOPE);
  expect([ids(plan.add), ids(plan.change), ids(plan.keep), plan.remove]).toEqual([
    ['new'],
    ['edited'],
    ['same'],
    ['gone'],
  ]);
});

test('documents of another root, and of a folder read in part, stay', () => {
  const other = { ...stored(named('other', 'x')), root: 'elsewhere' };
  expect(planIngest([], [other], SCOPE).remove).toEqual([]);
  expect(planIngest([], [stored(named('here', 'x'))], { ...SCOPE, whole: false }).remove).toEqual([]);
});

test('a file that can no longer be read does not take its document away', () => {
  const plan = planIngest([], [stored(named('broken', 'x'))], { ...SCOPE, rejectedFiles: new Set(['broken.md']) });
  expect(plan.remove).toEqual([]);
});

test('the second file with an id is rejected, not merged', () => {
  const plan = planIngest([named('a', 'x'), named('a', 'y')], [], SCOPE);
  expect(ids(plan.add)).toEqual(['a']);
  expect(plan.rejected).toHaveLength(1);
});

test('add, change and keep together are what was loaded', () => {
  const set = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-f]$/), text: fc.constantFrom('x', 'y') }), {
    selector: ({ id }) => id,
  });
  fc.assert(
    fc.property(set, set, (now, before) => {
      const loaded = now.map(({ id, text }) => named(id, text));
      const plan = planIngest(
        loaded,
        before.map(({ id, text }) => stored(named(id, text))),
        SCOPE,
      );
      expect([...plan.add, ...plan.change, ...plan.keep].map(({ id }) => id).toSorted()).toEqual(
        ids(loaded).toSorted(),
      );
      expect(plan.remove.filter((id) => ids(loaded).includes(id))).toEqual([]);
    }),
  );
});
