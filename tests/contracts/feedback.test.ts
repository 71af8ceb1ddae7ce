import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseQuestion } from '../../src/feedback/unanswered.ts';
import { listEngines } from '../support/stores.ts';

for (const { name: engine, absent, openFeedback } of listEngines())
  describe.skipIf(absent)(`the ${engine} feedback`, () => {
    test('lists ratings newest first, each with its question', async () => {
      const feedback = await openFeedback();
      await feedback.noteAnswer({ askId: 'ask_1', question: 'First?', reason: null });
      await feedback.rate({ askId: 'ask_1', rating: 'up', comment: null });
      await feedback.rate({ askId: 'ask_2', rating: 'down', comment: 'Wrong year' });
      const listed = await feedback.listRatings(10);
      expect(listed.map(({ askId, rating, comment, question }) => ({ askId, rating, comment, question }))).toEqual([
        { askId: 'ask_2', rating: 'down', comment: 'Wrong year', question: null },
        { askId: 'ask_1', rating: 'up', comment: null, question: 'First?' },
      ]);
      expect(await feedback.listRatings(1)).toHaveLength(1);
    });

    test('keeps one rating an answer: the last, with the comment that came', async () => {
      const feedback = await openFeedback();
      await feedback.rate({ askId: 'ask_1', rating: 'down', comment: 'No source' });
      await feedback.rate({ askId: 'ask_1', rating: 'up', comment: null });
      expect(await feedback.listRatings(10)).toMatchObject([{ rating: 'up', comment: 'No source' }]);
    });

    test('counts what was not answered, the same words as one, most often first', async () => {
      const feedback = await openFeedback();
      const ask = (question: string) => feedback.noteAnswer({ askId: question, question, reason: 'weak-evidence' });
      const asked = [
        'Who?',
        'How many  reactors?',
        'how many reactors',
        '何ですか?',
        '何ですか?',
        'HOW MANY REACTORS??',
      ];
      for (const question of asked) await ask(question);
      expect((await feedback.listUnanswered(10)).map(({ question, times }) => [question, times])).toEqual([
        ['how many reactors', 3],
        ['何ですか', 2],
        ['who', 1],
      ]);
    });

    test('counts neither what was answered nor what was no question for the corpus', async () => {
      const feedback = await openFeedback();
      await feedback.noteAnswer({ askId: '1', question: 'Answered', reason: null });
      await feedback.noteAnswer({ askId: '2', question: 'My name is …', reason: 'out-of-scope' });
      expect(await feedback.listUnanswered(10)).toEqual([]);
    });

    test('counts no question where no one may read them', async () => {
      const feedback = await openFeedback(false);
      await feedback.noteAnswer({ askId: '1', question: 'Who?', reason: 'no-passages' });
      expect(await feedback.listUnanswered(10)).toEqual([]);
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
