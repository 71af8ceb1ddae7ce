import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Feedback } from '../../src/feedback/feedback.ts';
import { createSqliteFeedback, normaliseQuestion } from '../../src/feedback/sqlite-feedback.ts';
import { openSqlite } from '../../src/sqlite.ts';

const open = (keepQuestions = true): Feedback => createSqliteFeedback(openSqlite(':memory:'), { keepQuestions });

describe.each([{ name: 'sqlite', start: open }])('the $name feedback', ({ start }) => {
  test('lists ratings newest first, each with its question', () => {
    const feedback = start();
    feedback.noteAnswer({ askId: 'ask_1', question: 'First?', reason: null });
    feedback.rate({ askId: 'ask_1', rating: 'up', comment: null });
    feedback.rate({ askId: 'ask_2', rating: 'down', comment: 'Wrong year' });
    const listed = feedback.listRatings(10);
    expect(listed.map(({ askId, rating, comment, question }) => ({ askId, rating, comment, question }))).toEqual([
      { askId: 'ask_2', rating: 'down', comment: 'Wrong year', question: null },
      { askId: 'ask_1', rating: 'up', comment: null, question: 'First?' },
    ]);
    expect(feedback.listRatings(1)).toHaveLength(1);
  });

  test('keeps one rating an answer: the last, with the comment that came', () => {
    const feedback = start();
    feedback.rate({ askId: 'ask_1', rating: 'down', comment: 'No source' });
    feedback.rate({ askId: 'ask_1', rating: 'up', comment: null });
    expect(feedback.listRatings(10)).toMatchObject([{ rating: 'up', comment: 'No source' }]);
  });

  test('counts what was not answered, the same words as one, most often first', () => {
    const feedback = start();
    const ask = (question: string): void => feedback.noteAnswer({ askId: question, question, reason: 'weak-evidence' });
    ['Who?', 'How many  reactors?', 'how many reactors', '何ですか?', '何ですか?'].forEach(ask);
    ask('HOW MANY REACTORS??');
    expect(feedback.listUnanswered(10).map(({ question, times }) => [question, times])).toEqual([
      ['how many reactors', 3],
      ['何ですか', 2],
      ['who', 1],
    ]);
  });

  test('counts neither what was answered nor what was no question for the corpus', () => {
    const feedback = start();
    feedback.noteAnswer({ askId: '1', question: 'Answered', reason: null });
    feedback.noteAnswer({ askId: '2', question: 'My name is …', reason: 'out-of-scope' });
    expect(feedback.listUnanswered(10)).toEqual([]);
  });

  test('counts no question where no one may read them', () => {
    const feedback = start(false);
    feedback.noteAnswer({ askId: '1', question: 'Who?', reason: 'no-passages' });
    expect(feedback.listUnanswered(10)).toEqual([]);
  });
});

test('normalising a question is done once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (question) => {
      const once = normaliseQuestion(question);
      expect(normaliseQuestion(once)).toBe(once);
    }),
  );
});
