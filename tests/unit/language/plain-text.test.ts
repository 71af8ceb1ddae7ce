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
