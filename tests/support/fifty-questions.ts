import { readFileSync } from 'node:fs';

const COUNT = 50;

/** Fifty questions of the evaluation, spread over its kinds and languages. */
export function readFiftyQuestions(): string[] {
  const lines = readFileSync(new URL('../eval/questions.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines
    .filter((_line, index) => index % Math.floor(lines.length / COUNT) === 0)
    .slice(0, COUNT)
    .map((line) => (JSON.parse(line) as { question: string }).question);
}
