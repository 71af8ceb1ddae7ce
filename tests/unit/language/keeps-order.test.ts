import { describe, expect, test } from 'vitest';
import { keepsOrder } from '../../../src/language/keeps-order.ts';

describe('what a claim may put elsewhere', () => {
  test.each([
    ['On 3 May 2021 the ferry left the port.', 'The ferry left the port on 3 May 2021.'],
    ['Nordic Yards built the ferry.', 'The ferry was built by Nordic Yards.'],
    ['The ferry was built by Nordic Yards.', 'Nordic Yards built the ferry.'],
    ['According to the mayor, the bridge opens in spring.', 'The bridge opens in spring, according to the mayor.'],
    ['The bridge was closed because the river rose.', 'Because the river rose, the bridge was closed.'],
    ['The line was extended under the city plan.', 'Under the city plan the line was extended.'],
    ['The fare is four crowns.', 'Fare: the fare is four crowns.'],
    ['The bridge opens in spring, the mayor said.', 'The mayor said that the bridge opens in spring.'],
    ['The bridge opens in spring.', 'The old bridge, which is of wood, opens again in spring.'],
  ])('%s ← %s', (claim, source) => {
    expect(keepsOrder(claim, [source])).toBe(true);
  });
});

describe('what a claim may not turn round', () => {
  test.each([
    ['The mayor asked the council to close the bridge.', 'The council asked the mayor to close the bridge.'],
    ['The council was asked by the mayor.', 'The council asked the mayor.'],
    ['The bridge opened in 1921 and the tunnel in 1912.', 'The bridge opened in 1912 and the tunnel in 1921.'],
    ['Oslo aims at it by 2030, Bergen by 2040.', 'Bergen aims at it by 2030, Oslo by 2040.'],
    ['The tram carries 900 people and 40 bicycles.', 'The tram carries 40 bicycles, and the ferry 900 people.'],
    ['The port declined what was asked by the council.', 'The council declined what was asked by the port.'],
    [
      'The board is led by all captains, and the mayor is a member.',
      'The board is led by the mayor, and all captains are members.',
    ],
    ['The ferry was built by Oslo.', 'The ferry was built by a yard that Oslo owns.'],
    ['The port of Oslo is the source of a summary.', 'The source is a summary by the port of Oslo.'],
    ['On 14 May the tram left, and the ferry came.', 'The tram left on 13 May, and the ferry came on 14 May.'],
  ])('%s ← %s', (claim, source) => {
    expect(keepsOrder(claim, [source])).toBe(false);
  });
});

test('two quotes may be taken in either order', () => {
  const quotes = ['The ferry left the port.', 'The tram carries bicycles.'];
  expect(keepsOrder('The tram carries bicycles, and the ferry left the port.', quotes)).toBe(true);
});

test('a text of thousands of words is compared in no time that anyone notices', () => {
  const text = Array.from({ length: 5000 }, (_, i) => `word${i % 97}`).join(' ');
  expect(keepsOrder(text, [text])).toBe(true);
});
