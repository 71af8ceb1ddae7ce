import { expect, test } from 'vitest';
import { overstates } from '../../../src/language/overstates.ts';

test.each([
  ['The bridge is open.', 'The bridge is open.'],
  ['The bridge may open.', 'The bridge might open, if it rains.'],
  ['The bridge is not open.', 'The bridge is not open. It will be.'],
  ['The road is closed.', 'The bridge is not open. The road is closed.'],
  ['The club is non-profit.', 'The club is non-profit.'],
  ['The company was founded in 1990.', 'The company, which is non-profit, was founded in 1990.'],
  ['All bridges are open.', 'All bridges are open.'],
])('%j keeps to %j', (claim, quote) => {
  expect(overstates(claim, [quote])).toBeUndefined();
});

test.each([
  ['The bridge is open.', 'The bridge is not open.', 'negation'],
  ['The bridge is not open.', 'The bridge is open.', 'negation'],
  ['It is a treaty.', 'It is a statement: nothing describes it as a treaty.', 'negation'],
  ['The club works for profit.', 'The club is a non-profit club.', 'negation'],
  ['The bridge is open.', 'The bridge may be open.', 'reserve'],
  ['The bridge opened in May.', 'The mayor decided to open the bridge in May.', 'reserve'],
  ['The bridge costs 5 crore.', 'The bridge costs about 5 crore.', 'reserve'],
  ['The bridge is open.', 'According to a blog the bridge is open.', 'reserve'],
  ['All bridges are open.', 'Bridges are open.', 'extreme'],
  ['The first and only bridge is open.', 'The first bridge is open.', 'extreme'],
  ['पुल खुला है।', 'पुल खुला नहीं है।', 'negation'],
  ['橋は開いています。', '橋は開く予定です。', 'reserve'],
])('%j makes more of %j: %s', (claim, ...[quote, what]) => {
  expect(overstates(claim, [quote])).toBe(what);
});
