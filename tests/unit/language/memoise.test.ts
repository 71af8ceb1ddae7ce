import { expect, test } from 'vitest';
import { memoise } from '../../../src/language/memoise.ts';

test('the same text is worked out once, another text anew', () => {
  const seen: string[] = [];
  const letters = memoise((text) => {
    seen.push(text);
    return Array.from(text);
  });
  expect(letters('ab')).toEqual(['a', 'b']);
  expect(letters('ab')).toBe(letters('ab'));
  expect(letters('')).toEqual([]);
  expect(seen).toEqual(['ab', '']);
});
