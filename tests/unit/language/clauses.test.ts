import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitClauses, splitParts } from '../../../src/language/clauses.ts';

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

test('what stands before a colon does not ask, whatever its words', () => {
  expect(asking('When did the port open: and how large is it?')).toEqual(['and how large is it?']);
});

test('where nothing asks, the last sentence does', () => {
  expect(asking('A new port. The treaty on ferries')).toEqual(['The treaty on ferries']);
});

test.each(['बंदरगाह कब खुला?', '港はいつ開きましたか。', 'துறைமுகம் எப்போது திறந்தது?'])('%s asks', (question) => {
  expect(asking(question)).toEqual([question]);
});

test.each([
  ['When was the treaty signed and when did it enter into force?', 2],
  ['where is the port from n since when does it exist', 2],
  ['संधि पर हस्ताक्षर कब हुए और वह कब लागू हुई?', 2],
  ['条約はいつ署名され、いつ発効しましたか。', 2],
  ['Who and when?', 1],
  ['What is the ferry treaty?\nWho signed it?', 2],
  ['Who or what is the ferry board?', 1],
  ['At which harbour and when did they meet?', 1],
  ['How many ships did Kobe and Chennai build, and for what sum?', 2],
  ['When did India and Japan sign the treaty on ports and ships?', 1],
])('%s asks in %i parts', (question, parts) => {
  expect(splitParts(question)).toHaveLength(parts);
});

test('the parts are the question', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('who', 'when', ' and ', ', ', 'signed the treaty', '、', 'कब ')), (words) => {
      const question = words.join('');
      const letters = (text: string): string => text.replaceAll(/[\s,、]|and/g, '');
      expect(letters(splitParts(question).join(''))).toBe(letters(question));
    }),
  );
});

test.each([
  ['Writing a note on the ferry treaty, who signed it?', 'who signed it?'],
  ['In May 1999, who signed the ferry treaty?', 'In May 1999, who signed the ferry treaty?'],
  ['If it rains, who decides?', 'If it rains, who decides?'],
])('of "%s", what asks is "%s"', (question, part) => {
  expect(asking(question)).toEqual([part]);
});

test('a statement with a question word in it does not ask beside a question', () => {
  expect(asking('I wonder why there are two ferries to Kobe. What does the newer one bring?')).toEqual([
    'What does the newer one bring?',
  ]);
});
