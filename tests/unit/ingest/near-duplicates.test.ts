import { expect, test } from 'vitest';
import { compareSketches, findNearDuplicates, sketchText } from '../../../src/ingest/near-duplicates.ts';

const words = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `word${from + i}`).join(' ');
const sketch = (id: string, text: string) => ({ id, hashes: sketchText(text) });

test('a text with a few words changed is reported beside the one that it resembles most, once', () => {
  const sketches = [
    sketch('a', words(0, 3000)),
    sketch('b', `${words(0, 1500)} and ${words(1500, 3000)}`),
    sketch('c', words(5000, 8000)),
  ];
  const [found, ...more] = findNearDuplicates(new Set(['a', 'b', 'c']), sketches);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ id: 'b', of: 'a' });
  expect(found?.similarity).toBeGreaterThan(0.9);
  expect(findNearDuplicates(new Set(['c']), sketches)).toEqual([]);
});

test.each([
  [0, 3000, 1],
  [1000, 4000, 0.5],
  [3000, 6000, 0],
])('texts of words 0–3000 and %i–%i are told to share about %d of their runs', (from, to, share) => {
  const similarity = compareSketches(sketchText(words(0, 3000)), sketchText(words(from, to)));
  expect(Math.abs(similarity - share)).toBeLessThan(0.12);
});
