import { auroc } from '../bench/answering.ts';
import { expect, test } from 'vitest';
import { createBm25 } from '../bench/bm25.ts';
import { measureRanking } from '../bench/ranking-metrics.ts';
import { tokenF1 } from '../bench/followup.ts';

test('a perfect ranking scores 1, an empty one 0', () => {
  const judged = new Map([
    [
      'q',
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    ],
  ]);
  expect(measureRanking(new Map([['q', ['a', 'b', 'c']]]), judged)).toEqual({
    n: 1,
    recall5: 1,
    ndcg10: 1,
    mrr10: 1,
    hit3: 1,
  });
  expect(measureRanking(new Map(), judged)).toEqual({ n: 1, recall5: 0, ndcg10: 0, mrr10: 0, hit3: 0 });
});

test('nDCG and MRR fall with the rank of what is relevant', () => {
  const judged = new Map([['q', new Map([['a', 1]])]]);
  const { ndcg10, mrr10, hit3 } = measureRanking(new Map([['q', ['x', 'y', 'z', 'a']]]), judged);
  expect(mrr10).toBe(0.25);
  expect(ndcg10).toBeCloseTo(1 / Math.log2(5), 10);
  expect(hit3).toBe(0);
});

test('the anchor finds rare words before frequent ones, stemmed', () => {
  const search = createBm25([
    { id: 'a', title: '', text: 'The agreements on trade and on tariffs.', lang: 'en' },
    { id: 'b', title: '', text: 'The agreement on fishing.', lang: 'en' },
    { id: 'c', title: '', text: 'Agreements everywhere.', lang: 'en' },
  ]);
  expect(search('agreement about fishing', 'en', 2)).toEqual(['b', 'c']);
});

test('token F1 counts words with their repetitions, whatever their order and case', () => {
  expect(tokenF1('Who signed it?', 'who signed it')).toBe(1);
  expect(tokenF1('the the', 'the')).toBeCloseTo(2 / 3);
  expect(tokenF1('ferry', 'tram')).toBe(0);
});

test('the area under the curve is the chance that an answerable question scores higher', () => {
  expect(auroc([0.9, 0.8], [0.1, 0.2])).toBe(1);
  expect(auroc([0.5], [0.5])).toBe(0.5);
  expect(auroc([0.9, 0.1], [0.5])).toBe(0.5);
});
