import { expect, test } from 'vitest';
import { rewriteQuestion } from '../../../src/ask/rewrite-question.ts';
import type { Turn } from '../../../src/domain.ts';

const turn = (question: string, documentIds: readonly string[] = ['d']): Turn => ({
  question,
  standaloneQuestion: question,
  answer: 'An answer.',
  documentIds,
});

test('a first question, and one that stands alone, are left as they are', () => {
  expect(rewriteQuestion('Who signed it?', [])).toBe('Who signed it?');
  const alone = 'When was the tram line in Kobe opened?';
  expect(rewriteQuestion(alone, [turn('What is the ferry treaty?')])).toBe(alone);
});

test('what points back takes its subject from the last question', () => {
  expect(rewriteQuestion('Who signed it?', [turn('What is the ferry treaty?')])).toBe(
    'the ferry treaty: Who signed it?',
  );
  expect(rewriteQuestion('それは誰が署名しましたか。', [turn('フェリー条約とは何ですか。')])).toBe(
    'フェリー条約: それは誰が署名しましたか。',
  );
});

test('the subject is kept through further turns', () => {
  const earlier = turn('the ferry treaty: Who signed it?');
  expect(rewriteQuestion('And when did they meet?', [earlier])).toBe('the ferry treaty: And when did they meet?');
});

test('a fragment asks the last question again, with its own year', () => {
  const last = turn('How many ferries sailed in 2019?');
  expect(rewriteQuestion('And in 2021?', [last])).toBe('How many ferries sailed? And in 2021?');
  expect(rewriteQuestion('And the second?', [turn('Where was the first fair?')])).toBe(
    'Where was the first fair? And the second?',
  );
});

test('thanks in between do not lose the subject', () => {
  const turns = [turn('What is the ferry treaty?'), turn('thanks', [])];
  expect(rewriteQuestion('Who signed it?', turns)).toBe('the ferry treaty: Who signed it?');
});
