import { expect, test } from 'vitest';
import { groundClaim } from '../../../src/ask/ground.ts';
import { passagesFrom } from '../../support/passages.ts';

const passages = passagesFrom(
  '---\ntitle: Accord\ndate: 2026-07-02\n---\n## Talent\nThe leaders invite 500 experts to Japan by 2030. The leaders invite 500 experts to Japan by 2030.',
  'Japan hosts a summit at the earliest opportunity.',
);
const claim = (text: string, quote: string, passage = 1) => ({ text, quotes: [{ passage, quote }] });

test('a claim whose quote stands in its passage keeps the offsets in the document', () => {
  const grounded = groundClaim(
    claim('The leaders invite 500 experts by 2030.', 'invite 500 experts to Japan by 2030'),
    passages,
  );
  if ('reason' in grounded) throw new Error(grounded.reason);
  const [quote] = grounded.quotes;
  const chunk = passages[0]?.chunk;
  expect(chunk?.text.slice((quote?.start ?? 0) - (chunk?.start ?? 0), (quote?.end ?? 0) - (chunk?.start ?? 0))).toBe(
    quote?.quote,
  );
});

test('of two equal passages of text, the one the model pointed at is cited', () => {
  const text = 'The leaders invite 500 experts to Japan by 2030.';
  const chunk = passages[0]?.chunk;
  const start = (chunk?.start ?? 0) + (chunk?.text.lastIndexOf(text) ?? 0);
  const grounded = groundClaim({ text, quotes: [{ passage: 1, quote: text, start }] }, passages);
  expect(grounded).toMatchObject({ quotes: [{ start }] });
});

test('the title and the date of the document support a claim', () => {
  expect(
    groundClaim(claim('Accord, 2026-07-02: leaders invite experts', 'The leaders invite 500 experts'), passages),
  ).toHaveProperty('quotes');
});

test.each([
  ['a quote that is not there', claim('Experts come.', 'invite 600 experts'), /does not stand/],
  ['a quote of another passage', claim('Experts come.', 'invite 500 experts', 2), /does not stand/],
  ['a passage that was not given', claim('Experts come.', 'invite 500 experts', 9), /was not given/],
  ['an empty quote', claim('Experts come.', ' '), /does not stand/],
  ['no quote', { text: 'Experts come.', quotes: [] }, /no quote/],
  ['a number of its own', claim('The leaders invite 5000 experts', 'The leaders invite 500 experts'), /"5000"/],
  [
    'words of its own',
    claim('Visas become cheaper and faster for engineers', 'The leaders invite 500 experts'),
    /do not hold "visa"/,
  ],
])('%s does not reach the reader', (_name, draft, reason) => {
  expect(groundClaim(draft, passages)).toHaveProperty('reason', expect.stringMatching(reason));
});

test.each([
  ['words of its own', 'The leaders invite 500 experts kindly.', 'The leaders invite 500 experts', 'support'],
  ['another language', '指導者は500を招く。', 'The leaders invite 500 experts', 'language'],
])('%s, beside those of the quote, leave a doubt that a second opinion must lift', (_name, ...[text, quote, check]) => {
  expect(groundClaim(claim(text, quote), passages)).toMatchObject({ doubt: { check } });
});

test.each([
  ['the same', 'invite 500 experts to Japan by 2030', 'invite 500 experts to Japan by 2030'],
  ['marks and case', 'INVITE **500** experts', 'invite 500 experts'],
  ['a cut word', 'nvite 500 experts', 'invite 500 experts'],
  ['too little, widened to its sentence', '500', 'The leaders invite 500 experts to Japan by 2030.'],
])('%s: what is cited stands in the source, letter for letter', (_name, ...[quote, cited]) => {
  expect(groundClaim(claim('Invite 500 experts', quote), passages)).toMatchObject({
    quotes: [{ quote: cited }],
  });
});
