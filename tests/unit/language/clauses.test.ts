import { expect, test } from 'vitest';
import { splitClauses } from '../../../src/language/clauses.ts';

const asking = (question: string): string[] =>
  splitClauses(question)
    .filter(({ asks }) => asks)
    .map(({ text }) => text);

test('what only tells why a question is put is told from what asks', () => {
  expect(asking('I run a bakery in Kobe. Which forms must I send?')).toEqual(['Which forms must I send?']);
  expect(asking('When is it due? A colleague told us Friday.')).toEqual(['When is it due?']);
});

test('a colon parts the subject from the question', () => {
  expect(asking('the port treaty: who signed it')).toEqual(['who signed it']);
});

test('where nothing asks, the last sentence does', () => {
  expect(asking('A new port. The treaty on ferries')).toEqual(['The treaty on ferries']);
});

test.each(['बंदरगाह कब खुला?', '港はいつ開きましたか。', 'துறைமுகம் எப்போது திறந்தது?'])('%s asks', (question) => {
  expect(asking(question)).toEqual([question]);
});
