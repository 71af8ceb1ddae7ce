import { expect, test } from 'vitest';
import { keepsPairs } from '../../../src/language/keeps-pairs.ts';

test.each([
  ['Oslo aims at it by 2040, Bergen by 2030.', 'Bergen aims at it by 2030, Oslo by 2040.'],
  ['The Oslo line opened in 1912.', 'The Oslo line opened in 1912 and the Bergen line in 1921.'],
  [
    'Sato said in March 2026 that stocks would be sold on 16 March.',
    'In March 2026, Sato said that stocks would be sold on 16 March.',
  ],
  ['参加国は2月に55となった。', '参加国は、2月に55、10月に58となった。'],
  ['The fare is 4 crowns.', 'The fare is 4 crowns.'],
])('%s keeps together what stands together in: %s', (claim, source) => {
  expect(keepsPairs(claim, [source])).toBe(true);
});

test.each([
  ['It was Oslo by 2030.', 'It was Bergen by 2030, and Oslo by 2040.'],
  ['The tram and Oslo: 900 people in 1912.', 'In 1912 it carried 40 people, in 1921 it carried 900 people.'],
  [
    'The duties begin on 14 May according to LexOrbis.',
    'The duties begin in May: 13 May according to LexOrbis, 14 May according to Astra.',
  ],
  ['参加国は2月に58となった。', '参加国は、2月に55、10月に58となった。'],
])('%s crosses the values of: %s', (claim, source) => {
  expect(keepsPairs(claim, [source])).toBe(false);
});
