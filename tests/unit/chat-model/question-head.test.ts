import { expect, test } from 'vitest';
import { readHead } from '../../../src/chat-model/question-head.ts';

test('what "which" is asked of is found beside a name that the question does not hold', () => {
  const { isHeld, isNamed } = readHead('Which sea does the ferry cross?');
  expect(isHeld('It crosses the sea in a day.')).toBe(true);
  expect(isNamed('It crosses the sea in a day.')).toBe(false);
  expect(isNamed('It crosses the Arabian Sea in a day.')).toBe(true);
});

test('a Japanese head is named by what stands before it', () => {
  const { isNamed } = readHead('この船はどの海峡を通りますか。');
  expect(isNamed('船は津軽海峡を通る。')).toBe(true);
  expect(isNamed('船は海峡を通る。')).toBe(false);
});

test.each([
  ['How many sailors does it employ?', 'It employs 40 sailors.', 'It sails on 40 days.'],
  ['その船には何人が乗れますか。', '定員は40人である。', '長さは40メートルである。'],
  ['इसमें कितने नाविक हैं?', 'इसमें 40 नाविक हैं।', 'यह 40 दिन चलता है।'],
])('%s is answered by a number of that', (question, counted, other) => {
  const { isCounted } = readHead(question);
  expect(isCounted?.(counted)).toBe(true);
  expect(isCounted?.(other)).toBe(false);
});

test('where nothing is to be counted, nothing is said of numbers', () => {
  expect(readHead('Who sails it?').isCounted).toBeUndefined();
});
