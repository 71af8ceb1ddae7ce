import { expect, it } from 'vitest';
import { compareBaseline } from '../../eval/compare-baseline.ts';
import { scoreRecord } from '../../eval/score-record.ts';
import { quantile, summariseSet } from '../../eval/summarise-set.ts';
import { abstention, questionOf, recordOf } from './answers.ts';

const right = scoreRecord(recordOf(), []);
const wrong = scoreRecord({ ...recordOf(), answer: abstention() }, []);
const unanswerable = scoreRecord({ ...recordOf(), question: questionOf({ type: 'unanswerable', lang: 'ja' }) }, []);

it('summarises shares per type and language with their n', () => {
  const summary = summariseSet('s', [right, wrong, unanswerable]);
  expect(summary.correct).toEqual({ n: 3, hits: 2, share: 0.6667 });
  expect(summary.byType['when']).toEqual({ n: 2, hits: 1, share: 0.5 });
  expect(summary.byLanguage['ja']?.n).toBe(1);
  expect(summary.goldCitedEnglish).toEqual({ n: 2, hits: 1, share: 0.5 });
  expect(summary.answerableAnswered.hits).toBe(1);
  expect(summary.unanswerableHandled.hits).toBe(1);
  expect(summary.causes).toEqual({ abstained: 1 });
});

it('takes quantiles by nearest rank', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(quantile([4, 1, 3, 2], 0.95)).toBe(4);
  expect(quantile([], 0.5)).toBe(0);
});

it.each([
  { n: 100, before: 0.7, after: 0.62, accepted: true },
  { n: 100, before: 0.7, after: 0.6, accepted: false },
  { n: 10_000, before: 0.7, after: 0.675, accepted: true },
  { n: 10_000, before: 0.7, after: 0.66, accepted: false },
  { n: 100, before: 0.7, after: 0.9, accepted: true },
])('with n = $n, accepts a change from $before to $after: $accepted', ({ n, before, after, accepted }) => {
  const summary = summariseSet('s', [right]);
  const at = (share: number): typeof summary => ({ ...summary, correct: { n, hits: Math.round(n * share), share } });
  expect(compareBaseline(at(after), at(before)) === undefined).toBe(accepted);
});
