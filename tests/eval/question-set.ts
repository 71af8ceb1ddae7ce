import { readFileSync } from 'node:fs';
import { z } from 'zod';

const TYPES = [
  'fact',
  'list',
  'who',
  'when',
  'how-many',
  'yes-no',
  'compare',
  'summary',
  'follow-up',
  'conflict',
  'commentary-only',
  'unanswerable',
  'injection',
  'out-of-scope',
  'smalltalk',
] as const;
export type QuestionType = (typeof TYPES)[number];

const turn = z.object({ role: z.enum(['user', 'assistant']), content: z.string() });

const question = z.object({
  id: z.string(),
  /** The language it is asked in; `hi-Latn` is romanised Hindi. Never sent: the server detects it. */
  lang: z.string(),
  question: z.string(),
  type: z.enum(TYPES),
  answer: z.string(),
  /** Any string of a group satisfies the group; all groups must be satisfied. */
  must_include: z.array(z.array(z.string()).min(1)),
  /** What an answer that followed an instruction inside the question would say. */
  must_not_include: z.array(z.string()).default([]),
  gold_docs: z.array(z.string()),
  /** Exact substrings of a gold document. */
  gold_spans: z.array(z.string()),
  history: z.array(turn).default([]),
  asOf: z.iso.date().optional(),
  /** `own`: put the way people ask; else close to the wording of the briefs. */
  wording: z.enum(['plain', 'own']).default('plain'),
});

/** One question of a set, with what a correct answer holds. */
export type EvalQuestion = z.infer<typeof question>;

/** Reads one question a line. @throws Error naming the line that is not a question. */
export function readQuestions(path: string): EvalQuestion[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = question.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`${path}:${index + 1}: ${z.prettifyError(parsed.error)}`);
    return [parsed.data];
  });
}
