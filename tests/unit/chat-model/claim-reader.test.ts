import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClaimReader, type WrittenClaim } from '../../../src/chat-model/claim-reader.ts';

const CLAIM: WrittenClaim = { text: 'A “{claim}” with "}" in it.', quotes: [{ token: 'p-1', quote: 'C:\\ {' }] };

function readWhole(text: string, size = text.length): { claims: WrittenClaim[]; completeness: string | undefined } {
  const reader = createClaimReader();
  const claims: WrittenClaim[] = [];
  for (let at = 0; at < text.length; at += size) claims.push(...reader.push(text.slice(at, at + size)));
  return { claims, completeness: reader.completeness() };
}

const whole = JSON.stringify({ claims: [CLAIM], completeness: 'partial' });

test.each([
  ['as asked', whole],
  ['in a code fence', `Here you are:\n\`\`\`json\n${JSON.stringify(JSON.parse(whole), null, 2)}\n\`\`\`\nAsk on!`],
  ['alone', JSON.stringify(CLAIM)],
  ['in an array alone', JSON.stringify([CLAIM])],
  ['in a reply that breaks off', `{"claims": [${JSON.stringify(CLAIM)}, {"text": "half`],
  ['in a reply that begins before it begins', `{ I will answer: ${whole}`],
])('a claim is read %s', (_name, text) => {
  expect(readWhole(text).claims).toEqual([CLAIM]);
});

test.each([
  ["{'text': 'One.', 'quotes': [{'token': 'p-1', 'quote': 'one one',}],}"],
  ['{text: "One.", quotes: [{token: "p-1", quote: "one one"}]}'],
  ['{"text": "One.", "quotes": [{"token": "p-1", "quote": "one one"}] // sure\n}'],
])('what is wrong with %s is mended', (text) => {
  expect(readWhole(text).claims).toEqual([{ text: 'One.', quotes: [{ token: 'p-1', quote: 'one one' }] }]);
});

test.each([
  ['prose'],
  ['{"text": "no quotes"}'],
  ['{"text": 5, "quotes": []}'],
  ['{"quotes": [{"token": "p-1"}], "text": "x"}'],
])('%s is no claim', (text) => {
  expect(readWhole(text).claims).toEqual([]);
});

test('a claim is there as soon as its last brace is', () => {
  const reader = createClaimReader();
  const end = whole.indexOf('}]}') + 3;
  expect(reader.push(whole.slice(0, end - 1))).toEqual([]);
  expect(reader.push(whole.slice(end - 1, end))).toEqual([CLAIM]);
});

test('the last word on completeness counts, and there may be none', () => {
  expect(readWhole('{"completeness": "full"} {"completeness":"none"}').completeness).toBe('none');
  expect(readWhole('{"completeness": "rather"}').completeness).toBeUndefined();
});

test('a reply is read alike in parts of every size', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(whole), fc.constant('\\"{}'));
  fc.assert(
    fc.property(
      fc.array(anything).map((parts) => parts.join('')),
      fc.integer({ min: 1, max: 9 }),
      (text, size) => {
        expect(readWhole(text, size)).toEqual(readWhole(text));
      },
    ),
  );
});

test('nothing that is nested, repeated or endless keeps it busy', () => {
  for (const text of ['{'.repeat(1e5) + '}'.repeat(1e5), '{"quote'.repeat(3e4), '{}'.repeat(1e5), '"\\'.repeat(1e5)]) {
    const reader = createClaimReader();
    expect(reader.push(text)).toEqual([]);
    reader.push('x'.repeat(1e5));
    expect(reader.isOverlong()).toBe(true);
  }
  expect(readWhole(JSON.stringify(Array.from({ length: 99 }, () => CLAIM))).claims).toHaveLength(40);
});
