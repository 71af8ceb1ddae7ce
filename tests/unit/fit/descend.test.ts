import { expect, test } from 'vitest';
import { descend, isHeldOut } from '../../fit/descend.ts';

test('descent finds the bottom of a bowl, and the pull moves it towards the prior', () => {
  const slope = (weights: Float64Array): Float64Array => weights.map((weight, k) => weight - (k + 1));
  const free = { start: new Float64Array(2), prior: new Float64Array(2), pull: new Float64Array(2), steps: 400 };
  const [a = 0, b = 0] = descend(slope, free);
  expect(a).toBeCloseTo(1, 2);
  expect(b).toBeCloseTo(2, 2);
  const [pulled = 0] = descend(slope, { ...free, pull: new Float64Array(2).fill(1) });
  expect(pulled).toBeCloseTo(0.5, 2);
});

test('about half of the documents are held out, always the same ones', () => {
  const keys = Array.from({ length: 1000 }, (_, i) => `document-${i}`);
  const held = keys.filter(isHeldOut);
  expect(held.length).toBeGreaterThan(420);
  expect(held.length).toBeLessThan(580);
  expect(keys.filter(isHeldOut)).toEqual(held);
});
