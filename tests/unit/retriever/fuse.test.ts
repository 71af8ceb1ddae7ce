import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuseSignals, weighCosine } from '../../../src/retriever/fuse.ts';

const candidates = fc.uniqueArray(
  fc.record(
    {
      label: fc.nat(1000),
      lexical: fc.double({ min: 0, max: 40, noNaN: true }),
      cosine: fc.double({ min: -1, max: 1, noNaN: true }),
    },
    { requiredKeys: ['label'] },
  ),
  { selector: ({ label }) => label },
);

test('every candidate comes out once, best first, with a score from 0 to 1', () => {
  fc.assert(
    fc.property(candidates, fc.double({ min: 0, max: 1, noNaN: true }), (given, weight) => {
      const fused = fuseSignals(given, weight);
      expect(fused.map(({ label }) => label).toSorted()).toEqual(given.map(({ label }) => label).toSorted());
      for (const [i, { fused: score }] of fused.entries()) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(score).toBeLessThanOrEqual(fused[i - 1]?.fused ?? 1);
      }
    }),
  );
});

test('the order does not depend on the order of the candidates', () => {
  fc.assert(
    fc.property(candidates, (given) => {
      expect(fuseSignals(given.toReversed(), 0.5)).toEqual(fuseSignals(given, 0.5));
    }),
  );
});

test('with weight 0 the words decide, with weight 1 the meaning', () => {
  const given = [
    { label: 1, lexical: 9, cosine: 0.1 },
    { label: 2, lexical: 3, cosine: 0.8 },
  ];
  expect(fuseSignals(given, 0).map(({ label }) => label)).toEqual([1, 2]);
  expect(fuseSignals(given, 1).map(({ label }) => label)).toEqual([2, 1]);
});

test('of two passages that say a term as often, the one that holds more of the question comes first', () => {
  const [first] = fuseSignals(
    [
      { label: 1, lexical: 5, frequency: 0.2, order: 0 },
      { label: 2, lexical: 5, frequency: 0.9, order: 0.5 },
    ],
    0,
  );
  expect(first?.label).toBe(2);
});

test('the less the words hold of a question, the more its meaning counts, within bounds', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      expect(weighCosine(less)).toBeGreaterThanOrEqual(weighCosine(more));
      expect(weighCosine(a)).toBeGreaterThan(0);
      expect(weighCosine(a)).toBeLessThan(1);
    }),
  );
});
