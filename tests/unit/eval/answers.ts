import type { EvalAnswer, EvalCitation } from '../../eval/eval-answer.ts';
import type { AnswerRecord } from '../../eval/generate-answers.ts';
import type { EvalQuestion } from '../../eval/question-set.ts';

export const TEXT = 'Before. The mast was signed on 15 November 2024 in Tokyo. After.';
const QUOTE = 'The mast was signed on 15 November 2024 in Tokyo.';

export function questionOf(change: Partial<EvalQuestion> = {}): EvalQuestion {
  return {
    id: 'x1',
    lang: 'en',
    question: 'When was it signed?',
    type: 'when',
    answer: '15 November 2024',
    must_include: [['15 November 2024']],
    must_not_include: [],
    gold_docs: ['mast'],
    gold_spans: ['signed on 15 November 2024'],
    history: [],
    wording: 'plain',
    ...change,
  };
}

export function citationOf(change: Partial<EvalCitation> = {}): EvalCitation {
  return {
    marker: 1,
    documentId: 'mast',
    title: 'The mast',
    authority: 'official',
    date: '2024-11-15',
    quote: QUOTE,
    start: TEXT.indexOf(QUOTE),
    end: TEXT.indexOf(QUOTE) + QUOTE.length,
    ...change,
  };
}

export function answerOf(change: Partial<EvalAnswer> = {}): EvalAnswer {
  return {
    conversationId: 'c',
    outcome: 'answered',
    reason: null,
    language: 'en',
    standaloneQuestion: 'When was it signed?',
    answer: `${QUOTE} [1]`,
    sentences: [{ text: QUOTE, markers: [1] }],
    citations: [citationOf()],
    ...change,
  };
}

export function abstention(): EvalAnswer {
  const answer = 'I found nothing.';
  return answerOf({ outcome: 'abstained', reason: 'no-passages', answer, sentences: [], citations: [] });
}

export function recordOf(change: Partial<EvalAnswer> = {}): AnswerRecord {
  return { question: questionOf(), answer: answerOf(change), texts: { mast: TEXT }, latencyMs: 1 };
}
