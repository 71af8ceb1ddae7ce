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
  ['The bridge was closed.', 'The bridge was closed, so the plan was to build a ferry.'],
  ['The mayor agreed to extend the line.', 'The mayor agreed to extend the line.'],
  ['The bridge opens only in May.', 'The bridge opens only in May and closes in June.'],
  ['The tram and the bus were repaired.', 'The tram was closed and the tram and the bus were repaired.'],
  ['橋だけが開いている。', '橋だけが開いている。'],
  ['橋は開いている。', '橋は開いている。少なくとも二つある。'],
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
  ['The bridge is open.', 'A newspaper has it that the bridge is open.', 'reserve'],
  ['Oslo controls the trade.', 'Oslo controls large portions of the trade.', 'reserve'],
  [
    'The numbers differ because Oslo is one port.',
    'The numbers mean little, because the types differ and Oslo is one port.',
    'patch',
  ],
  ['The tram runs in Oslo and stops only in Bergen.', 'The tram runs only in Oslo and stops in Bergen.', 'extreme'],
  ['The line is extended.', 'The two firms want the line, to extend it.', 'reserve'],
  ['The bridge is open.', 'Whether the bridge is open is not told.', 'reserve'],
  ['Ferries use the bridge.', 'Ferries are encouraged to use the bridge.', 'reserve'],
  ['The council sees that no tram is planned.', 'The council does not see that any tram is planned.', 'negation'],
  ['The bridge opens in May and closes only in June.', 'The bridge opens only in May and closes in June.', 'extreme'],
  ['Oslo wants to build a port.', 'Oslo lacks workers, and Bergen wants to build a port.', 'patch'],
  ['The ferry is sold.', 'The ferry is full and the old tram is sold.', 'patch'],
  ['目標は橋のものである。', '目標は橋のものではなく、船のものである。', 'negation'],
  ['ये पुल पुराने हैं।', 'इन पुलों को पुराने कहना ठीक नहीं होगा।', 'negation'],
])('%j makes more of %j: %s', (claim, ...[quote, what]) => {
  expect(overstates(claim, [quote])).toBe(what);
});
