import { expect, test } from 'vitest';
import { rewriteQuestion } from '../../../src/ask/rewrite-question.ts';
import type { Turn } from '../../../src/domain.ts';

/** The turns of a conversation, each rewritten as it would have been. */
function talk(...questions: string[]): Turn[] {
  const turns: Turn[] = [];
  for (const question of questions) {
    const standaloneQuestion = rewriteQuestion(question, turns);
    turns.push({ question, standaloneQuestion, answer: 'An answer.', documentIds: ['d'] });
  }
  return turns;
}

test('a first question is left as it is', () => {
  expect(rewriteQuestion('Who signed it?', [])).toBe('Who signed it?');
});

test.each([
  'When was the tram line in Kobe opened?',
  'What is a tariff?',
  'Tell me about the tram line.',
  'Is it true that trams run at night?',
  'What is the Ferry Board, and what does it do?',
  'यह संधि कब हुई?'.replace('यह ', 'ट्राम '),
  '神戸の路面電車はいつ開業しましたか。',
])('another subject is not mixed with the last one: %s', (question) => {
  expect(rewriteQuestion(question, talk('What is the ferry treaty?'))).toBe(question);
});

test.each([
  ['Who signed it?', 'Who signed the ferry treaty?'],
  ['What are its aims?', "What are the ferry treaty's aims?"],
  ['When was that agreement signed?', 'When was the ferry treaty signed?'],
  ['How long is this treaty valid?', 'How long is the ferry treaty valid?'],
  ['What are the aims?', 'What are the aims of the ferry treaty?'],
  ['Is it certain that Kobe pays for it?', 'Is it certain that Kobe pays for the ferry treaty?'],
])('what points back is put in: %s', (question, standalone) => {
  expect(rewriteQuestion(question, talk('What is the ferry treaty?'))).toBe(standalone);
});

test.each([
  ['hi', 'नौका संधि क्या है?', 'इस पर किसने हस्ताक्षर किए?', 'नौका संधि: इस पर किसने हस्ताक्षर किए?'],
  ['ja', 'フェリー条約とは何ですか。', 'それは誰が署名しましたか。', 'フェリー条約: それは誰が署名しましたか。'],
  ['ta', 'படகு ஒப்பந்தம் என்ன?', 'அதில் யார் கையெழுத்திட்டார்?', 'படகு ஒப்பந்தம்: அதில் யார் கையெழுத்திட்டார்?'],
  ['hi-Latn', 'What is the ferry treaty?', 'uspe kisne sign kiya?', 'the ferry treaty: uspe kisne sign kiya?'],
])('in %s the subject is put in front', (...[, first, question, standalone]) => {
  expect(rewriteQuestion(question, talk(first))).toBe(standalone);
});

test('the subject is kept through further turns, until another is brought up', () => {
  const first = talk('What is the ferry treaty?', 'Who signed it?', 'What are its aims?');
  expect(rewriteQuestion('When did it enter into force?', first)).toBe('When did the ferry treaty enter into force?');
  const then = talk('What is the ferry treaty?', 'Who signed it?', 'Tell me about the tram line.');
  expect(rewriteQuestion('When was it opened?', then)).toBe('When was the tram line opened?');
});

test('several things are "they", one is "it"', () => {
  const turns = talk('What is the ferry treaty?', 'Who are the harbour pilots?');
  expect(rewriteQuestion('How are they paid?', turns)).toBe('How are the harbour pilots paid?');
  expect(rewriteQuestion('What does it say of pilots?', turns)).toBe('What does the ferry treaty say of pilots?');
});

test.each([
  ['How many ferries sailed in 2019?', 'And in 2021?', 'How many ferries sailed in 2021?'],
  ['How many ferries sailed in 2019 and 2020?', 'In 2021?', 'How many ferries sailed and? In 2021?'],
  ['Where was the first fair?', 'And the second?', 'Where was the second fair?'],
  ['Where was the first fair?', 'And the second one?', 'Where was the second fair?'],
  ['When did Japan ratify the accord?', 'What about India?', 'When did India ratify the accord?'],
  ['Who signed for Japan?', 'And for India?', 'Who signed for India?'],
  ['What is the Ferry Accord?', 'How about the Tram Accord?', 'What is the Tram Accord?'],
  ['Did Japan visit India?', 'And Korea?', 'Did Japan visit India? And Korea?'],
  ['2019年のフェリーは何隻ですか。', 'では2021年は?', '2021年のフェリーは何隻ですか。'],
])('after "%s", "%s" asks it again of something else', (first, fragment, standalone) => {
  expect(rewriteQuestion(fragment, talk(first))).toBe(standalone);
});

test('thanks in between do not lose the subject', () => {
  const thanks: Turn = {
    question: 'thanks',
    standaloneQuestion: 'thanks',
    answer: 'You are welcome.',
    documentIds: [],
  };
  expect(rewriteQuestion('Who signed it?', [...talk('What is the ferry treaty?'), thanks])).toBe(
    'Who signed the ferry treaty?',
  );
});

test.each(['it ', 'the ', 'that one and ', 'X of ', 'and ', 'Kobe ', '(', "it's ", 'इस ', 'それ', 'what about '])(
  'a question made of %j over and over ends, too',
  (part) => {
    const long = part.repeat(Math.ceil(1990 / part.length));
    expect(rewriteQuestion(long, talk(long, 'What is the ferry treaty?', long))).toBeDefined();
  },
);

test('India in Tamil is a name, not a word that points back', () => {
  const question = 'இந்தியா எந்த ஆண்டில் கையெழுத்திட்டது?';
  expect(rewriteQuestion(question, talk('CEPA என்ன?'))).toBe(question);
});

test('a joint statement in Japanese points at no statement spoken of before', () => {
  const question = 'AI共同声明の主な内容は何ですか？';
  expect(rewriteQuestion(question, talk('フェリー条約とは何ですか。'))).toBe(question);
  expect(rewriteQuestion('同声明の主な内容は何ですか？', talk('フェリー条約とは何ですか。'))).not.toBe(
    '同声明の主な内容は何ですか？',
  );
});
