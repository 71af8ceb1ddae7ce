/**
 * `npx tsx tests/eval/compare-servers.ts URL URL [questions.jsonl …] [--every N]`: asks two servers the same questions and
 * says where their answers differ. The exit code is 1 when fewer than 98 % have the same citations.
 */
import { parseArgs } from 'node:util';
import { createEvalClient } from './eval-client.ts';
import type { EvalAnswer } from './eval-answer.ts';
import { SHIPPED } from './eval-arguments.ts';
import { generateAnswers } from './generate-answers.ts';
import { readQuestions } from './question-set.ts';

const LEAST_SAME = 0.98;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string', default: '1' } },
});
const [one = '', other = '', ...sets] = positionals;
const questions = (sets.length > 0 ? sets : [SHIPPED])
  .flatMap((set) => readQuestions(set))
  .filter((_, i) => i % Number(values.every) === 0);

const citationsOf = (answer: EvalAnswer): string =>
  JSON.stringify(answer.citations.map(({ documentId, start, end }) => [documentId, start, end]));

const [first, second] = [one, other].map((url) => generateAnswers(questions, createEvalClient(url)));
let [asked, sameCitations, sameAnswers] = [0, 0, 0];
for (;;) {
  const [a, b] = await Promise.all([first?.next(), second?.next()]);
  if (!a || !b || a.done || b.done) break;
  const [x, y] = [a.value.answer, b.value.answer];
  asked++;
  if (!x || !y) {
    process.stdout.write(`no answer: ${a.value.question.question}\n`);
    continue;
  }
  const isSame = citationsOf(x) === citationsOf(y);
  if (isSame) sameCitations++;
  else process.stdout.write(`${a.value.question.question}\n  ${citationsOf(x)}\n  ${citationsOf(y)}\n`);
  if (x.answer === y.answer) sameAnswers++;
}
const share = (count: number): string => `${count} of ${asked} (${((100 * count) / asked).toFixed(1)} %)`;
process.stdout.write(`same citations: ${share(sameCitations)}; same text: ${share(sameAnswers)}\n`);
process.exitCode = sameCitations / asked >= LEAST_SAME ? 0 : 1;
