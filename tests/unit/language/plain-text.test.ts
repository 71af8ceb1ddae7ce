import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { expect, test } from 'vitest';
import { plainText } from '../../../src/language/plain-text.ts';

test('marks of emphasis, links and code are taken off', () => {
  expect(plainText('The **goal** is `500` [people](https://example.org).')).toBe('The goal is 500 people.');
});

test('a table row reads as its cells', () => {
  expect(plainText('| IndiaAI Mission | Rs 988.6 crore |  |')).toBe('IndiaAI Mission — Rs 988.6 crore');
});

test('a wrapped line becomes one line', () => {
  expect(plainText('The two sides\nagreed.')).toBe('The two sides agreed.');
});

const MARKED = [...Array.from('ab1 .)("\'“*_`[]<>&~\\#|-+=:!\t\n\u00A0'), '协', '  ', '1.', '5)'];

test('a line of words alone is read as Markdown reads it', () => {
  const line = fc.array(fc.constantFrom(...MARKED), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(line, (text) => {
      fc.pre(!/^\s*\|.*\|\s*$/s.test(text));
      expect(plainText(text)).toBe(toString(fromMarkdown(text)).replaceAll(/\s+/g, ' ').trim());
    }),
    { numRuns: 1000 },
  );
});
