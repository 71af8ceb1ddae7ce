import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locateQuote } from '../../../src/language/locate-quote.ts';

const found = (quote: string, text: string): string | undefined => {
  const span = locateQuote(quote, text);
  return span && text.slice(span.start, span.end);
};

test.each([
  ['the same', 'invite 500 experts', 'They invite 500 experts.', 'invite 500 experts'],
  ['other case', 'Invite 500 EXPERTS', 'They invite 500 experts.', 'invite 500 experts'],
  ['other white space', 'invite 500 experts', 'They invite\n  500\u00A0experts.', 'invite\n  500\u00A0experts'],
  ['other quotation marks', `the "Action Plan"`, 'In the “Action Plan”, they', 'the “Action Plan”'],
  ['other dashes', 'India-Japan talks', 'The India–Japan talks', 'India–Japan talks'],
  [
    'Markdown marks',
    'signed the joint statement',
    'They **signed** the _joint_ statement',
    'signed** the _joint_ statement',
  ],
  ['cells of a table', 'Ministry Rs 235 crore', '| Ministry | Rs 235 crore |', 'Ministry | Rs 235 crore'],
  ['full width', 'AI戦略', 'このＡＩ戦略は', 'ＡＩ戦略'],
  ['composed letters', 'क़ानून लागू', 'यह क\u093Cानून लागू है', 'क\u093Cानून लागू'],
  ['hidden characters', 'invite 500 experts', 'invite\u200B 500\u00AD experts', 'invite\u200B 500\u00AD experts'],
])('%s: a quote is found, and its place is that in the source', (_name, ...[quote, text, expected]) => {
  expect(found(quote, text)).toBe(expected);
});

test.each([
  ['another word', 'invite 500 engineers', 'invite 500 experts'],
  ['another order', 'experts 500 invite', 'invite 500 experts'],
  ['another number', 'invite 501 experts', 'invite 500 experts'],
  ['nothing', ' \n', 'invite 500 experts'],
  ['marks alone', '**', 'invite ** experts'],
])('%s is not found', (_name, quote, text) => {
  expect(found(quote, text)).toBeUndefined();
});

test.each([
  ['invite 500', 'They invite 5000 experts', 'invite 5000'],
  ['000 experts', 'They invite 5,000 experts', '5,000 experts'],
  ['spent Rs 1', 'They spent Rs 1.5 crore', 'spent Rs 1.5'],
  ['nvite 500 exp', 'They invite 500 experts', 'invite 500 experts'],
  ['500 experts', 'They invite 500 experts.', '500 experts'],
  ['技術協力', '両国は技術協力を行う', '技術協力'],
])('%j is widened to whole words and numbers', (quote, text, expected) => {
  expect(found(quote, text)).toBe(expected);
});

test('every part of a text is found in it, and what is found reads like the part', () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), (text, a, b) => {
      const [start, end] = [a % text.length, b % (text.length + 1)].toSorted((x, y) => x - y);
      const quote = text.slice(start, end);
      const place = locateQuote(quote, text);
      fc.pre(/[\p{L}\p{N}]/u.test(quote));
      expect(place && text.slice(place.start, place.end)).toContain(quote);
    }),
  );
});
