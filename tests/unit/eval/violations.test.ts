import { describe, expect, it } from 'vitest';
import { findViolations } from '../../eval/find-violations.ts';
import { isSupported } from '../../eval/is-supported.ts';
import { answerOf, citationOf, questionOf, recordOf, TEXT } from './answers.ts';

const invariantsOf = (record: Parameters<typeof findViolations>[0]): string[] =>
  findViolations(record).map(({ invariant }) => invariant);

const QUOTE = citationOf().quote;

describe('the invariants of an answer', () => {
  it('hold for a verbatim sentence with its marker', () => {
    expect(findViolations(recordOf())).toEqual([]);
  });

  it('count a failed request', () => {
    const record = { question: questionOf(), answer: null, error: '500', texts: {}, latencyMs: 1 };
    expect(invariantsOf(record)).toEqual(['failed-request']);
  });

  it('count a quote that is not the text at its offsets', () => {
    expect(invariantsOf(recordOf({ citations: [citationOf({ start: 9 })] }))).toEqual(['inexact-quote']);
  });

  it('count a quote of a document that does not exist', () => {
    expect(invariantsOf({ ...recordOf(), texts: { mast: null } })).toEqual(['inexact-quote']);
  });

  it('count a quote shorter than a clause', () => {
    const quote = 'Before.';
    const change = { answer: 'Before. [1]', sentences: [{ text: quote, markers: [1] }] };
    const citations = [citationOf({ quote, start: 0, end: TEXT.indexOf(' ') })];
    expect(invariantsOf(recordOf({ ...change, citations }))).toEqual(['short-quote']);
  });

  it('count a sentence with a number that its quotes do not hold', () => {
    const text = 'The mast was signed on 16 November 2024 in Tokyo.';
    const change = { answer: `${text} [1]`, sentences: [{ text, markers: [1] }] };
    expect(invariantsOf(recordOf(change))).toEqual(['unsupported-sentence']);
  });

  it.each([
    ['a marker without a citation', `${QUOTE} [1][2]`],
    ['markers that do not start at 1', `${QUOTE} [2]`],
    ['a citation without a marker', QUOTE],
  ])('count %s', (_name, answer) => {
    expect(invariantsOf(recordOf({ answer }))).toContain('marker-mismatch');
  });

  it('count markers that are not in the order of first use', () => {
    const sentences = [{ text: QUOTE, markers: [2, 1] }];
    const citations = [citationOf(), citationOf({ marker: 2 })];
    expect(invariantsOf(recordOf({ answer: `${QUOTE} [2][1]`, sentences, citations }))).toEqual(['marker-mismatch']);
  });

  it('count a sentence with words between it and its marker', () => {
    expect(invariantsOf(recordOf({ answer: `${QUOTE} So much for that. [1]` }))).toEqual(['unmarked-sentence']);
  });

  it('count a number in the framing that nobody cited or asked', () => {
    expect(invariantsOf(recordOf({ answer: `There are 7 of them. ${QUOTE} [1]` }))).toEqual(['unmarked-sentence']);
  });

  it('let the framing repeat the day asked for', () => {
    const answer = answerOf({ answer: `As of 2025-03-09: ${QUOTE} [1]` });
    const question = questionOf({ asOf: '2025-03-09' });
    expect(findViolations({ ...recordOf(), question, answer })).toEqual([]);
  });
});

describe('the support of a sentence', () => {
  it('ignores how thousands are separated and which digits a script uses', () => {
    expect(isSupported('५,००,००० people', '500,000 people')).toBe(true);
    expect(isSupported('6128 GPUs', '6,128 GPUs')).toBe(true);
  });

  it('needs the whole number', () => {
    expect(isSupported('17 per cent', '17.4 per cent')).toBe(false);
  });

  it('needs most of the words, inflected or not', () => {
    expect(isSupported('Exporting monkeys', 'exported')).toBe(true);
    expect(isSupported('Exporting clever purple monkeys', 'exported')).toBe(false);
    expect(isSupported('両国は協力を強化', '首脳会談の開催')).toBe(false);
  });
});
