import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentIdentity } from '../../../src/corpus-store/corpus-store.ts';
import type { SourceDocument } from '../../../src/domain.ts';
import { planIngest, type PlanScope } from '../../../src/ingest/plan.ts';
import { documentFrom } from '../../support/documents.ts';

const SCOPE: PlanScope & { buried: readonly string[] } = {
  root: 'corpus',
  covers: () => true,
  rewrite: false,
  isHeldElsewhere: () => false,
  buried: [],
};

const named = (id: string, text: string): SourceDocument => documentFrom(`---\nid: ${id}\n---\n${text}`, `${id}.md`);

/** What the plan does to each document, and what it removes. */
function run(loaded: readonly SourceDocument[], stored: readonly DocumentIdentity[], scope = SCOPE) {
  const plan = planIngest(stored, scope.buried, scope);
  const acts = loaded.map((document) => `${plan.place(document).act} ${document.id}`);
  return { acts, missing: plan.listMissing() };
}

test('new, changed, unchanged and missing documents are told apart', () => {
  const before = [named('same', 'x'), named('edited', 'x'), named('gone', 'x')];
  const { acts, missing } = run([named('same', 'x'), named('edited', 'y'), named('new', 'z')], before);
  expect(acts).toEqual(['keep same', 'change edited', 'add new']);
  expect(missing).toEqual(['gone']);
});

test('documents of another root, of another origin, and of a folder read in part stay', () => {
  expect(run([], [{ ...named('other', 'x'), root: 'elsewhere' }]).missing).toEqual([]);
  expect(run([], [{ ...named('sent', 'x'), origin: 'upload' }]).missing).toEqual([]);
  expect(run([], [named('here', 'x')], { ...SCOPE, covers: () => false }).missing).toEqual([]);
});

test('a file that can no longer be read does not take its document away', () => {
  const plan = planIngest([named('broken', 'x')], [], SCOPE);
  plan.spare('broken.md');
  expect(plan.listMissing()).toEqual([]);
});

test('the second file with an id is rejected, not merged', () => {
  expect(run([named('a', 'x'), named('a', 'y')], []).acts).toEqual(['add a', 'reject a']);
});

test('what was deleted stays out, and what was uploaded is not replaced by a file', () => {
  expect(run([named('a', 'x')], [], { ...SCOPE, buried: ['a'] }).acts).toEqual(['deleted a']);
  expect(run([named('a', 'x')], [{ ...named('a', 'y'), origin: 'upload' }]).acts).toEqual(['reject a']);
});

test('an id of another folder is taken over once that folder’s file is gone', () => {
  const other = { ...named('a', 'x'), root: 'elsewhere' };
  expect(run([named('a', 'y')], [other], { ...SCOPE, isHeldElsewhere: () => true }).acts).toEqual(['reject a']);
  expect(run([named('a', 'y')], [other]).acts).toEqual(['change a']);
});

test('every document is placed once, and nothing that was loaded is removed', () => {
  const set = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-f]$/), text: fc.constantFrom('x', 'y') }), {
    selector: ({ id }) => id,
  });
  fc.assert(
    fc.property(set, set, (now, before) => {
      const loaded = now.map(({ id, text }) => named(id, text));
      const stored = before.map(({ id, text }) => named(id, text));
      const { acts, missing } = run(loaded, stored);
      const ids = loaded.map(({ id }) => id);
      expect(acts.map((act) => act.split(' ')[1])).toEqual(ids);
      expect([...missing, ...ids].toSorted()).toEqual([...new Set([...stored.map(({ id }) => id), ...ids])].toSorted());
    }),
  );
});
