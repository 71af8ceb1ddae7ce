import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normaliseText } from '../../eval/contains-phrase.ts';
import { readQuestions } from '../../eval/question-set.ts';

const questions = readQuestions('tests/eval/questions.jsonl');
const textOf = (id: string): string => readFileSync(`corpus/${id}.md`, 'utf8');

describe('the shipped questions', () => {
  it('have ids of their own', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  });

  it.each(questions)('$id quotes its gold documents exactly', ({ gold_docs, gold_spans }) => {
    const texts = gold_docs.map(textOf);
    expect(gold_spans.filter((span) => !texts.some((text) => text.includes(span)))).toEqual([]);
  });

  it.each(questions)('$id asks for nothing that its gold documents do not hold', ({ gold_docs, must_include }) => {
    const texts = gold_docs.map((id) => normaliseText(textOf(id)));
    const held = (phrase: string): boolean => texts.some((text) => text.includes(normaliseText(phrase)));
    expect(must_include.filter((group) => !group.some(held))).toEqual([]);
  });
});
