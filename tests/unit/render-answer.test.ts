import { expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/answer-response.ts';
import { renderAnswer } from '../../src/render-answer.ts';

const RESPONSE = {
  language: 'en',
  completeness: 'full',
  answer: 'It was signed. [1]',
  citations: [
    {
      marker: 1,
      title: 'Accord',
      authority: 'official',
      status: 'signed',
      date: null,
      quote: 'It was\nsigned.',
      uri: 'http://127.0.0.1:3000/documents/accord#0-14',
      sources: [{ title: 'Text', publisher: 'Ministry', authority: 'primary' }],
    },
  ],
} as unknown as AnswerResponse;

test('a citation shows its quote to the letter, how official it is, what it rests on and where to open it', () => {
  expect(renderAnswer(RESPONSE)).toBe(
    [
      'It was signed. [1]',
      '',
      '[1] Accord',
      '    official · signed',
      '    “It was',
      '    signed.”',
      '    rests on: Ministry (primary)',
      '    http://127.0.0.1:3000/documents/accord#0-14',
      '',
    ].join('\n'),
  );
});

test('the trace shows each signal of a passage, and why it was left out', () => {
  const passages = [{ rank: 1, chunkId: 'accord#1', similarity: 0.5, fused: 1, lexical: 12.5, cosine: 0.5 }];
  const trace = {
    stages: [{ name: 'retrieve', durationMs: 3 }],
    passages,
    rejected: [{ chunkId: 'accord#1', reason: 'it repeats' }],
    notices: ['The reranker slept.'],
  };
  const text = renderAnswer({ ...RESPONSE, trace });
  expect(text).toContain('retrieve 3');
  expect(text).toContain('Notice: The reranker slept.');
  expect(text).toMatch(/1 +1\.000 +12\.500 +— +— +— +— +0\.500 +— {2}accord#1 {3}left out: it repeats/);
});

test('what a document says cannot steer the terminal', () => {
  const [citation] = RESPONSE.citations;
  const hostile = '\u001B[2J\u001B]0;title\u0007\u202Eit';
  const text = renderAnswer({
    ...RESPONSE,
    answer: `${hostile} [1]`,
    citations: [{ ...citation, title: hostile, quote: hostile }],
  } as AnswerResponse);
  expect(Array.from(text).filter((letter) => letter < ' ' && letter !== '\n')).toEqual([]);
  expect(text).not.toContain('\u202E');
});
