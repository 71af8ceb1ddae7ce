import { expect, test } from 'vitest';
import { expectedAnswer } from '../../../src/chat-model/expected-answer.ts';

test.each([
  { question: 'When did the ferry sail?', kind: 'date', good: 'It sailed on 4 May 1999.', bad: 'It sailed at dawn.' },
  { question: 'How many ferries sail?', kind: 'number', good: 'There are 12 ferries.', bad: 'Ferries sail.' },
  { question: 'How long is the crossing?', kind: 'duration', good: 'It takes 3 hours.', bad: 'It takes patience.' },
  {
    question: 'Who steered the ferry?',
    kind: 'person',
    good: 'It was steered by Asha Nair.',
    bad: 'It was steered well.',
  },
  { question: 'फेरी कब चली?', kind: 'date', good: 'वह 4 मई 1999 को चली।', bad: 'वह चली।' },
  { question: 'フェリーはいつ就航しましたか。', kind: 'date', good: '1999年5月に就航した。', bad: '就航した。' },
] as const)('$question asks for a $kind', ({ question, kind, good, bad }) => {
  const expected = expectedAnswer(question);
  expect(expected.kinds).toContain(kind);
  expect(expected.found(good)).toBeGreaterThan(0);
  expect(expected.found(bad)).toBe(0);
});

test('what the question names itself is no answer', () => {
  expect(expectedAnswer('When in 1999 did it sail?').found('It sailed in 1999.')).toBe(0);
});

test('the thing to be counted is the noun behind "how many"', () => {
  expect(expectedAnswer('How many green ferries are there?').counted).toEqual(['green', 'ferri']);
  expect(expectedAnswer('Who steered?').counted).toEqual([]);
});

test.each([`What is the ${'Very Long Name '.repeat(130)}?`, 'a'.repeat(2000), 'how many '.repeat(220)])(
  'a question of 2,000 characters is read to its end',
  (question) => {
    expect(expectedAnswer(question).found('Nothing of it.')).toBe(0);
  },
);

test.each([
  ['What is JAI?', true],
  ['tell me about the ferry treaty', true],
  ['जेएआई पहल क्या है?', true],
  ['JAIとは何ですか。', true],
  ['JAI என்றால் என்ன?', true],
  ['What is the fare of the ferry?', false],
  ['What is decided between them?', false],
  ['Who is the captain of the ferry?', false],
])('%s asks what something is: %s', (question, defines) => {
  expect(expectedAnswer(question).defines.length > 0).toBe(defines);
});

test('"when" that joins clauses asks for no date', () => {
  expect(expectedAnswer('how did the captain react when she brought up the fares').kinds).not.toContain('date');
  expect(expectedAnswer('who signed the ferry treaty and when?').kinds).toContain('date');
});
