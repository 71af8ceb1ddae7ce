import { describe, expect, test } from 'vitest';
import { keepsLinks } from '../../../src/language/keeps-links.ts';

describe('what may be said', () => {
  test.each([
    ['The ferry goes to Bergen.', 'The ferry goes from Oslo to Bergen.'],
    ['It was signed on 3 May 2021.', 'The treaty was signed on 3 May 2021.'],
    ['The line has run from 1990.', 'The line has run since 1990.'],
    [
      'China had closed the port on the Monday before the summit.',
      'On the Monday before the summit China closed the port.',
    ],
    ['Over 150 firms came.', 'More than 150 firms came.'],
    ['जापान ने भारत को जहाज़ दिए।', 'पिछले वर्ष जापान ने भारत को जहाज़ दिए।'],
    ['文書が公表された。', '政府が文書を公表した。文書が公表された。'],
  ])('%s ← %s', (claim, source) => {
    expect(keepsLinks(claim, [source])).toBe(true);
  });
});

describe('small words that make it another fact', () => {
  test.each([
    ['Cables are imported to Norway.', 'Cables are imported from Norway.'],
    ['The plan was adopted before the summit.', 'The plan was adopted at the summit.'],
    ['The plan was adopted at the summit.', 'The plan was adopted before the summit.'],
    ['The pact was signed with a budget.', 'The pact was signed without a budget.'],
    ['The council voted for the bridge.', 'The council voted against the bridge.'],
    ['The bridge opened in 2030.', 'The bridge opens by 2030.'],
    ['The tram had better results.', 'The bus had better results than the tram.'],
    ['The tram is named in the report.', 'The tram is named in a comment on the report.'],
    ['भारत ने जापान को जहाज़ दिए।', 'जापान ने भारत को जहाज़ दिए।'],
    ['日本からインドへ輸出する。', 'インドから日本へ輸出する。'],
    ['インドを日本が支援する。', '日本をインドが支援する。'],
    ['日本が指針を作成した。', '日本が共同議長を務めた部会が指針を作成した。'],
    ['イタリアは枠組みを導入した。', 'イタリア議長国の下で枠組みを導入した。'],
    ['会合は2月28日から開かれた。', '会合は2月27日から28日まで開かれた。'],
    ['通信とAIの枠組みである。', '通信は、AIの枠組みとして伝えた。'],
  ])('%s ← %s', (claim, source) => {
    expect(keepsLinks(claim, [source])).toBe(false);
  });
});

test('a text of thousands of words is compared in no time that anyone notices', () => {
  const text = Array.from({ length: 5000 }, (_, i) => `from word${i % 97}`).join(' ');
  expect(keepsLinks(text, [text])).toBe(true);
});
