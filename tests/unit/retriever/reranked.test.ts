import { expect, test, vi } from 'vitest';
import type { Reranker } from '../../../src/reranker/reranker.ts';
import { createRerankedRetriever } from '../../../src/retriever/reranked.ts';
import { passagesFrom } from '../../support/passages.ts';

const PASSAGES = passagesFrom(...Array.from({ length: 30 }, (_, i) => `Passage number ${i + 1}.`));
const textsOf = (passages: readonly { chunk: { text: string } }[]): string[] => passages.map(({ chunk }) => chunk.text);

function setUp(score: Reranker['score'], timeoutMs = 1000) {
  const notices: string[] = [];
  const told: string[] = [];
  const scored = vi.fn<Reranker['score']>(score);
  const retriever = createRerankedRetriever({
    retriever: { retrieve: async ({ limit }) => PASSAGES.slice(0, limit) },
    reranker: { id: 'fake:model', score: scored, close: async () => {} },
    timeoutMs,
    onNotice: (notice) => void notices.push(notice),
  });
  const onNotice = (notice: string): void => void told.push(notice);
  return {
    notices,
    told,
    scored,
    search: (limit = 30) => retriever.retrieve({ text: 'q', filters: {}, limit, onNotice }),
  };
}

test('the best passages are put in the order of the scores, the rest stay behind them, ranks are dense', async () => {
  const { search, scored } = setUp(async (_question, passages) => passages.map((_, i) => i));
  const found = await search();
  const texts = textsOf(PASSAGES);
  expect(textsOf(found)).toEqual([...texts.slice(0, 20).toReversed(), ...texts.slice(20)]);
  expect(found.map(({ rank }) => rank)).toEqual(found.map((_, i) => i + 1));
  expect(found[0]?.signals).toMatchObject({ rerank: 19, fused: PASSAGES[19]?.signals.fused });
  expect(found[25]?.signals.rerank).toBeUndefined();
  expect(scored.mock.calls[0]?.[1][0]).toContain('Passage number 1.');
});

test('a short list is chosen from as many passages as are read', async () => {
  const { search } = setUp(async (_question, passages) => passages.map((_, i) => i));
  expect(textsOf(await search(3))).toEqual(['Passage number 20.', 'Passage number 19.', 'Passage number 18.']);
});

test.each<[string, Reranker['score'], RegExp]>([
  ['fails', () => Promise.reject(new Error('it is down')), /it is down/],
  ['is late, whatever it does with the signal', () => new Promise(() => {}), /longer than 50 ms/],
  ['forgets a passage', async () => [1], /not one finite number/],
  ['gives no numbers', async (_, passages) => passages.map(() => Number.NaN), /not one finite number/],
])('when it %s, the order stays, the log and the question are told', async (_case, score, cause) => {
  const { search, notices, told } = setUp(score, 50);
  expect(await search()).toEqual(PASSAGES);
  expect(notices).toEqual([expect.stringMatching(cause)]);
  expect(told).toEqual([expect.stringMatching(cause)]);
});

test('after a failure the next question does not wait for it, and is told so', async () => {
  const { search, notices, told, scored } = setUp(() => Promise.reject(new Error('it is down')));
  await search();
  expect(await search()).toEqual(PASSAGES);
  expect(scored).toHaveBeenCalledTimes(1);
  expect(notices).toHaveLength(1);
  expect(told[1]).toMatch(/failed a moment ago/);
});
