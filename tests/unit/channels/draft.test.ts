import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CitedSentence } from '../../../src/ask/cite.ts';
import { createDraft, type Draft } from '../../../src/channels/draft.ts';
import type { Renderable } from '../../../src/channels/render-messages.ts';

const EVERY_MS = 1_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function sentence(marker: number, authority: 'official' | 'news' = 'official'): CitedSentence {
  const citation = { marker, authority, status: 'in-force', textKind: 'source', date: null, sources: [] };
  return {
    sentence: { text: `Sentence ${marker}.`, markers: [marker] },
    added: [citation as unknown as CitedSentence['added'][number]],
  };
}

function openDraft(show: (soFar: Renderable) => Promise<void> = async () => {}): {
  readonly draft: Draft;
  readonly shown: Renderable[];
  readonly failures: unknown[];
} {
  const [shown, failures]: [Renderable[], unknown[]] = [[], []];
  const draft = createDraft({
    language: 'en',
    everyMs: EVERY_MS,
    show: async (soFar) => {
      shown.push(soFar);
      await show(soFar);
    },
    onFailure: (error) => failures.push(error),
  });
  return { draft, shown, failures };
}

test('an answer that is soon whole is not shown before', async () => {
  const { draft, shown } = openDraft();
  draft.add(sentence(1));
  await vi.advanceTimersByTimeAsync(EVERY_MS - 1);
  await draft.end();
  await vi.advanceTimersByTimeAsync(EVERY_MS * 5);
  expect(shown).toEqual([]);
});

test('what has come is shown together, no more often than may be, and only when there is more', async () => {
  const { draft, shown } = openDraft();
  draft.add(sentence(1));
  draft.add(sentence(2));
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  draft.add(sentence(3));
  draft.add(sentence(4));
  await vi.advanceTimersByTimeAsync(EVERY_MS * 5);
  expect(shown.map(({ citations }) => citations.map(({ marker }) => marker))).toEqual([
    [1, 2],
    [1, 2, 3, 4],
  ]);
});

test('one is shown after the other, and the end waits for what is on its way', async () => {
  let arrive = (): void => {};
  const { draft, shown } = openDraft(() => new Promise((resolve) => (arrive = resolve)));
  draft.add(sentence(1));
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  draft.add(sentence(2));
  await vi.advanceTimersByTimeAsync(EVERY_MS * 5);
  expect(shown).toHaveLength(1);
  let ended = false;
  const ending = draft.end().then(() => (ended = true));
  await vi.advanceTimersByTimeAsync(0);
  expect(ended).toBe(false);
  arrive();
  await ending;
  expect(shown).toHaveLength(1);
});

test('what rests on news alone says so at its first sight', async () => {
  const { draft, shown } = openDraft();
  draft.add(sentence(1, 'news'));
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(shown[0]?.answer).toMatch(/^According to news reports?,?.*Sentence 1\. \[1\]/);
});

test('where it cannot be shown it is not tried again', async () => {
  const { draft, shown, failures } = openDraft(() => Promise.reject(new Error('ratelimited')));
  draft.add(sentence(1));
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  draft.add(sentence(2));
  await vi.advanceTimersByTimeAsync(EVERY_MS * 5);
  await draft.end();
  expect([shown.length, failures.length]).toEqual([1, 1]);
});
