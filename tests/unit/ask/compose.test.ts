import { expect, test } from 'vitest';
import { composeText } from '../../../src/ask/compose.ts';
import { WORDING } from '../../../src/ask/wording.ts';
import { LANGUAGES, type Authority, type Citation, type TextKind } from '../../../src/domain.ts';

const cite = (marker: number, authority: Authority, textKind: TextKind = 'source'): Citation => ({
  marker,
  authority,
  textKind,
  documentId: 'd',
  chunkId: 'd#1',
  title: 'T',
  uri: 'http://x',
  status: 'reported',
  date: null,
  quote: 'q',
  start: 0,
  end: 1,
  sources: [],
});
const say = (text: string, ...markers: number[]) => ({ text, markers });

test('what rests on an official source stands as it is', () => {
  expect(composeText([say('It was signed.', 1)], [cite(1, 'official')], { language: 'en' })).toBe('It was signed. [1]');
});

test.each(LANGUAGES)('what rests on news or commentary alone says so in words (%s)', (language) => {
  const text = composeText([say('A.', 1), say('B.', 2)], [cite(1, 'news'), cite(2, 'commentary')], { language });
  expect(text).toContain(`${WORDING[language].accordingToNews} A. [1]`);
  expect(text).toContain(`${WORDING[language].accordingToCommentary} B. [2]`);
});

test('a sentence that an official source supports too needs no such words', () => {
  expect(composeText([say('A.', 1, 2)], [cite(1, 'news'), cite(2, 'primary')], { language: 'en' })).toBe('A. [1][2]');
});

test('neighbours that rest on the same kind of source become one list', () => {
  const text = composeText([say('A.', 1), say('B.', 2)], [cite(1, 'news'), cite(2, 'news')], { language: 'en' });
  expect(text).toBe('According to news reports:\n- A. [1]\n- B. [2]');
});

test('the reader is told when a brief is quoted, and from which day on nothing is known', () => {
  const text = composeText([say('A.', 1)], [cite(1, 'official', 'brief')], { language: 'en', asOf: '2025-01-01' });
  expect(text).toContain(WORDING.en.briefsQuoted);
  expect(text).toContain('2025-01-01');
});

test('bracketed numbers of the source are not mistaken for markers', () => {
  const text = composeText([say('As noted [7], it was signed.', 1)], [cite(1, 'official')], { language: 'en' });
  expect([...text.matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, marker]) => marker)).toEqual(['1']);
});
