import { expect, test } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { checkQuestion, checkSearch } from '../../src/requests.ts';

function issuesOf(run: () => unknown): readonly { pointer: string; detail: string }[] {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidRequestError) return error.issues;
    throw error;
  }
  return [];
}

test('the length of a question is counted in characters, not UTF-16 units', () => {
  expect(checkQuestion({ question: '🙂'.repeat(2000) }).question).toHaveLength(4000);
  expect(issuesOf(() => checkQuestion({ question: 'x'.repeat(2001) }))).toMatchObject([{ pointer: '/question' }]);
});

test.each([
  [{ question: 'a\0b' }, '/question'],
  [{ question: '\ud800' }, '/question'],
  [{ question: '   ' }, '/question'],
  [{}, '/question'],
  [{ question: 'x', colour: 'red' }, '/colour'],
  [{ question: 'x', asOf: '2026-02-30' }, '/asOf'],
  [{ question: 'x', filters: { authority: ['rumour'] } }, '/filters/authority/0'],
  [{ question: 'x', filters: { 'a/b': 1 } }, '/filters/a~1b'],
  ['question', ''],
  [null, ''],
])('%j points at %s', (body, pointer) => {
  expect(issuesOf(() => checkQuestion(body)).map((issue) => issue.pointer)).toEqual([pointer]);
});

test('a search takes 1 to 100 passages, 10 when it does not say', () => {
  expect(checkSearch({ query: 'x' }).limit).toBe(10);
  expect(checkSearch({ query: 'x', limit: 100 }).limit).toBe(100);
  for (const limit of [0, 101, 1.5, '10'])
    expect(() => checkSearch({ query: 'x', limit })).toThrow(InvalidRequestError);
});
