import { expect, test } from 'vitest';
import { createCiter } from '../../../src/ask/cite.ts';
import { groundClaim } from '../../../src/ask/ground.ts';
import { joinNeighbours } from '../../../src/ask/join-neighbours.ts';
import type { Passage } from '../../../src/domain.ts';
import { documentFrom } from '../../support/documents.ts';
import { passagesFrom } from '../../support/passages.ts';

const TEXT = Array.from({ length: 60 }, (_, i) => `Sentence ${i} says that the parties meet in year ${i}.`).join(' ');
const pick = (passages: readonly Passage[], ...ranks: number[]) =>
  ranks.flatMap((rank) => passages.find((passage) => passage.rank === rank) ?? []);

test('passages that touch are read as one, an exact part of the document', () => {
  const passages = passagesFrom(TEXT, 'Other text.');
  expect(passages.length).toBeGreaterThan(3);
  const [joined, other] = joinNeighbours(pick(passages, 2, 1, passages.length));
  const document = documentFrom(TEXT, 'doc-1.md');
  expect(joined?.rank).toBe(1);
  expect(joined?.parts?.map(({ id }) => id)).toEqual(['doc-1#1', 'doc-1#2']);
  expect(joined?.chunk.text).toBe(document.text.slice(joined?.chunk.start, joined?.chunk.end));
  expect(other?.parts).toBeUndefined();
});

test('passages with a gap between them stay apart, in the order of their ranks', () => {
  const passages = passagesFrom(TEXT);
  expect(joinNeighbours(pick(passages, 1, 3)).map(({ rank, parts }) => [rank, parts])).toEqual([
    [1, undefined],
    [3, undefined],
  ]);
});

test('a citation names the chunk that holds its quote', () => {
  const [joined] = joinNeighbours(passagesFrom(TEXT));
  const quote = 'Sentence 59 says that the parties meet in year 59.';
  const grounded = groundClaim({ text: quote, quotes: [{ passage: 1, quote }] }, joined ? [joined] : []);
  if ('reason' in grounded) throw new Error(grounded.reason);
  const [citation] = createCiter({ publicUrl: 'http://localhost' })(grounded).added;
  expect(citation?.chunkId).toBe(joined?.parts?.at(-1)?.id);
});
